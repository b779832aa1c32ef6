"""The guard before Dagster's application: plain ASGI, so that neither HTTP nor websockets pass beside it."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from adgen_pipeline.ui.door import Door
from adgen_pipeline.ui.origins import AllowedHosts
from adgen_pipeline.ui.rules import refused

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
_FRAMES = "frame-ancestors 'self'"


class Guard:
    """`app`, for those who ask for it by one of `hosts` and, where there is a `token`, have it."""

    def __init__(self, app: ASGIApp, hosts: AllowedHosts, token: str | None = None):
        self._app, self._hosts = app, hosts
        self._door = Door(token) if token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused and what is the login's own; all else is Dagster's."""
        if scope["type"] == "http":
            send = _with_headers(send)
            answer = await self._answer(Request(scope, receive))
            await (answer or self._app)(scope, receive, send)
        elif scope["type"] == "websocket" and (no := self._refused_socket(HTTPConnection(scope))):
            await WebSocket(scope, receive, send).send_denial_response(no)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        if no := refused(request, self._hosts):
            return no
        if request.scope["path"] == "/health":  # for who watches the process: tells nothing, needs no token
            return JSONResponse({"status": "healthy"})
        return await self._door.answer(request) if self._door else None

    def _refused_socket(self, asked: HTTPConnection) -> Response | None:
        return refused(asked, self._hosts) or (self._door.refused(asked) if self._door else None)


def _with_headers(send: Send) -> Send:
    """`send`, with the headers that keep other pages from framing, reading or guessing at what is sent."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.append("Content-Security-Policy", _FRAMES)
        await send(message)

    return sending
