"""Errors of the API as answers: one JSON shape, the contract's codes, no traceback and no secret."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from adgen_pipeline.contracts import brief, matrix
from adgen_pipeline.errors import AdgenError, ErrorCode, InvalidBrief, LedgerError, NotInLedger

LOG = logging.getLogger("adgen.api")

BATCHES = "/api/v1/batches"
_WAYS_OUT = {
    "/api/v1/generate-ad": brief.way_out,
    "/api/v1/estimate": brief.way_out,
    BATCHES: matrix.way_out,
}
"""Where briefs are taken, and batches: what does not fit in one is told in that form's words."""


class Refused(AdgenError):
    """A request that is answered with `status` (HTTP) and `headers`, and why."""

    code = ErrorCode.INVALID_INPUT

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: ErrorCode = ErrorCode.INVALID_INPUT,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, Any] | None = None,
    ):
        super().__init__(message, details=details)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


class DagsterUnavailable(AdgenError):
    """The Dagster webserver cannot be reached, or cannot do what is asked just now.

    `sent` says that a request may have been carried out although its answer was lost.
    """

    code = ErrorCode.SERVICE_UNAVAILABLE

    def __init__(self, message: str, *, sent: bool = False):
        super().__init__(message, details={"service": "dagster"})
        self.sent = sent


class DagsterRefused(AdgenError):
    """Dagster was reached and said no: the run configuration or the job does not fit."""

    code = ErrorCode.INVALID_INPUT


def answer_errors(app: FastAPI) -> None:
    """Let the app answer every error as the contract has it."""
    app.add_exception_handler(AdgenError, _ours)
    app.add_exception_handler(RequestValidationError, _bad_input)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(
    status: int,
    code: ErrorCode,
    message: str,
    details: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    stage: str | None = None,
) -> JSONResponse:
    """An error as callers see it: `{"error": {code, message, failed_stage, details}}`."""
    told = {"code": code.value, "message": message, "failed_stage": stage, "details": dict(details or {})}
    return JSONResponse({"error": told}, status, headers=dict(headers or {}))


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AdgenError)
    if isinstance(error, Refused):
        return problem(error.status, error.code, error.message, error.details, error.headers)
    status = _status(error)
    if status >= 500:
        LOG.error("%s %s: %s", request.method, request.url.path, error.message)
    headers = {"Retry-After": "5"} if status == 503 else {}
    code = ErrorCode.SERVICE_UNAVAILABLE if status == 503 else error.code
    return problem(status, code, error.message, error.details, headers)


def _status(error: AdgenError) -> int:
    if isinstance(error, NotInLedger):
        return 404
    if isinstance(error, LedgerError | DagsterUnavailable):
        return 503
    if error.code == ErrorCode.INVALID_INPUT or isinstance(error, InvalidBrief):
        return 422
    return 503 if error.code == ErrorCode.SERVICE_UNAVAILABLE else 500


async def _bad_input(request: Request, error: Exception) -> JSONResponse:
    """As FastAPI answers, with words that say what would fit."""
    assert isinstance(error, RequestValidationError)
    way_out = _WAYS_OUT.get(getattr(request.scope.get("route"), "path", ""))
    return JSONResponse({"detail": [_in_words(detail, way_out) for detail in error.errors()]}, 422)


def _in_words(detail: dict[str, Any], way_out: Callable[[Any], str] | None) -> dict[str, Any]:
    """One field's problem: where, of which type, and in `msg` the way out. The input is not echoed: it may be long."""
    place = detail["loc"]
    told = {"type": detail["type"], "loc": [str(p) if not isinstance(p, int) else p for p in place]}
    if way_out and place[:1] == ("body",) and detail["type"] != "json_invalid":
        return told | {"msg": way_out(detail | {"loc": place[1:]})}
    return told | {"msg": detail["msg"]}


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    words = {"Not Found": f"there is nothing at {request.url.path}; /docs shows what there is"}
    words["Method Not Allowed"] = f"{request.method} is not allowed here"
    code = ErrorCode.SERVICE_UNAVAILABLE if error.status_code >= 500 else ErrorCode.INVALID_INPUT
    return problem(error.status_code, code, words.get(error.detail, error.detail), headers=error.headers)


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    told = "Something went wrong on our side; the server's log says what, under this answer's X-Request-Id."
    return problem(500, ErrorCode.INTERNAL_ERROR, told)
