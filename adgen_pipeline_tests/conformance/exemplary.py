"""A service that keeps the contract in everything, also in what is optional. Tests break one thing of it at a time."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.conformance.bench import Bench
from adgen_pipeline.conformance.findings import Finding
from adgen_pipeline.conformance.line import Line
from adgen_pipeline.conformance.requests import KINDS
from adgen_pipeline.conformance.sources import sources
from adgen_pipeline.conformance.suite import suite
from adgen_pipeline_tests.lab import clip_bytes, picture_bytes, serving, storyboard

REQUIRED = {"parser": "prompt", "image": "prompt", "video": "scene_prompt", "composition": "scenes"}
COST = 0.05


@dataclass
class Work:
    """One piece of work: what was asked, and when it is done (seconds on the monotonic clock)."""

    number: int
    body: bytes
    done: float
    answer: dict[str, Any]
    cancelled: bool = False


@dataclass
class Exemplary:
    """The service of one `stage`. Every method is a thing to break."""

    stage: str = "image"
    token: str | None = None
    polls: bool = True
    url: str = ""
    works: list[Work] = field(default_factory=list)
    keys: dict[str, Work] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lock = threading.Lock()

    def health(self) -> Response:
        return JSONResponse({"status": "healthy"})

    def ask(self, body: bytes, headers: dict[str, str]) -> Response:
        """The one call."""
        key = headers.get("idempotency-key")
        self.asked.append((body.decode("utf-8", "replace")[:500], key))
        if not self.knows(headers.get("authorization")):
            return self.refuse(401, "the token is missing or wrong")
        wrong = self.what_is_wrong(body)
        if wrong:
            return self.refuse(413 if len(body) > 1_000_000 else 422, wrong)
        work = self.work_for(key, body)
        return self.refuse(422, "the key came with another body") if work is None else self.first_answer(work)

    def knows(self, authorization: str | None) -> bool:
        return self.token is None or authorization == f"Bearer {self.token}"

    def what_is_wrong(self, body: bytes) -> str | None:
        if len(body) > 1_000_000:
            return "the body is too large"
        try:
            asked = json.loads(body)
        except ValueError:
            return "the body is not JSON"
        needed = asked.get(REQUIRED[self.stage])
        fits = isinstance(needed, list if self.stage == "composition" else str)
        if not needed:
            return f"{REQUIRED[self.stage]} is missing"
        return None if fits else f"{REQUIRED[self.stage]} is of a wrong type"

    def work_for(self, key: str | None, body: bytes) -> Work | None:
        """The work of `key`, begun once; None if it came with another body."""
        with self.lock:
            if key is None or key not in self.keys:
                self.keys[key or str(len(self.works))] = self.begin(body)
            work = self.keys[key or str(len(self.works) - 1)]
        return work if work.body == body else None

    def begin(self, body: bytes) -> Work:
        asked = json.loads(body)
        seconds = 60.0 if asked.get("resolution") == "1080x1920" else self.seconds()
        number = len(self.works) + 1
        self.works.append(Work(number, body, time.monotonic() + seconds, self.envelope(number, asked)))
        return self.works[-1]

    def seconds(self) -> float:
        return 0.0

    def envelope(self, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        return {
            "success": True,
            "result": self.result(number, asked),
            "cost": COST,
            "processing_time": 0.05,
            "metadata": {"model": "exemplary/1"},
        }

    def result(self, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        """Each piece of work has files of its own."""
        media, size = f"{self.url}/media", "36x64"
        if self.stage == "parser":
            return storyboard((asked["duration"] / 3,) * 3, asked["prompt"])
        if self.stage == "image":
            return {"image_url": f"{media}/{number}.jpg", "seed": asked.get("seed", number)}
        seconds = asked["duration"] if self.stage == "video" else max(s["end_time"] for s in asked["scenes"])
        film = {"video_url": f"{media}/{seconds}.mp4", "duration": seconds, "resolution": size}
        if self.stage == "video":
            return film
        return film | {"thumbnail_url": f"{media}/{number}.jpg", "file_size_mb": len(clip_bytes(seconds)) / 1e6}

    def first_answer(self, work: Work) -> Response:
        if self.polls:
            return self.accepted(work)
        return JSONResponse(work.answer)

    def accepted(self, work: Work) -> Response:
        return JSONResponse({"status": "running"}, 202, headers={"Location": f"/jobs/{work.number}"})

    def is_working(self, work: Work) -> bool:
        return time.monotonic() < work.done

    def look(self, work: Work) -> Response:
        if work.cancelled:
            return self.refuse(200, "it was cancelled", "CANCELLED")
        return self.accepted(work) if self.is_working(work) else JSONResponse(work.answer)

    def cancel(self, work: Work) -> Response:
        work.cancelled = True
        return Response(status_code=204)

    def refuse(self, status: int, message: str, code: str = "INVALID_INPUT") -> Response:
        error = {"code": code, "message": message}
        return JSONResponse({"success": False, "error": error, "cost": 0, "processing_time": 0}, status)

    def media(self, name: str) -> Response:
        stem, _, ending = name.rpartition(".")
        content = clip_bytes(float(stem)) if ending == "mp4" else picture_bytes(int(stem) * 16)
        return Response(content, media_type={"mp4": "video/mp4", "jpg": "image/jpeg"}[ending])


@dataclass
class Door:
    """A server behind which one service may take another's place."""

    service: Exemplary
    url: str = ""

    def open(self, service: Exemplary) -> str:
        """Have `service` answer from now on; returns its URL."""
        self.service, service.url = service, self.url
        return self.url


