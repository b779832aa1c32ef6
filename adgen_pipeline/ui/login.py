"""The token, the cookie that a login is answered with, and wrong guesses."""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque

COOKIE_SECONDS = 7 * 24 * 3600
GUESSES = 10
"""Wrong tokens one client may send in `GUESS_SECONDS`; from then on even a right one is not looked at."""
GUESS_SECONDS = 60.0
_CLIENTS_REMEMBERED = 1000


class Doorkeeper:
    """Knows the token, and the cookies that were given for it: they outlive a restart, and end with the token."""

    def __init__(self, token: str):
        self._token = _digest(token.encode())
        self._key = _digest(b"adgen ui cookie " + token.encode())

    def is_token(self, given: str) -> bool:
        """Compared in a time that tells nothing about it."""
        return hmac.compare_digest(_digest(given.encode()), self._token)

    def new_cookie(self) -> str:
        """What a browser shows instead of the token: it tells nothing of it, and ends after COOKIE_SECONDS."""
        text = f"{int(time.time()) + COOKIE_SECONDS}.{secrets.token_urlsafe(16)}"
        return f"{text}.{self._sign(text)}"

    def is_cookie(self, given: str) -> bool:
        """Whether it was given for this token and has not ended."""
        text, _, signature = given.rpartition(".")
        if not hmac.compare_digest(self._sign(text).encode(), signature.encode()):
            return False
        return int(text.partition(".")[0]) > time.time()

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


class Guesses:
    """Counts wrong tokens by client, of the last thousand clients that sent any."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, client: str) -> bool:
        """Whether the client has to wait."""
        wrong = self._wrong.get(client, deque())
        while wrong and wrong[0] < time.monotonic() - GUESS_SECONDS:
            wrong.popleft()
        return len(wrong) >= GUESSES

    def remember(self, client: str) -> None:
        """It was wrong."""
        self._wrong.setdefault(client, deque(maxlen=GUESSES)).append(time.monotonic())
        self._wrong.move_to_end(client)
        if len(self._wrong) > _CLIENTS_REMEMBERED:
            self._wrong.popitem(last=False)


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()
