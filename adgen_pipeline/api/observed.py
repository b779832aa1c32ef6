"""Around every request: its id, its place in the metrics, and an answer also where something unforeseen goes wrong."""

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adgen_pipeline.api.errors import LOG, problem
from adgen_pipeline.api.prometheus import Figures
from adgen_pipeline.errors import ErrorCode
from adgen_pipeline.observability import about
from adgen_pipeline.settings import Settings

REQUEST_ID = "X-Request-Id"
_access = logging.getLogger("adgen.access")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_A_GIVEN_ID = re.compile(r"[\w.-]{1,100}", re.ASCII)


class Observed:
    """Passes requests to `app`, and counts them in `figures`."""

    def __init__(self, app: ASGIApp, figures: Figures):
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The request's own id, where it has a fit one, stands in the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _A_GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        with about(request_id=request_id):
            await self._answered(scope, receive, send, request_id)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            LOG.error("%s %s failed (%s)", scope["method"], scope["path"], request_id, exc_info=error)
            if status:
                raise
            told = f"something went wrong on our side; the server's log says what, under {request_id}"
            await problem(500, ErrorCode.INTERNAL_ERROR, told)(scope, receive, answer)
        finally:
            seconds = time.perf_counter() - began
            self._figures.count(_method(scope), _template(scope), status, seconds)
            _tell(scope, status, seconds)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    """One line for a collector of logs; people have `LOG_LEVEL=DEBUG`."""
    if _access.isEnabledFor(logging.INFO) and Settings.read().log_format == "json":
        client = (scope.get("client") or ("unknown",))[0]
        known = {"method": scope["method"], "path": scope["path"], "status": status, "client": client}
        told = f"{scope['method']} {scope['path']} {status}"
        _access.info("%s", told, extra=known | {"seconds": round(seconds, 4)})


def _method(scope: Scope) -> str:
    """One that HTTP knows: who invents others makes no series."""
    return scope["method"] if scope["method"] in _METHODS else "other"


def _template(scope: Scope) -> str:
    """The route with its parameters' names, so that there are as many series as routes, and not as many as jobs."""
    return str(getattr(scope.get("route"), "path", "none"))
