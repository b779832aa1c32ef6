"""Who is let in, and how many ads each may create."""

import hashlib
import hmac
import math
import time
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from adgen_pipeline.api.errors import Refused
from adgen_pipeline.api.state import TheApi
from adgen_pipeline.errors import ErrorCode, InvalidSetting
from adgen_pipeline.ports import is_loopback
from adgen_pipeline.settings import Settings

GUESSES = 10
"""Wrong tokens that one client may send to the door within a minute."""

SHORTEST_TOKEN = 16
"""Characters: as for UI_TOKEN."""

_bearer = HTTPBearer(auto_error=False, description="One of API_TOKENS; none is needed where none is set.")
_Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def authorised(request: Request, api: TheApi, given: _Credentials) -> None:
    """Let in who has one of API_TOKENS; everybody where there are none, which is on loopback alone.

    Of an address that sent too many wrong ones, not even a right one is looked at for a while, unless one came from
    there before: behind a proxy all clients have one address, and a stranger must not lock out the others.
    """
    tokens = api.settings.bearer_tokens
    if not tokens:
        return
    guesses: Guesses = request.app.state.guesses
    address = request.client.host if request.client else "unknown"
    if given:
        guesses.check(address)
    if not given or not is_token(tokens, given.credentials):
        if given:
            guesses.wrong(address)
        told = "the bearer token is missing or wrong: send `Authorization: Bearer ...` with one of API_TOKENS"
        raise Refused(401, told, headers={"WWW-Authenticate": "Bearer"})
    guesses.right(address)


def is_token(tokens: tuple[str, ...], given: str) -> bool:
    """Whether `given` is one of `tokens`, in a time that tells nothing of how much of it is right."""
    right = [hmac.compare_digest(token.encode(), given.encode()) for token in tokens]
    return any(right)


def client_of(request: Request, api: TheApi, given: _Credentials) -> str:
    """Who asks, as far as that is known: by the token, or else by the address."""
    if api.settings.bearer_tokens and given:
        return hashlib.sha256(given.credentials.encode()).hexdigest()[:16]
    return request.client.host if request.client else "unknown"


Client = Annotated[str, Depends(client_of)]


def owner_of(client: Client, api: TheApi) -> str:
    """Whose the request's Idempotency-Key is. Without tokens nobody can be told apart: an address changes on the way,
    and what is sent again from the new one would be paid for twice."""
    return client if api.settings.bearer_tokens else "anybody"


Owner = Annotated[str, Depends(owner_of)]


_ADDRESSES_REMEMBERED = 10_000


class Guesses:
    """Wrong tokens that a client sent in a minute, counted in this process."""

    def __init__(self) -> None:
        self._limit = RateLimitItemPerMinute(GUESSES)
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._trusted: set[str] = set()

    def check(self, client: str) -> None:
        """Raises Refused (429) for who sent too many, and never a right one: then even that is not looked at."""
        if client not in self._trusted and not self._window.test(self._limit, client):
            resets_at = self._window.get_window_stats(self._limit, client).reset_time
            seconds = max(1, math.ceil(resets_at - time.time()))
            told = f"{GUESSES} wrong tokens within a minute: wait {seconds} s before the next"
            raise Refused(429, told, code=ErrorCode.RATE_LIMIT_EXCEEDED, headers={"Retry-After": str(seconds)})

    def wrong(self, client: str) -> None:
        """It was none."""
        self._window.hit(self._limit, client)

    def right(self, client: str) -> None:
        """It was one: from here on, others who share the client's address cannot lock it out."""
        if len(self._trusted) < _ADDRESSES_REMEMBERED:
            self._trusted.add(client)


class Creates:
    """How many ads each client may create in a minute, counted in this process."""

    def __init__(self, per_minute: int):
        self._limit = RateLimitItemPerMinute(per_minute)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    @property
    def most(self) -> int:
        """Ads that can be created at once."""
        return self._limit.amount

    def count(self, client: str, ads: int = 1) -> None:
        """Count `ads`, all or none. Raises Refused (429) for too many, which are not counted."""
        if self._window.hit(self._limit, client, cost=ads):
            return
        resets_at = self._window.get_window_stats(self._limit, client).reset_time
        seconds = max(1, math.ceil(resets_at - time.time())) if ads == 1 else self._limit.get_expiry()
        raise Refused(
            429,
            f"no more than {self._limit.amount} ads a minute for one client (API_CREATES_PER_MINUTE): "
            f"ask again in {seconds} s",
            code=ErrorCode.RATE_LIMIT_EXCEEDED,
            headers={"Retry-After": str(seconds)},
            details={"retry_after": seconds, "limit_per_minute": self._limit.amount},
        )


def check_exposure(settings: Settings, host: str) -> None:
    """Raise InvalidSetting where the API would listen beyond loopback without tokens, or with one that is guessed."""
    if not settings.bearer_tokens and not is_loopback(host):
        raise InvalidSetting(
            f"API_TOKENS: none is set, and {host} can be reached from other machines: anybody could spend your money; "
            "set one or more tokens, or listen on 127.0.0.1"
        )
    if any(len(token) < SHORTEST_TOKEN for token in settings.bearer_tokens):
        raise InvalidSetting(
            f"API_TOKENS: one is shorter than {SHORTEST_TOKEN} characters and could be guessed; make each by "
            '`python3 -c "import secrets; print(secrets.token_urlsafe(32))"`'
        )
