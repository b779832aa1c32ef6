"""Connections to addresses that were checked, to no others, and for no longer than until a deadline.

A name is resolved once; all its addresses are checked; the connection goes to exactly one of them. What a name
server says later does not matter any more. TLS is made above this, for the host's name as it stands in the URL.
"""

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from adgen_pipeline.certificates import trusted
from adgen_pipeline.downloads.addresses import MAY_BE_MEANT, AllowedHosts, kind_of_forbidden

CONNECT_SECONDS = 10.0
MEDIA_WAY_OUT = "if files may come from there, add {host} to MEDIA_ALLOWED_HOSTS"


class Refused(Exception):
    """This URL is not to be fetched, and no second try would help. The text is the reason, for people.

    `mendable`: it may be another day, when a setting, a disk or a certificate has been put right.
    """

    def __init__(self, reason: str, *, mendable: bool = False, **details: Any):
        super().__init__(reason)
        self.mendable = mendable
        self.details = details


@dataclass(frozen=True)
class Outside:
    """What lies outside this process: name servers, the network, the certificates that are trusted.

    `resolve` answers as `socket.getaddrinfo`.
    """

    resolve: Callable[..., Any] = socket.getaddrinfo
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    certificates: ssl.SSLContext = field(default_factory=trusted)


class CheckedNetwork(httpcore.NetworkBackend):
    """A network that leads to public addresses and to `allowed_hosts` alone, until `deadline` (monotonic seconds).

    `way_out` is what a person can do about a `{host}` that is refused though it may be meant.
    """

    def __init__(self, allowed_hosts: Collection[str], deadline: float, outside: Outside, way_out: str = MEDIA_WAY_OUT):
        self._allowed, self._deadline, self._outside = AllowedHosts(allowed_hosts), deadline, outside
        self._way_out = way_out

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that takes one. Raises Refused, or httpcore's errors."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            seconds = min(CONNECT_SECONDS, _left(self._deadline))
            try:
                stream = self._outside.network.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        """The addresses of `host`, none of them forbidden: one bad one spoils the name."""
        try:
            found = self._outside.resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._allowed.hold(host, port):
            for address in addresses:
                refuse_forbidden(host, address, self._way_out)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, so that a byte a second does not keep it open."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float):
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._within(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._within(timeout))
        return _TimedStream(secure, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _within(self, timeout: float | None) -> float:
        left = _left(self._deadline)
        return left if timeout is None else min(timeout, left)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("out of time")
    return left


def refuse_forbidden(host: str, address: str, way_out: str) -> None:
    """Raise Refused for an address that nobody outside may send us to, with the way out where it may be meant."""
    kind = kind_of_forbidden(address)
    if not kind:
        return
    told = f"{host} is {kind}" if host == address else f"{host} is at {address}, {kind}"
    may_be_meant = kind in MAY_BE_MEANT
    if may_be_meant:
        told += f"; {way_out.format(host=host)}"
    raise Refused(told, mendable=may_be_meant, host=host, address=address)
