"""A server that answers each path with exactly the bytes it is told, and an outside world in which it stands.

`with wire() as world:` gives a name server of our own making, a network in which made-up public addresses lead to
the server, and the list of all addresses that a connection was tried to.
"""

import contextlib
import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

import httpcore

from adgen_pipeline.downloads import Outside

PUBLIC = "93.184.216.34"
"""An address that is public to all rules; here it leads to the server on loopback."""

OTHER_PUBLIC = "93.184.216.35"
"""Another one, at which nobody is."""

CERTIFICATE = Path(__file__).with_name("media.example.pem")

Answer = bytes | Callable[[socket], None]


def http(body: bytes = b"", status: str = "200 OK", **headers: object) -> bytes:
    """An answer on the wire; `Content_Length=None` leaves the header out."""
    fields = {"Content_Length": len(body), "Connection": "close"} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def redirect(location: str) -> bytes:
    """An answer that sends on to `location`."""
    return http(status="302 Found", Location=location)


@dataclass
class World(httpcore.NetworkBackend):
    """Name server, network and server in one. `names` gives each name's addresses, look-up by look-up."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    paths: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    ports: dict[int, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    server_names: list[str | None] = field(default_factory=list)

    @property
    def outside(self) -> Outside:
        """This world, as a download sees it."""
        return Outside(self.resolve, self, ssl.create_default_context(cafile=CERTIFICATE))

    def resolve(self, host: str, port: int, **wanted: Any) -> list[Any]:
        """As `socket.getaddrinfo`: an address as it is, a name as it is told, the last word being kept."""
        self.looked_up.append(host)
        answers = self.names.get(host, [[host]])
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(2, 1, 6, "", (address, port)) for address in addresses]

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, *options: Any
    ) -> httpcore.NetworkStream:
        """To the server, from its public address; nobody is anywhere else."""
        self.connected.append(host)
        if host != PUBLIC:
            raise httpcore.ConnectError("connection refused")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.ports[port], timeout)

    def answer(self, connection: socket) -> None:
        """What one connection gets."""
        head = bytearray()
        while b"\r\n\r\n" not in head and (more := connection.recv(4096)):
            head += more
        _read_body(connection, bytes(head))
        self.asked.append(head.decode("latin-1"))
        path = head.split(b" ")[1].decode() if b" " in head else ""
        said = self.paths[path.split("?")[0]]
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        connection.sendall(said) if isinstance(said, bytes) else said(connection)


def _read_body(connection: socket, head: bytes) -> None:
    """All that was announced: a connection that is closed over unread bytes is reset, and its answer lost."""
    fields, _, body = head.partition(b"\r\n\r\n")
    announced = re.search(rb"(?i)\r\ncontent-length: *(\d+)", fields)
    left = int(announced[1]) - len(body) if announced else 0
    while left > 0 and (more := connection.recv(left)):
        left -= len(more)


@contextlib.contextmanager
def wire() -> Iterator[World]:
    """A world whose server listens for http (port 80 of PUBLIC) and https (443)."""
    world = World(names={"media.example": [[PUBLIC]]})
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(CERTIFICATE)
    secure.sni_callback = lambda sock, name, context: world.server_names.append(name)
    with _listening(world, None) as plain, _listening(world, secure) as encrypted:
        world.ports = {80: plain, 443: encrypted}
        yield world


@contextlib.contextmanager
def _listening(world: World, secure: ssl.SSLContext | None) -> Iterator[int]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the other side went away, as it should
                connection = secure.wrap_socket(self.request, server_side=True) if secure else self.request
                with connection:
                    world.answer(connection)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
