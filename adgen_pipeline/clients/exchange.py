"""One HTTP exchange: bounded in seconds and bytes, its failures told apart by whether the body had been sent.

The only module of the clients that imports httpx's transport.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import cached_property
from threading import Lock
from typing import Any, Literal

import httpx
from pydantic import SecretStr, ValidationError

from adgen_pipeline.certificates import trusted
from adgen_pipeline.contracts.envelope import ABSURD_COST, Envelope
from adgen_pipeline.errors import Outcome
from adgen_pipeline.observability.scrubbing import without_url_secrets

MAX_ANSWER_BYTES = 10_000_000
_TOKEN, _SHORTEST_TOKEN = b"(hidden)", 8
_POLL_HOLD = 1
"""Seconds a service may hold a poll open (RFC 7240, `Prefer: wait`); services that do not know it answer at once."""


@dataclass(frozen=True)
class Address:
    """Where a service is."""

    url: str
    token: SecretStr | None = None


class Failure(Exception):
    """An attempt that may be tried again. `transient`: surely not carried out; `unknown`: the answer was lost."""

    def __init__(self, kind: Literal["transient", "unknown"], told: str, reply: "Exchange | None"):
        super().__init__(told)
        self.kind = kind
        self.reply = reply
        self.timed_out = False

    @property
    def outcome(self) -> Outcome:
        """How sure its end is: the service's own word, surely not carried out, or lost."""
        if self.kind == "unknown":
            return "lost"
        return "told" if self.reply and self.reply.envelope() else "unsent"


