"""What the four embedded services share: one strict, keyed, polite HTTP face around one piece of work.

Each answers with the contract's envelope, keeps its keyed answers on disk, answers renders with 202 and a place to
poll, and charges nothing: cost is always 0 and `metadata.note` says so.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from pydantic import ValidationError

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.stages import Stage
from adgen_pipeline.studio.answers import Answers, KeyReusedError
from adgen_pipeline.studio.job import own_copy
from adgen_pipeline.studio.renders import Outcome, RenderLost, RenderPool

NOTE = "embedded studio: procedural motion graphics, nothing is charged"
MAX_BODY_BYTES = 1_000_000
KEPT_SECONDS = 7 * 24 * 3600
"""How long answers and renders are kept; the pipeline has its own copies."""

PRUNE_SECONDS = 3600.0
"""How often what is older is looked for, when work is asked for: a studio may be up for months."""

MAX_HOLD = 10.0
"""Seconds a poll is held open at most, however long the caller prefers to wait."""


@dataclass(frozen=True)
class Service:
    """One service: its stage, what it is asked, and the work ("module:function" for renders, or a function)."""

    stage: Stage
    request: type[Frozen]
    model: str
    work: str | Callable[[Any], Frozen]


def serve(service: Service, home: Path, *, media: Path | None = None, pool: RenderPool | None = None) -> FastAPI:
    """The HTTP application of `service`, its memory under `home`, the pipeline's own copies in `media`."""
    return _Face(service, home, media, pool or RenderPool()).app


