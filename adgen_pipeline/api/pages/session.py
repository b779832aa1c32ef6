"""Who may look at the pages, and that what is posted was posted from a page of ours.

With API_TOKENS set, one of them is exchanged for a cookie that scripts cannot read and that holds no token: a moment,
signed with it. So no server has to remember it, and it ends with its token. REST itself takes no cookie.
"""

import hashlib
import hmac
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import Request, Response

from adgen_pipeline.api.errors import Refused

COOKIE = "adgen_session"
_SECONDS = 7 * 24 * 3600


class SignedOut(Exception):
    """Nobody is signed in; the door comes first."""


class Sessions:
    """The sessions that `tokens` open; without any, everybody is in. `path` is what the cookie is for."""

    def __init__(self, tokens: Sequence[str], path: str):
        self._tokens = tokens
        self._path = path or "/"

    def check(self, request: Request) -> None:
        """Raises SignedOut unless the request comes from somebody who is signed in."""
        if self._tokens and not self._is_valid(request.cookies.get(COOKIE, "")):
            raise SignedOut

    def open(self, token: str, request: Request, answer: Response) -> bool:
        """Sign in who has one of the tokens; False where it is none."""
        known = [own for own in self._tokens if hmac.compare_digest(own.encode(), token.strip().encode())]
        if not known:
            return False
        expires = str(int(time.time()) + _SECONDS)
        answer.set_cookie(
            COOKIE,
            f"{expires}.{_sign(known[0], expires)}",
            max_age=_SECONDS,
            path=self._path,
            httponly=True,
            secure=request.url.scheme == "https",
            samesite="lax",
        )
        return True

    def close(self, answer: Response) -> None:
        """Sign out."""
        answer.delete_cookie(COOKIE, path=self._path, httponly=True, samesite="lax")

    def _is_valid(self, cookie: str) -> bool:
        expires, _, signature = cookie.partition(".")
        if not (expires.isascii() and expires.isdigit()) or int(expires[:12]) < time.time():
            return False
        return any(hmac.compare_digest(_sign(own, expires).encode(), signature.encode()) for own in self._tokens)


def check_posted_here(request: Request) -> None:
    """Raises Refused for a form that a page of another site posted."""
    told = request.headers.get("sec-fetch-site")
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if (told != "same-origin") if told else (origin != request.headers.get("host")):
        raise Refused(403, "this form was not sent by a page of this server; open the page here and send it again")


def _sign(token: str, expires: str) -> str:
    return hmac.new(token.encode(), f"adgen session {expires}".encode(), hashlib.sha256).hexdigest()
