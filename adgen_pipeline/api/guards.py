"""What is refused before it is read: other names than our own, requests of foreign pages, bodies that are too long.

The API may run without a token on loopback. A page in the user's browser can reach it there, so a page must not be
able to launch ads: browsers say in `Origin` where a request comes from, and cannot send JSON to another origin without
asking first. A name that somebody else lets point to this machine is not ours (DNS rebinding).
"""

from collections.abc import Iterable
from typing import Any

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adgen_pipeline.api.errors import problem
from adgen_pipeline.errors import ErrorCode

MOST_BYTES = 256 * 1024
"""Of a body: a brief with 24 scenes of the longest fields has about 60 kB."""

BODY_SECONDS = 30.0
"""In which it has to arrive: a brief is one packet, and who sends a byte a second keeps a connection for nothing."""

_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Lets a request through to `app`. `hosts` are the names we go by, None: any; `origins` those of pages let in."""

    def __init__(
        self, app: ASGIApp, hosts: Iterable[str] | None, origins: Iterable[str], body_seconds: float = BODY_SECONDS
    ):
        self._app = app
        self._body_seconds = body_seconds
        self._hosts = frozenset(hosts) if hosts is not None else None
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None and scope["method"] not in _SAFE:
            body, refusal = await self._body(headers, receive)
            refusal = refusal or _not_fit(scope["path"], headers, body)
            receive = _again(body, receive)
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await problem(refusal[0], ErrorCode.INVALID_INPUT, refusal[1])(scope, receive, send)

    async def _body(self, headers: Headers, receive: Receive) -> tuple[bytes, tuple[int, str] | None]:
        """The body; or HTTP status and why, where it is too long or too slow."""
        try:
            with anyio.fail_after(self._body_seconds):
                body = await _whole_body(headers, receive)
        except TimeoutError:
            return b"", (408, f"the body did not arrive within {self._body_seconds:g} s")
        if body is None:
            return b"", (413, f"the body is too long: {MOST_BYTES // 1024} kB at most")
        return body, None

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """HTTP status and why, where host or origin are not let in."""
        host = headers.get("host", "")
        if self._hosts is not None and _name(host) not in self._hosts:
            return 403, f"{host!r} is not a name of this API: use 127.0.0.1 or localhost, or set API_URL to that name"
        if scope["method"] in _SAFE:
            return None
        origin = headers.get("origin")
        own = {f"{scheme}://{host}" for scheme in ("http", "https")}
        if origin is not None and origin not in self._origins | own:
            return 403, f"pages of {origin!r} may not call this API: add the origin to CORS_ORIGINS"
        if origin is None and headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return 403, "this request comes from a page of another site, which does not say which"
        return None


def _name(host: str) -> str:
    """A `Host` header without its port."""
    return (host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host).lower()


def _not_fit(path: str, headers: Headers, body: bytes) -> tuple[int, str] | None:
    """A form or plain text, which any page may send anywhere; pages of our own, which look closer, take forms."""
    kind = headers.get("content-type")
    said = (kind or "").partition(";")[0].strip().lower()
    is_form = said == "application/x-www-form-urlencoded" and not path.startswith("/api/")
    if said == "application/json" or is_form or (kind is None and not body):
        return None
    return 415, f"the body is {kind or 'of no said type'}: send `Content-Type: application/json`"


async def _whole_body(headers: Headers, receive: Receive) -> bytes | None:
    """The body, or None as soon as it is too long, whatever `Content-Length` says."""
    said = headers.get("content-length", "0")
    if said.isdigit() and int(said) > MOST_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands out the body that was read, then whatever comes."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        message: dict[str, Any] = {"type": "http.request", "body": body, "more_body": False}
        return message

    return again
