"""A whole deployment: `adgen up` behind tokens, on Postgres, with four services and a receiver; every secret set."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from fastapi import FastAPI, Request, Response

from adgen_pipeline_tests.attacks.canaries import Canaries, hatch
from adgen_pipeline_tests.deployment.upped import Up, upped, wait_for
from adgen_pipeline_tests.lab import Lab, running_lab, serving
from adgen_pipeline_tests.postgres import new_database

PROMPT = "Create an ad for a luxury watch"
CREATE = "/api/v1/generate-ad"
_BROKER = "redis://:{}@127.0.0.1:1/0"


@dataclass
class Heard:
    """What the receiver of webhooks, which plays Sentry too, was sent: path and everything that came with it."""

    url: str = ""
    messages: list[tuple[str, bytes]] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        body, headers = await request.body(), repr(sorted(request.headers.items())).encode()
        packed = request.headers.get("content-encoding") == "gzip"
        self.messages.append((request.url.path, headers + (gzip.decompress(body) if packed else body)))
        return Response(status_code=200)


@dataclass
class House:
    """`answers`: each answer of UI and API to those who live here, by its address."""

    up: Up
    lab: Lab
    heard: Heard
    canaries: Canaries
    database: sa.URL
    answers: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def api_token(self) -> str:
        return self.canaries.words["API_TOKENS"][0]

    @property
    def ui_token(self) -> str:
        return self.canaries.words["UI_TOKEN"][0]

    def api(self, method: str, path: str, token: str | None = None, **sent: Any) -> httpx.Response:
        """As a colleague asks."""
        return self._asked(self.up.api_url, method, path, token or self.api_token, sent)

    def ui(self, method: str, path: str, token: str | None = None, **sent: Any) -> httpx.Response:
        """As a colleague asks."""
        return self._asked(self.up.url, method, path, token or self.ui_token, sent)

    def _asked(self, url: str, method: str, path: str, token: str, sent: dict[str, Any]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", **sent.pop("headers", {})}
        reply = httpx.request(method, url + path, headers=headers, timeout=60, **sent)
        self.answers.append((f"{method} {path}", repr(reply.headers).encode() + reply.content))
        return reply

    def runs(self) -> int:
        """How many runs there are."""
        query = {"query": "{ runsOrError { ... on Runs { count } } }"}
        return int(self.ui("POST", "/graphql", json=query).json()["data"]["runsOrError"]["count"])

    def ad(self, **brief: Any) -> dict[str, Any]:
        """An ad from its brief to its end."""
        made = self.api("POST", CREATE, json={"prompt": PROMPT, "duration": 15, "reuse": "off"} | brief)
        path = f"/api/v1/jobs/{made.raise_for_status().json()['job_id']}"

        def ended() -> bool:
            return self.api("GET", path).json()["status"] not in ("queued", "processing")

        wait_for(ended, self.up.log)
        return dict(self.api("GET", path).json())


@contextmanager
def standing(folder: Path, server: Any) -> Iterator[House]:
    """The house in `folder`, its state in a database of its own on the Postgres `server`."""
    heard, app = Heard(), FastAPI()
    app.add_route("/{path:path}", heard.take, methods=["POST"])
    with running_lab(latency={"/generate-video": 0.3}) as lab, serving(app) as heard.url:
        database = sa.make_url(new_database(server))
        at = database.set(password="PASSWORD").render_as_string(hide_password=False).replace("PASSWORD", "{}")
        sentry = heard.url.replace("://", "://{}@") + "/1"
        canaries = hatch(folder, {"BROKER_URL": _BROKER, "DATABASE_URL": at, "SENTRY_DSN": sentry} | _places(folder))
        known = {**lab.environment(), **canaries.environment, "WEBHOOK_URL": f"{heard.url}/hooks"}
        with upped(
            folder,
            folder / "home",
            known | {"LOG_LEVEL": "DEBUG", "API_CREATES_PER_MINUTE": "1000"},
        ) as up:
            yield House(up, lab, heard, canaries, database)


def _places(folder: Path) -> dict[str, str]:
    """Folders; what stands in a store's URL is tried where it is opened, by `test_no_problem_tells_a_secret`."""
    (folder / "inbox").mkdir()
    return {"MEDIA_STORE": str(folder / "media"), "INBOX": str(folder / "inbox")}
