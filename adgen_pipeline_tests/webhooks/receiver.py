"""A real receiver: it verifies what comes with the specification's own library, and misbehaves as it is told."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from standardwebhooks import Webhook

Answer = int | Literal["drop", "hang"] | tuple[int, dict[str, str]]
"""A status, with headers perhaps; `drop`: no answer, the connection closes; `hang`: none until `release` is set."""


@dataclass
class Message:
    """One message that arrived, its signature verified."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """The running receiver; `secret` is what `adgen webhooks secret` prints. `script` holds the answers, then 204."""

    secret: str
    url: str = ""
    script: list[Answer] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Verify a message and say how it is answered."""
        try:
            told = Webhook(self.secret).verify(body, headers)
        except Exception as error:
            self.forged.append(str(error))
            return 401
        with self._lock:
            self.messages.append(Message(path, {name.lower(): value for name, value in headers.items()}, told))
            answer = self.script.pop(0) if self.script else 204
        self.arrived.set()
        return answer


@contextlib.contextmanager
def receiving(secret: str, *script: Answer) -> Iterator[Receiver]:
    """A receiver on a free loopback port."""
    receiver = Receiver(secret, script=list(script))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = receiver.take(self.path, dict(self.headers), body)
            if answer == "hang":
                receiver.release.wait(60)
            if answer in ("drop", "hang"):
                self.close_connection = True
                return
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(int(status))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

        def handle_error(self, *_: Any) -> None:
            """The other side went away, as it may."""

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.release.set()
            server.shutdown()
            thread.join()
