"""Around every request: its id, its place in the metrics, and an answer also where something unforeseen goes wrong."""

import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adgen_pipeline.api.errors import LOG, problem
from adgen_pipeline.api.prometheus import Figures
from adgen_pipeline.errors import ErrorCode

REQUEST_ID = "X-Request-Id"
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
            self._figures.count(scope["method"], _template(scope), status, time.perf_counter() - began)


def _template(scope: Scope) -> str:
    """The route with its parameters' names, so that there are as many series as routes, and not as many as jobs."""
    return str(getattr(scope.get("route"), "path", "none"))
