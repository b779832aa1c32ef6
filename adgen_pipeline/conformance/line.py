"""The line to the service: it speaks as the pipeline's clients do, and every exchange is remembered as it went."""

import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

from pydantic import SecretStr

from adgen_pipeline.clients.exchange import Address, Exchange, Failure, Http
from adgen_pipeline.conformance.findings import Hopeless, Mend, Passage, Skipped
from adgen_pipeline.contracts.stages import Stage

BUSY = (425, 429, 503)
"""By the contract surely not carried out, and tried again."""
_TRIES, _BUSY_DELAY, _LONGEST_WAIT = 4, 2.0, 60.0
_SHOWN = 160
_WRONG_TOKEN = SecretStr("not-the-token")


class Line:
    """Exchanges with one service. `timeout` in seconds; at most `max_calls` POSTs. Safe to use from two threads."""

    def __init__(self, stage: Stage, address: Address, timeout: float, max_calls: int):
        self.stage, self.address, self.timeout, self.max_calls = stage, address, timeout, max_calls
        self.passages: list[Passage] = []
        self.calls = 0
        self._http = Http(lambda: address, timeout)
        self._strangers: dict[str, Http] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of open connections."""
        for http in (self._http, *self._strangers.values()):
            http.close()

    def post(self, body: bytes, key: str, *, token: str | None = None) -> Exchange:
        """One paid call under `key`; busy answers (425, 429, 503) are waited out, as the pipeline does.

        `token` "no" or "a wrong" sends the call as a stranger. Raises Mend when no answer comes, Hopeless when nobody
        is there, Skipped when no call is left.
        """
        http = self._stranger(token) if token else self._http
        for attempt in range(_TRIES):
            reply = self._post_once(http, body, key, token)
            if reply.status not in BUSY or attempt == _TRIES - 1:
                break
            time.sleep(min(_LONGEST_WAIT, _BUSY_DELAY if reply.retry_after is None else reply.retry_after))
            with self._lock:
                self.calls -= 1
        return reply

    def get(self, path_or_url: str) -> Exchange:
        """One GET on the service. Raises Mend when no answer comes, Hopeless when nobody is there."""
        url = path_or_url if "://" in path_or_url else self.address.url + path_or_url
        return self._told(f"GET {self._path(url)}", lambda: self._http.poll(url, self.timeout))

    def delete(self, url: str) -> Exchange | None:
        """One DELETE on the service; None if no answer came within a second."""
        reply = self._http.cancel(url)
        self.note(f"DELETE {self._path(url)}", _came(reply) if reply else "no answer within 1 s")
        return reply

    def same_origin(self, location: str | None) -> str | None:
        """`location` as an absolute URL if it is on the service's own host."""
        return self._http.same_origin(location)

    def note(self, sent: str, came: str) -> None:
        """Remember an exchange; equal ones in a row are remembered once."""
        passage = Passage(self.safe(sent), self.safe(came))
        if not self.passages or self.passages[-1] != passage:
            self.passages.append(passage)

    def _stranger(self, token: str) -> Http:
        if token not in self._strangers:
            other = replace(self.address, token=_WRONG_TOKEN if token == "a wrong" else None)
            self._strangers[token] = Http(lambda: other, self.timeout)
        return self._strangers[token]

    def _post_once(self, http: Http, body: bytes, key: str, token: str | None) -> Exchange:
        with self._lock:
            if self.calls >= self.max_calls:
                raise Skipped(f"--max-calls {self.max_calls} is used up")
            self.calls += 1
        headers = {"Idempotency-Key": key, "X-Request-Id": uuid.uuid4().hex, "Content-Type": "application/json"}
        text = " ".join(body[:400].decode("utf-8", "replace").split())
        shown = text if len(body) <= _SHOWN else f"{text[:_SHOWN]}... ({len(body)} bytes)"
        asked = f"POST {self.stage.path}{f' with {token} token' if token else ''}, Idempotency-Key {key}: {shown}"
        return self._told(asked, lambda: http.post(self.stage.path, body, headers, self.timeout))

    def _told(self, sent: str, exchange: Callable[[], Exchange]) -> Exchange:
        try:
            reply = exchange()
        except Failure as failure:
            self.note(sent, f"no answer: it {failure}")
            if failure.kind == "transient":
                raise Hopeless(f"it {failure}: start it, or give the URL that it listens on") from failure
            raise Mend(self._way_out(failure)) from failure
        self.note(sent, _came(reply))
        return reply

    def _way_out(self, failure: Failure) -> str:
        if failure.timed_out:
            limit = f"{self.stage.service.upper()}_TIMEOUT"
            return f"it {failure}: answer 202 with a Location to poll when it takes longer, or raise {limit}"
        return f"it {failure}: answer every call; we cannot know whether one without an answer was billed"

    def _path(self, url: str) -> str:
        return url.removeprefix(self.address.url)

    def safe(self, text: str) -> str:
        """Without the token, credentials and queries of URLs, which may hold signatures."""
        if self.address.token:
            text = text.replace(self.address.token.get_secret_value(), "***")
        text = re.sub(r"(?<=://)[^/\s\"']*@", "", text)
        return re.sub(r"(://[^\s\"'?]+)\?[^\s\"']*", r"\1?...", text)


def _came(reply: Exchange) -> str:
    place = f", Location {reply.location}" if reply.location else ""
    return f"HTTP {reply.status}{place}: {reply.excerpt}"
