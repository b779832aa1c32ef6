"""The four services, played by a server in a process of its own that waits as long as a profile says.

It hands out small real files, a new one for each call, and tells how much later than set it answered: where that is
more than a few milliseconds, the fakes (or a machine too busy to run them) are part of what was measured.
"""

import argparse
import asyncio
import json
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adgen_pipeline_tests.lab import COSTS, clip_bytes, picture_bytes, storyboard
from benchmarks.processes import end_tree
from benchmarks.profiles import AD_SECONDS, PROFILES, Profile, scene_prompts

SERVICES = ("PROMPT_PARSER", "IMAGE_GEN", "VIDEO_GEN", "COMPOSITION")
_KINDS = {"jpg": "image/jpeg", "mp4": "video/mp4"}


@dataclass(frozen=True)
class Fakes:
    """The running server."""

    url: str
    pid: int
    profile: Profile

    def settings(self) -> dict[str, str]:
        """The settings that point the pipeline at it."""
        return {f"{name}_URL": self.url for name in SERVICES}

    def lag(self) -> dict[str, float]:
        """How much later than set (ms) it answered since this was asked last: `median`, `p95`, `max`."""
        return dict(httpx.post(f"{self.url}/lag", trust_env=False).raise_for_status().json())


@contextmanager
def running(profile: Profile) -> Iterator[Fakes]:
    """The server on a free loopback port, for as long as the context lasts."""
    command = [sys.executable, "-m", "benchmarks.fakes", profile.name]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            sys.exit("The fake services did not start; what they said stands above.")
        yield Fakes(url, process.pid, profile)
    finally:
        end_tree(process)


class _Services:
    """Answers the contract's calls; `late` are the seconds by which it missed its own times."""

    def __init__(self, profile: Profile):
        self._profile = profile
        self._made = 0
        self.url = ""
        self.late: list[float] = []

    async def answer(self, request: Request) -> Response:
        """One paid call, answered after its time."""
        arrived, path = time.perf_counter(), request.url.path
        body = await request.json()
        seconds = self._profile.seconds(path, body.get("scene_prompt", ""))
        await asyncio.sleep(max(0.0, arrived + seconds - time.perf_counter()))
        result = self._result(path, body)
        envelope = {"success": True, "result": result, "cost": COSTS[path], "processing_time": seconds}
        self.late.append(time.perf_counter() - arrived - seconds)
        return JSONResponse(envelope)

    def _result(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self._made += 1
        if path == "/parse":
            return _plan(body["prompt"])
        if path == "/generate-image":
            return {"image_url": self._file("0.jpg"), "seed": self._made, "model": "fake-image"}
        clip = path == "/generate-video"
        length = body["duration"] if clip else max(scene["end_time"] for scene in body["scenes"])
        made = {
            "video_url": self._file(f"{length}.mp4"),
            "duration": length,
            "resolution": body.get("resolution", "1080x1920"),
        }
        return made if clip else made | {"thumbnail_url": self._file("1.jpg"), "file_size_mb": 0.01}

    def _file(self, name: str) -> str:
        return f"{self.url}/media/{self._made}/{name}"

    async def lag(self, request: Request) -> Response:
        """What `Fakes.lag` asks for; begins anew."""
        late, self.late = sorted(self.late) or [0.0], []
        at = {"median": 0.5, "p95": 0.95, "max": 1.0}
        told = {name: round(1000 * late[min(len(late) - 1, int(share * len(late)))], 1) for name, share in at.items()}
        return JSONResponse(told)


async def _media(request: Request) -> Response:
    number, name = request.path_params["number"], request.path_params["name"]
    stem, _, ending = name.rpartition(".")
    content = _clip(float(stem), number) if ending == "mp4" else _picture(int(stem), number)
    return Response(content, media_type=_KINDS[ending])


def _plan(prompt: str) -> dict[str, Any]:
    words = scene_prompts(prompt)
    plan = storyboard((AD_SECONDS / len(words),) * len(words), prompt)
    for scene, its in zip(plan["scenes"], words, strict=True):
        scene["prompt"] = its
    return plan


def _clip(seconds: float, number: int) -> bytes:
    """A video like no other: a box that players skip holds its number."""
    return clip_bytes(seconds) + struct.pack(">I4sQ", 16, b"free", number)


@cache
def _blank(shade: int) -> bytes:
    return picture_bytes(shade)


def _picture(shade: int, number: int) -> bytes:
    """A picture like no other: a comment in it holds its number."""
    plain = _blank(shade)
    return plain[:2] + struct.pack(">HHQ", 0xFFFE, 10, number) + plain[2:]


def _app(services: _Services) -> Starlette:
    calls = [Route(path, services.answer, methods=["POST"]) for path in COSTS]
    media = Route("/media/{number:int}/{name}", _media)
    return Starlette(routes=[*calls, media, Route("/lag", services.lag, methods=["POST"])])


def _make_files_beforehand() -> None:
    """No run shall wait for an encoder."""
    for scenes in (1, 3, 4, 6, 12, 24):
        clip_bytes(AD_SECONDS / scenes)


async def _serve(profile: Profile) -> None:
    services = _Services(profile)
    config = uvicorn.Config(_app(services), port=0, log_level="error", lifespan="off", access_log=False, backlog=2048)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    services.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    print(services.url, flush=True)
    await serving


def main() -> None:
    """Serve until terminated; prints the URL."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "profile", choices=list(PROFILES), help="; ".join(json.dumps(vars(p)) for p in PROFILES.values())
    )
    profile = PROFILES[parser.parse_args().profile]
    _make_files_beforehand()
    asyncio.run(_serve(profile))


if __name__ == "__main__":
    main()
