"""One HTTP exchange, told step by step: the name, the connection, the certificate, the answer.

By the standard library: what a person is to mend is told by which step failed, which a client of many parts hides.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from adgen_pipeline.certificates import trusted

PATIENCE_SECONDS = 5.0
_MOST_BYTES = 1_000_000


class Unreached(Exception):
    """Nobody answered; `step` is how far it came. The text is for people."""

    def __init__(self, step: Literal["name", "connection", "certificate", "answer"], told: str):
        super().__init__(told)
        self.step = step


@dataclass(frozen=True)
class Answered:
    """`clock`: the server's time by its Date header, as seconds it is ahead of ours. `certificate_until`: of TLS."""

    status: int
    body: bytes
    seconds: float
    clock: float | None
    certificate_until: datetime | None


def ask(url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answered:
    """GET `url`, or POST `body` to it. No redirect is followed and no proxy used. Raises Unreached."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    started = time.monotonic()
    with closing(_connected(url)) as connection:
        until = _until(connection.sock)
        try:
            connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
            reply = connection.getresponse()
            content = reply.read(_MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise Unreached("answer", f"took the connection and did not answer ({_reason(error)})") from None
        return Answered(
            status=reply.status,
            body=content,
            seconds=time.monotonic() - started,
            clock=_ahead(reply.headers.get("Date")),
            certificate_until=until,
        )


def connect(url: str) -> None:
    """See that somebody listens at `url`, with a certificate that is trusted; nothing is sent. Raises Unreached."""
    _connected(url).close()


def _connected(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    _resolve(host, port)
    connection = (
        http.client.HTTPSConnection(host, port, timeout=PATIENCE_SECONDS, context=trusted())
        if secure
        else http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    )
    try:
        connection.connect()
    except ssl.SSLError as error:
        connection.close()
        raise Unreached(
            "certificate", f"TLS failed ({getattr(error, 'verify_message', None) or error.reason})"
        ) from None
    except OSError as error:
        connection.close()
        raise Unreached("connection", f"port {port} of {host} cannot be reached ({_reason(error)})") from None
    return connection


def _resolve(host: str, port: int) -> None:
    try:
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreached("name", f"the name {host} cannot be resolved ({_reason(error)})") from None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing within {PATIENCE_SECONDS:g} s"
    return getattr(error, "strerror", None) or type(error).__name__


def _ahead(date: str | None) -> float | None:
    """Seconds, exact to one: the header has no fractions."""
    try:
        return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds() + 0.5 if date else None
    except (TypeError, ValueError):
        return None


def _until(sock: socket.socket | None) -> datetime | None:
    known = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not known or "notAfter" not in known:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC)
