"""A lab: one real HTTP server that plays the four services, remembers every call, and can be told to misbehave.

It answers the contract's calls with tiny real media, after `latency` seconds, for the prices of `COSTS`.
`lab.on("/compose", html)` makes the next call to a path answer something else; `always=True` keeps it so.
"""

import asyncio
import contextlib
import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from PIL import Image

from adgen_pipeline.studio.encoding import Quality, VideoWriter

COSTS = {"/parse": 0.03, "/generate-image": 0.05, "/generate-video": 0.25, "/compose": 0.07}
WORDS = {
    "/parse": "PROMPT_PARSER",
    "/generate-image": "IMAGE_GEN",
    "/generate-video": "VIDEO_GEN",
    "/compose": "COMPOSITION",
}

Misbehaviour = Callable[["Call"], Response]


@dataclass(frozen=True)
class Call:
    """One call as it arrived; `at` and `done` are seconds on the monotonic clock."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass
class Lab:
    """The running lab. `scenes` are the durations of the storyboards it hands out."""

    url: str = ""
    scenes: tuple[float, ...] = (5.0, 5.0, 5.0)
    latency: dict[str, float] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    ended: list[tuple[str, float]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    _scripts: dict[str, list[tuple[Misbehaviour, bool]]] = field(default_factory=dict)

    def on(self, path: str, misbehave: Misbehaviour, *, always: bool = False) -> None:
        """The next call to `path` (or all of them) is answered by `misbehave`."""
        self._scripts.setdefault(path, []).append((misbehave, always))

    def environment(self) -> dict[str, str]:
        """The settings that point the pipeline at this lab."""
        return {f"{name}_URL": self.url for name in WORDS.values()}

    def of(self, path: str) -> list[Call]:
        """The calls that came to `path`."""
        return [call for call in self.calls if call.path == path]

    def scripted(self, path: str) -> Misbehaviour | None:
        """What the next call to `path` is to be answered by, if anything was set."""
        script = self._scripts.get(path, [])
        if not script:
            return None
        misbehave, always = script[0]
        if not always:
            script.pop(0)
        return misbehave

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        call = Call(path, await request.json(), dict(request.headers), time.monotonic())
        self.calls.append(call)
        misbehave = self.scripted(path)
        if misbehave:
            return await asyncio.to_thread(misbehave, call)
        await asyncio.sleep(self.latency.get(path, 0.0))
        self.ended.append((path, time.monotonic()))
        return envelope(self.result(call), COSTS[path])

    def result(self, call: Call) -> dict[str, Any]:
        body = call.body
        if call.path == "/parse":
            return storyboard(self.scenes, body["prompt"])
        if call.path == "/generate-image":
            return {
                "image_url": f"{self.url}/media/{abs(len(body['prompt'])) % 200}.jpg",
                "seed": 7,
                "model": "lab-image",
            }
        if call.path == "/generate-video":
            size = body.get("resolution", "1080x1920")
            return {
                "video_url": f"{self.url}/media/{body['duration']}.mp4",
                "duration": body["duration"],
                "resolution": size,
            }
        length = max(scene["end_time"] for scene in body["scenes"])
        return {
            "video_url": f"{self.url}/media/{length}{_SHAPES[body.get('aspect_ratio', '9:16')][0]}.mp4",
            "thumbnail_url": f"{self.url}/media/9.jpg",
            "duration": length,
            "resolution": body.get("resolution", "1080x1920"),
            "file_size_mb": 0.01,
        }


def storyboard(durations: tuple[float, ...], prompt: str = "a watch") -> dict[str, Any]:
    """A parser's result with scenes of `durations`."""
    scenes = [
        {"prompt": f"{prompt}, shot {n}", "duration": d, "transition": "fade"} for n, d in enumerate(durations, 1)
    ]
    return {"scenes": scenes, "visual_direction": {"style": "plain"}, "audio": {}, "text_overlays": []}


def envelope(result: Any, cost: Any = 0.01, **more: Any) -> JSONResponse:
    """A success."""
    return JSONResponse({"success": True, "result": result, "cost": cost, "processing_time": 0.1} | more)


def failure(
    status: int, message: str = "no", *, cost: float = 0.0, code: str | None = None, **headers: str
) -> Misbehaviour:
    """An envelope that says no."""
    error = {"code": code, "message": message} if code else message
    body = {"success": False, "error": error, "cost": cost, "processing_time": 0.1}
    return lambda call: JSONResponse(body, status, headers=headers)


def says(content: bytes | str, status: int = 200, kind: str = "text/html") -> Misbehaviour:
    """Anything at all."""
    return lambda call: Response(content, status, media_type=kind)


_SHAPES = {"9:16": ("", (36, 64)), "16:9": ("-wide", (64, 36)), "1:1": ("-square", (36, 36))}
"""Of finished ads: the ending of the file's name, and its tiny size in pixels."""


@cache
def clip_bytes(seconds: float, size: tuple[int, int] = (36, 64)) -> bytes:
    """A tiny real MP4 of `seconds`."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "clip.mp4")
        with VideoWriter(path, size, 30, Quality("ultrafast", 40)) as writer:
            for n in range(round(seconds * 30)):
                writer.write(np.full((size[1], size[0], 4), n % 255, np.uint8))
        return path.read_bytes()


@cache
def picture_bytes(shade: int) -> bytes:
    """A tiny real JPEG."""
    packed = io.BytesIO()
    Image.new("RGB", (36, 64), (shade, 90, 160)).save(packed, "JPEG")
    return packed.getvalue()


def _app(lab: Lab) -> FastAPI:
    app = FastAPI()
    for path in COSTS:
        app.add_api_route(path, lab.answer, methods=["POST"])

    @app.get("/media/{name}")
    def media(name: str) -> Response:
        stem, _, ending = name.rpartition(".")
        shape = next((known for known in _SHAPES.values() if known[0] and stem.endswith(known[0])), _SHAPES["9:16"])
        stem = stem.removesuffix(shape[0])
        if not stem.replace(".", "").isdigit():
            return Response("no such file", 404)
        if ending == "mp4":
            return Response(clip_bytes(float(stem), shape[1]), media_type="video/mp4")
        return Response(picture_bytes(int(stem)), media_type="image/jpeg")

    @app.delete("/jobs/{name}")
    def cancel(name: str) -> Response:
        lab.cancelled.append(name)
        return Response(status_code=204)

    @app.get("/jobs/{name}")
    async def look(name: str, request: Request) -> Response:
        call = Call(f"/jobs/{name}", {}, dict(request.headers), time.monotonic())
        lab.calls.append(call)
        misbehave = lab.scripted(call.path)
        await asyncio.sleep(0.05)
        return misbehave(call) if misbehave else JSONResponse({"status": "running"}, 202)

    return app


@contextlib.contextmanager
def running_lab(**known: Any) -> Iterator[Lab]:
    """A lab on a free loopback port."""
    lab = Lab(**known)
    with serving(_app(lab)) as url:
        lab.url = url
        yield lab


@contextlib.contextmanager
def serving(app: Any) -> Iterator[str]:
    """`app` on a free loopback port, in a thread; yields its URL."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
