"""The four services over HTTP, in a process of their own, with the faults of a plan.

    python -m adgen_pipeline_tests.chaos.server FOLDER PORT

FOLDER holds `plan.json` (see `Trade`); started again with the same FOLDER and PORT, the services go on where they were.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline_tests.chaos import peers
from adgen_pipeline_tests.chaos.faults import AFTER_WORK, BEFORE_WORK
from adgen_pipeline_tests.chaos.invoice import Line
from adgen_pipeline_tests.chaos.trade import Asked, Trade

_LATE_SECONDS = {"delay": 0.3, "stall": 2.0}
"""How late an answer comes; a caller of the lab waits for a second."""

_SERVICES = {stage.path: stage.service for stage in STAGES}
_LATE_TRIES = 5
"""More than one life of a caller makes."""
_transports: dict[tuple[str, int], asyncio.Transport] = {}


class _Breakable(H11Protocol):
    """Lets the services reset a connection."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        _transports[transport.get_extra_info("peername")] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        _transports.pop(self.transport.get_extra_info("peername"), None)
        super().connection_lost(exc)


class Services:
    """The HTTP face of the trade."""

    def __init__(self, folder: Path, port: int):
        self._trade = Trade(folder, f"http://127.0.0.1:{port}")
        self._port = port
        self._looks: Counter[str] = Counter()
        self.app = Starlette(
            routes=[
                *(Route(path, self.post, methods=["POST"]) for path in _SERVICES),
                Route("/media/{number:int}/{name}", self.media),
                Route("/store/{shelf}/{name}", self.stored),
                Route("/jobs/{number:int}", self.look),
                Route("/jobs/{number:int}", self.cancel, methods=["DELETE"]),
                Route("/health", lambda request: _json(200, {"status": "healthy"})),
            ]
        )

    async def post(self, request: Request) -> Response:
        """One paid call."""
        service = _SERVICES[request.url.path]
        if self._trade.drops_unread(service):
            return self._reset(request)
        asked = Asked(service, (await request.body()).decode(), request.headers.get("Idempotency-Key"))
        kind = self._trade.fault_for(asked)
        line = self._trade.remembered(asked)
        if kind in BEFORE_WORK and not (line and kind == "refused"):
            return self._before_work(kind, request)
        refusal = self._conflict(asked, line) if line else self._stale(asked)
        if refusal:
            return refusal
        line = line or self._trade.work(asked, kind)
        return await self._after_work(kind if kind in AFTER_WORK else None, line, request)

    def _conflict(self, asked: Asked, line: Line) -> Response | None:
        if line["body"] == asked.body_hash:
            return None
        self._trade.note("conflict", asked, key=asked.key)
        return _no(422, "this Idempotency-Key was used with another body")

    def _stale(self, asked: Asked) -> Response | None:
        stale = [url for url in asked.media_urls if not self._can_be_fetched(url)]
        if not stale:
            return None
        self._trade.note("stale", asked, url=stale[0])
        return _no(400, f"cannot fetch {stale[0]}")

    async def media(self, request: Request) -> Response:
        """A file of an answer, as long as its URL holds."""
        number, name = request.path_params["number"], request.path_params["name"]
        line = self._trade.lines[number - 1]
        served, told = self._served(line, name, request)
        self._trade.diary.write(
            what="media", ad=line["ad"], service=line["service"], request=line["request"], number=number, told=told
        )
        return served

    def _served(self, line: Line, name: str, request: Request) -> tuple[Response, str]:
        until = float(request.query_params.get("until", "inf"))
        content = self._trade.file(name).read_bytes()
        self._looks[name] += 1
        if until < time.time():
            return Response("expired", 410), "expired"
        if line["media"] == "late_media" and self._looks[name] <= _LATE_TRIES:
            return Response("not yet", 503), "late"
        if line["media"] == "html_media":
            return Response("<html>Sign in to see your video</html>", media_type="video/mp4"), "spoiled"
        if line["media"] == "cut_media":
            return Response(content[: len(content) // 3]), "spoiled"
        return Response(content), "served"

    async def stored(self, request: Request) -> Response:
        """The pipeline's own copies, under MEDIA_URL."""
        return Response((self._trade.store / request.path_params["shelf"] / request.path_params["name"]).read_bytes())

    async def look(self, request: Request) -> Response:
        """A poll of an accepted call."""
        number = request.path_params["number"]
        if number > len(self._trade.lines):
            return _no(404, "no such job")
        line = self._trade.lines[number - 1]
        self._looks[f"job {number}"] += 1
        turn = self._looks[f"job {number}"]
        if line["rough"] and turn <= 5:
            return self._rough(turn, request)
        if time.time() < line["ready_at"]:
            return _json(202, {"status": "running"}, {"Retry-After": "0.05"})
        return Response(self._trade.signed(line), line["status"], media_type="application/json")

    async def cancel(self, request: Request) -> Response:
        """Too late: what was begun is charged."""
        line = self._trade.lines[request.path_params["number"] - 1]
        self._trade.diary.write(what="cancel", ad=line["ad"], service=line["service"], number=line["number"])
        return Response(status_code=204)

    def _before_work(self, kind: str, request: Request) -> Response:
        match kind:
            case "busy" | "busy_later":
                return _no(429, "too many calls", {"Retry-After": "0.1"} if kind == "busy_later" else {})
            case "down" | "down_later":
                return _no(503, "no capacity", {"Retry-After": "0.1"} if kind == "down_later" else {})
            case "error_free":
                return _no(500, "out of memory")
            case "page_500_idle" | "page_502_idle":
                return _page(int(kind[5:8]))
            case "refused":
                return _no(400, "not this")
            case "away":
                _die()
            case "kill_arrived":
                self._kill(request)
        return self._reset(request)

    async def _after_work(self, kind: str | None, line: Line, request: Request) -> Response:
        await asyncio.sleep(self._trade.seconds(line) + _LATE_SECONDS.get(kind or "", 0.0))
        text = self._trade.signed(line)
        answer = Response(text, line["status"], media_type="application/json")
        match kind:
            case "page_500" | "page_502" | "page_504" | "page_408":
                return _page(int(kind[5:]))
            case "drop_charged":
                return self._reset(request)
            case "truncated":
                return StreamingResponse(self._half(text.encode(), request), headers={"Content-Length": "9999"})
            case "drip":
                return StreamingResponse(_drip(text.encode()))
            case "away_charged":
                _die()
            case "accepted_away":
                asyncio.get_running_loop().call_later(0.1, _die)
            case "kill_charged":
                self._kill(request)
            case "kill_answered":
                answer.background = BackgroundTask(self._kill, request)
        if time.time() < line["ready_at"]:
            return _json(202, {"status": "accepted"}, {"Location": f"/jobs/{line['number']}", "Retry-After": "0.05"})
        return answer

    def _rough(self, turn: int, request: Request) -> Response:
        if turn == 1:
            return self._reset(request)
        return (_page(502), _no(503, "no capacity"), _no(429, "too many polls"), _no(404, "no such job"))[turn - 2]

    async def _half(self, content: bytes, request: Request) -> Any:
        yield content[: len(content) // 2]
        await asyncio.sleep(0.02)
        self._reset(request)

    def _reset(self, request: Request) -> Response:
        transport = _transports.get(request.scope["client"])
        if transport:
            transport.abort()
        return Response()

    def _kill(self, request: Request) -> None:
        pid = peers.owner_of(request.scope["client"][1], self._port)
        self._trade.diary.write(what="kill", ad="", service="", pid=pid, done=peers.kill(pid))

    def _can_be_fetched(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.path.startswith("/store/"):
            return (self._trade.store / parts.path.removeprefix("/store/")).exists()
        return float(parse_qs(parts.query).get("until", ["inf"])[0]) >= time.time()


async def _drip(content: bytes) -> Any:
    for byte in content[:40]:
        yield bytes([byte])
        await asyncio.sleep(0.1)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _no(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return _json(status, {"success": False, "error": message, "cost": 0.0, "processing_time": 0.0}, headers)


def _page(status: int) -> Response:
    return Response("<html>nginx</html>", status, media_type="text/html")


def _json(status: int, content: Any, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(content), status, headers, media_type="application/json")


def serve(folder: Path, port: int) -> None:
    """Serve until killed."""
    peers.die_with_parent()
    config = uvicorn.Config(
        Services(folder, port).app, port=port, http=_Breakable, log_level="critical", lifespan="off", access_log=False
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