@dataclass(frozen=True)
class Exchange:
    """What came back. `seconds` is how long it took."""

    status: int
    headers: httpx.Headers
    content: bytes
    seconds: float

    @property
    def ok(self) -> bool:
        """True for 2xx."""
        return 200 <= self.status < 300

    @property
    def location(self) -> str | None:
        """Where to poll."""
        return self.headers.get("Location")

    @cached_property
    def retry_after(self) -> float | None:
        """Seconds the service asks to wait, or None. Both forms of the header are understood."""
        told = self.headers.get("Retry-After", "").strip()
        if told.isascii() and told.replace(".", "", 1).isdigit():
            return float(told)
        try:
            return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError):
            return None

    @cached_property
    def _json(self) -> Any:
        try:
            return json.loads(self.content, parse_float=Decimal, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            return error

    @cached_property
    def _read(self) -> Envelope | str:
        """The envelope, or what is wrong with it."""
        if isinstance(self._json, Exception):
            return f"answered something that is not JSON ({self._json}): {self.excerpt}"
        if not isinstance(self._json, dict):
            return f"answered JSON that is not an envelope: {self.excerpt}"
        try:
            return Envelope.model_validate(self._json)
        except ValidationError as error:
            return f"{wrong_field(error)}. It said: {self.excerpt}"

    def envelope(self) -> Envelope | None:
        """The envelope, or None if it is none."""
        return self._read if isinstance(self._read, Envelope) else None

    def means_an_envelope(self) -> bool:
        """Whether it is an envelope, or a broken one: not a proxy's page or a service's own words on a poll."""
        return isinstance(self._json, dict) and isinstance(self._json.get("success"), bool)

    def claimed_cost(self) -> Decimal | None:
        """What an answer that is no envelope says it cost (USD), if that much can be read of it."""
        try:
            cost = self._json["cost"]
        except (KeyError, TypeError, IndexError):
            return None
        known = isinstance(cost, int | Decimal) and not isinstance(cost, bool) and 0 <= cost <= ABSURD_COST
        return Decimal(cost) if known else None

    def what_is_wrong(self) -> str:
        """Why this is not an answer by the contract."""
        if 300 <= self.status < 400:
            return f"redirects (HTTP {self.status}) instead of answering; give the URL it redirects to"
        return self._read if isinstance(self._read, str) else f"answered HTTP {self.status}: {self.excerpt}"

    def told(self) -> str:
        """What the service said of its failure, for people; with the status where that tells of it, too."""
        envelope = self.envelope()
        if envelope and envelope.error:
            code = f"{envelope.error.code}: " if envelope.error.code else ""
            status = "" if self.ok else f" (HTTP {self.status})"
            return f"{code}{without_url_secrets(envelope.error.message)[:300]}{status}"
        return f"answered HTTP {self.status}: {self.excerpt}" if self.content else f"answered HTTP {self.status}"

    @property
    def excerpt(self) -> str:
        """The first 120 characters of the body, on one line."""
        text = without_url_secrets(" ".join(self.content[:4000].decode("utf-8", "replace").split()))
        return repr(text[:120]) if text else "an empty body"


class Http:
    """The connection to one service: POST, poll and cancel. Safe to use from several threads."""

    def __init__(self, find_address: Callable[[], Address], timeout: float):
        self._find_address = find_address
        self._timeout = timeout
        # No redirects are followed and no proxy is taken from the environment: the URL that was set is the one used.
        self._client = httpx.Client(verify=trusted(), follow_redirects=False, trust_env=False, timeout=timeout)
        self._lock = Lock()
        self._address: Address | None = None

    @property
    def address(self) -> Address:
        """Where the service is, found once."""
        with self._lock:
            if self._address is None:
                self._address = self._find_address()
            return self._address

    @property
    def shown(self) -> str:
        """The address for messages: without credentials and query."""
        url = httpx.URL(self.address.url)
        return f"{url.scheme}://{url.netloc.decode().rpartition('@')[2]}{url.path.rstrip('/')}"

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def post(self, path: str, body: bytes, headers: dict[str, str], seconds_left: float) -> Exchange:
        """Send a paid call once. Raises Failure."""
        return self._exchange("POST", self.address.url + path, seconds_left, headers, body)

    def poll(self, location: str, seconds_left: float) -> Exchange:
        """Ask for the state of an accepted call once. Raises Failure."""
        return self._exchange("GET", location, seconds_left, {"Prefer": f"wait={_POLL_HOLD}"})

    def cancel(self, location: str) -> Exchange | None:
        """Ask the service to stop working; it is asked, not waited for. What it said, or None if nothing came."""
        try:
            return self._exchange("DELETE", location, 1.0, {})
        except Failure:
            return None

    def same_origin(self, location: str | None) -> str | None:
        """`location` as an absolute URL if it is on the service's own host (the token goes nowhere else)."""
        if not location:
            return None
        base = httpx.URL(f"{self.address.url}/")  # as every call's path is one name under it
        try:
            url = base.join(location)
        except httpx.InvalidURL:
            return None
        return str(url) if (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port) else None

    def _exchange(
        self, method: str, url: str, seconds_left: float, headers: dict[str, str], body: bytes | None = None
    ) -> Exchange:
        seconds = max(0.1, min(self._timeout, seconds_left))
        token = self.address.token
        sent = headers | ({"Authorization": f"Bearer {token.get_secret_value()}"} if token else {})
        started = time.monotonic()
        try:
            with self._client.stream(method, url, headers=sent, content=body, timeout=seconds) as reply:
                content = _read_within(reply, started + seconds)
            if token and len(token) >= _SHORTEST_TOKEN:  # a service may repeat in its words what it was sent
                content = content.replace(token.get_secret_value().encode(), _TOKEN)
            return Exchange(reply.status_code, reply.headers, content, time.monotonic() - started)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Failure("transient", f"cannot be reached ({error or type(error).__name__})", None) from error
        except httpx.TimeoutException as error:
            failure = Failure("unknown", f"did not answer within {seconds:g} s", None)
            failure.timed_out = True
            raise failure from error
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise Failure("unknown", f"lost its answer ({reason})", None) from error


def _read_within(reply: httpx.Response, deadline: float) -> bytes:
    """The body, within time and size: a server that sends a byte a second resets the socket's own timeout."""
    content = bytearray()
    for chunk in reply.iter_bytes():
        content += chunk
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer came too slowly")
        if len(content) > MAX_ANSWER_BYTES:
            raise httpx.ReadError(f"the answer is larger than {MAX_ANSWER_BYTES} bytes")
    return bytes(content)


def wrong_field(error: ValidationError, within: str = "") -> str:
    """The first field that does not fit, and how."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in (within, *first["loc"]) if part != "")
    if first["type"] == "missing":
        return f"sent no {where}"
    return f"sent {where} = {without_url_secrets(str(first['input']))[:80]!r}: {first['msg']}"


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
