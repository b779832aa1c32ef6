"""Who may come in: programs with the token, and browsers with the cookie that a login is answered with."""

from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from adgen_pipeline.ui.answers import error, unknown
from adgen_pipeline.ui.login import COOKIE_SECONDS, GUESS_SECONDS, Doorkeeper, Guesses
from adgen_pipeline.ui.page import login_page
from adgen_pipeline.ui.rules import LOGIN

_LARGEST_FORM = 4096
_PROGRAMS_REMEMBERED = 10_000
_WAIT = {"Retry-After": f"{GUESS_SECONDS:.0f}"}


class Door:
    """Opens to who has `token`."""

    def __init__(self, token: str):
        self._keeper, self._guesses = Doorkeeper(token), Guesses()
        self._programs: set[str] = set()
        """Addresses that the right token came from: others who share one, behind a proxy, cannot lock it out."""

    async def answer(self, request: Request) -> Response | None:
        """To who may not come in, and to a login; None for who may come in."""
        if request.scope["path"] != LOGIN:
            return self.refused(request)
        if request.method == "POST":
            return await self._login(request)
        return login_page(_inside(request.query_params.get("next", "/")))

    def refused(self, asked: HTTPConnection) -> Response | None:
        """The answer to who may not come in; a browser gets the page that asks for the token."""
        if self._keeper.is_cookie(asked.cookies.get(_cookie(asked), "")):
            return None
        scheme, _, given = asked.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._refused_token(asked, given.strip())
        if "text/html" in asked.headers.get("accept", ""):
            linked = asked.headers.get("sec-fetch-site") in ("cross-site", "same-site")
            return login_page(_inside(_target(asked)), status=401, from_a_link=linked)
        return unknown("this UI wants a login, or `Authorization: Bearer` with its UI_TOKEN")

    def _refused_token(self, asked: HTTPConnection, given: str) -> Response | None:
        client = f"bearer {_client(asked)}"
        locked = self._guesses.too_many(client)
        if locked and client not in self._programs:
            return error(429, f"too many wrong tokens; try again in {GUESS_SECONDS:.0f} s", _WAIT)
        if self._keeper.is_token(given):
            if len(self._programs) < _PROGRAMS_REMEMBERED:
                self._programs.add(client)
            return None
        self._guesses.remember(client)
        return unknown("that is not the UI_TOKEN of this UI")

    async def _login(self, request: Request) -> Response:
        client, form = f"login {_client(request)}", await _form(request)
        then = _inside(form.get("next", "/"))
        if self._guesses.too_many(client):
            return login_page(then, status=429, alert="Too many wrong tokens. Wait a minute, then try again.")
        if not self._keeper.is_token(form.get("token", "").strip()):
            self._guesses.remember(client)
            return login_page(then, status=401, alert="That is not the token.")
        answer = RedirectResponse(then, 303)
        secure, cookie = request.url.scheme == "https", self._keeper.new_cookie()
        answer.set_cookie(_cookie(request), cookie, COOKIE_SECONDS, httponly=True, samesite="strict", secure=secure)
        return answer


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form of at most 4 kB; a larger one counts as empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            return {}
    return {name: values[-1] for name, values in parse_qs(body.decode(errors="replace")).items()}


def _target(asked: HTTPConnection) -> str:
    query = asked.scope["query_string"].decode("latin-1")
    return str(asked.scope["path"]) + (f"?{query}" if query else "")


def _inside(path: str) -> str:
    """`path` if it stays in this UI, or else its first page."""
    stays = path.startswith("/") and not path.startswith(("//", LOGIN)) and "\\" not in path and path.isprintable()
    return path if stays else "/"


def _cookie(asked: HTTPConnection) -> str:
    """The ports of a host share their cookies: each UI has one of its own."""
    return f"adgen_ui_{asked.scope['server'][1]}"


def _client(asked: HTTPConnection) -> str:
    return asked.client.host if asked.client else ""