class _Face:
    def __init__(self, service: Service, home: Path, media: Path | None, pool: RenderPool):
        self.service, self.media, self.pool = service, media, pool
        self.answers = Answers(home / service.stage.service)
        self._forget()
        self.running: dict[str, Future[Outcome]] = {}
        self.app = FastAPI(title=f"adgen studio: {service.stage.title}", docs_url=None, redoc_url=None)
        body = {"content": {"application/json": {"schema": service.request.model_json_schema()}}, "required": True}
        self.app.add_api_route("/health", self.health, methods=["GET"])
        self.app.add_api_route(service.stage.path, self.ask, methods=["POST"], openapi_extra={"requestBody": body})
        self.app.add_api_route("/jobs/{job}", self.look, methods=["GET"])
        self.app.add_api_route("/jobs/{job}", self.cancel, methods=["DELETE"])
        self.app.add_api_route("/files/{job}/{name}", self.file, methods=["GET"])
        self.app.add_api_route("/media/{name}", self.own_copy, methods=["GET"])

        self.app.add_exception_handler(Exception, self.broken)

    def _forget(self) -> None:
        """Drop what was kept for long enough; in the loop's own thread: nobody is answered from it meanwhile."""
        self.answers.prune(KEPT_SECONDS)
        self.pruned_at = time.monotonic()

    async def broken(self, request: Request, error: Exception) -> Response:
        """A mistake of the studio's own: still the envelope; the traceback goes to its log."""
        told = f"the studio made a mistake ({type(error).__name__}); its log tells more"
        return _envelope(500, time.perf_counter(), error={"code": "INTERNAL_ERROR", "message": told})

    async def health(self) -> dict[str, Any]:
        """Whether the service is up."""
        return {"status": "healthy", "service": self.service.stage.service, "model": self.service.model, "note": NOTE}

    async def ask(self, request: Request) -> Response:
        """The service's one call."""
        started = time.perf_counter()
        if time.monotonic() - self.pruned_at >= PRUNE_SECONDS:
            self._forget()
        try:
            asked = self._understood(await _body(request))
            job = self.answers.job_for(request.headers.get("Idempotency-Key"), asked.model_dump(mode="json"))
        except _Refused as refusal:
            return _envelope(refusal.status, started, error={"code": "INVALID_INPUT", "message": str(refusal)})
        except KeyReusedError:
            told = "this Idempotency-Key came before with another body; send the same body or a new key"
            return _envelope(422, started, error={"code": "INVALID_INPUT", "message": told})
        if isinstance(self.service.work, str):
            return await self._render(job, request)
        return await self._answer_now(job, asked, self.service.work, started)

    async def look(self, job: str, request: Request) -> Response:
        """How a render is getting on; held open for a moment if the caller prefers to wait."""
        if not self.answers.knows(job):
            return _envelope(404, time.perf_counter(), error={"code": "NOT_FOUND", "message": f"no job {job[:64]}"})
        if self.pool.is_cancelled(self.answers.folder(job)):
            return _envelope(200, time.perf_counter(), error={"code": "CANCELLED", "message": "it was cancelled"})
        if loss := self._loss(job):
            reason = str(loss) if isinstance(loss, RenderLost) else "its worker process was ended"
            told = f"the render was cut off ({reason}): it is not done, and can be asked for again"
            return _envelope(200, time.perf_counter(), error={"code": "SERVICE_UNAVAILABLE", "message": told})
        return await self._render(job, request, hold=_preferred_wait(request))

    async def cancel(self, job: str) -> Response:
        """Stop a render."""
        if self.answers.knows(job) and self.answers.answer(job) is None:
            self.pool.cancel(self.answers.folder(job))
            if job in self.running:
                self.running[job].cancel()
        return Response(status_code=204)

    async def own_copy(self, name: str) -> Response:
        """One of the pipeline's own copies."""
        path = own_copy(self.media, name) if self.media else None
        if path is None:
            return _envelope(404, time.perf_counter(), error={"code": "NOT_FOUND", "message": "no such file"})
        return FileResponse(path)

    async def file(self, job: str, name: str) -> Response:
        """A finished file."""
        path = self.answers.folder(job) / name
        if not self.answers.knows(job) or "/" in name or name.endswith(".json") or not path.is_file():
            return _envelope(404, time.perf_counter(), error={"code": "NOT_FOUND", "message": "no such file"})
        return FileResponse(path)

    def _understood(self, body: bytes) -> Frozen:
        try:
            return self.service.request.model_validate_json(body)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "body"
            raise _Refused(422, f"{field} = {str(first['input'])[:80]!r}: {first['msg']}") from None

    async def _answer_now(self, job: str, asked: Frozen, work: Callable[[Any], Frozen], started: float) -> Response:
        answer = self.answers.answer(job)
        if answer is None:
            result = await asyncio.to_thread(work, asked)
            answer = self._success(result.model_dump(mode="json"), time.perf_counter() - started)
            self.answers.settle(job, answer)
        return JSONResponse(answer)

    async def _render(self, job: str, request: Request, hold: float = 0.0) -> Response:
        answer = self.answers.answer(job)
        if answer is None:
            future = self._started(job)
            await asyncio.wait([asyncio.wrap_future(future)], timeout=hold)
            answer = self.answers.answer(job)
        if answer is None:
            return JSONResponse({"status": "running"}, 202, headers={"Location": f"/jobs/{job}"})
        return JSONResponse(_with_links(answer, f"{request.base_url}files/{job}/"))

    def _loss(self, job: str) -> BaseException | None:
        """Why the render of `job` ended without an answer, if it did: told once, and then it may begin anew."""
        ended = self.running.get(job)
        if ended is None or not ended.done() or ended.cancelled() or ended.exception() is None:
            return None
        return self.running.pop(job).exception()

    def _started(self, job: str) -> Future[Outcome]:
        """The render of `job`: under way, or begun (again, if the studio was restarted in between)."""
        if job not in self.running or self.running[job].done():
            assert isinstance(self.service.work, str)
            begun = time.perf_counter()
            folder = self.answers.folder(job)
            future = self.pool.submit(self.service.work, self.answers.request(job), folder, self.media)
            future.add_done_callback(lambda done: self._settle(job, done, time.perf_counter() - begun))
            self.running[job] = future
        return self.running[job]

    def _settle(self, job: str, done: Future[Outcome], seconds: float) -> None:
        if done.cancelled() or done.exception() or self.pool.is_cancelled(self.answers.folder(job)):
            return  # not an answer: whoever sends the same key again wants it after all
        outcome = done.result()
        if "result" in outcome:
            self.answers.settle(job, self._success(outcome["result"], seconds, outcome["metadata"]))
        else:
            self.answers.settle(job, _failed(outcome["error"], seconds))

    def _success(self, result: dict[str, Any], seconds: float, told: dict[str, Any] | None = None) -> dict[str, Any]:
        metadata = {"model": self.service.model, "note": NOTE} | (told or {})
        return {
            "success": True,
            "result": result,
            "cost": 0.0,
            "processing_time": round(seconds, 3),
            "metadata": metadata,
        }


class _Refused(Exception):
    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise _Refused(413, f"the body is larger than {MAX_BODY_BYTES} bytes")
    return bytes(body)


def _preferred_wait(request: Request) -> float:
    """Seconds of `Prefer: wait=...` (RFC 7240)."""
    for preference in request.headers.get("Prefer", "").split(","):
        name, _, value = preference.strip().partition("=")
        if name == "wait" and value.isdigit():
            return min(float(value), MAX_HOLD)
    return 0.0


def _with_links(answer: dict[str, Any], base: str) -> dict[str, Any]:
    """Files are kept by name; the caller gets URLs on the address it asked."""
    result = answer.get("result")
    if not result:
        return answer
    linked = {name: base + value if name.endswith("_url") else value for name, value in result.items()}
    return answer | {"result": linked}


def _failed(error: dict[str, Any], seconds: float) -> dict[str, Any]:
    return {"success": False, "error": error, "cost": 0.0, "processing_time": round(seconds, 3)}


def _envelope(status: int, started: float, *, error: dict[str, Any]) -> Response:
    return JSONResponse(_failed(error, time.perf_counter() - started), status)