def _app(door: Door) -> FastAPI:
    app = FastAPI()
    app.add_api_route("/health", lambda: door.service.health(), methods=["GET"])

    @app.get("/jobs/{number}")
    def look(number: int) -> Response:
        return door.service.look(door.service.works[number - 1])

    @app.delete("/jobs/{number}")
    def cancel(number: int) -> Response:
        return door.service.cancel(door.service.works[number - 1])

    @app.get("/media/{name}")
    def media(name: str) -> Response:
        return door.service.media(name)

    @app.post("/{path}")
    async def ask(path: str, request: Request) -> Response:
        if f"/{path}" != KINDS[door.service.stage].client.stage.path:
            return Response(status_code=404)
        return await run_in_threadpool(door.service.ask, await request.body(), dict(request.headers))

    return app


@contextlib.contextmanager
def a_door() -> Iterator[Door]:
    """A server on a free loopback port, which an exemplary image service answers until another does."""
    door = Door(Exemplary())
    with serving(_app(door)) as door.url:
        door.open(door.service)
        yield door


@contextlib.contextmanager
def running(service: Exemplary) -> Iterator[str]:
    """`service` on a free loopback port; yields its URL."""
    with a_door() as door:
        yield door.open(service)


def findings(service: Exemplary, *, restart: Callable[[], None] | None = None, **rules: Any) -> dict[str, Finding]:
    """All findings about `service`, by the check's name. `rules` are those of `tried`."""
    with running(service) as url:
        return tried(service.stage, url, restart=restart, **rules)


def tried(
    stage: str,
    url: str,
    *,
    until: str | None = None,
    token: Any = None,
    restart: Callable[[], None] | None = None,
    holds_keys: bool = False,
    timeout: float = 5,
    deadline: float = 20,
    max_calls: int = 99,
) -> dict[str, Finding]:
    """The findings about the service at `url`, up to the check `until`."""
    kind, found = KINDS[stage], {}
    address = Address(url, token)
    client = kind.client(lambda: address, Limits(timeout, deadline, holds_keys, kind.client.stage.max_call_cost))
    line = Line(client.stage, address, timeout, max_calls)
    with contextlib.closing(client), contextlib.closing(line), sources() as media:
        bench = Bench(client, line, kind.requests(media), holds_keys, frozenset({"127.0.0.1"}))
        for finding in suite(token=token is not None, restart=restart).run(bench):
            found[finding.check] = finding
            if finding.check == until:
                break
    return found
