"""The list: each attack with what is asked of whom, and the HTTP statuses that refuse it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from adgen_pipeline_tests.attacks.house import CREATE, PROMPT
from adgen_pipeline_tests.ui.test_guard import BODY, BY_GET, LAUNCH

Door = Literal["UI", "API"]

EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TEXT = {"Content-Type": "text/plain"}
_BRIEF = {"prompt": PROMPT, "duration": 15}


@dataclass(frozen=True)
class Attack:
    """`target` and `headers` are sent as they stand. `inside`: by somebody, or by a browser, that has the token."""

    kind: str
    name: str
    door: Door
    method: str
    target: str
    expected: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    inside: bool = True
    times: int = 1


def attacks() -> list[Attack]:
    """All of them, those last that lock their sender out."""
    kinds = (_cross_site, _rebinding, _traversal, _forgery, _too_much, _injection, _outside, _guessing)
    return [attack for kind in kinds for attack in kind()]


def _cross_site() -> Iterator[Attack]:
    launch, create = json.dumps(BODY).encode(), json.dumps(_BRIEF).encode()
    by_get = "/graphql?" + "&".join(f"{name}={quote(value)}" for name, value in BY_GET.items())
    yield Attack("cross-site", "launchRun by POST", "UI", "POST", "/graphql", (403,), EVIL | JSON, launch)
    yield Attack("cross-site", "launchRun by GET, as an image", "UI", "GET", by_get, (403,), EVIL)
    yield Attack("cross-site", "launchRun by GET, no headers", "UI", "GET", by_get, (405,))
    yield Attack(
        "cross-site", "launchRun as a form", "UI", "POST", "/graphql", (415,), FORM, b"query=" + LAUNCH.encode()
    )
    yield Attack("cross-site", "launchRun as text", "UI", "POST", "/graphql", (415,), TEXT, launch)
    yield Attack("cross-site", "a websocket", "UI", "GET", "/graphql", (403,), EVIL | _SOCKET)
    yield Attack(
        "cross-site", "an asset's report", "UI", "POST", "/report_asset_materialization/x", (403,), EVIL | JSON
    )
    yield Attack("cross-site", "a brief by POST", "API", "POST", CREATE, (403,), EVIL | JSON, create)
    yield Attack("cross-site", "a brief by GET", "API", "GET", CREATE, (404, 405), EVIL)
    yield Attack("cross-site", "a brief as a form", "API", "POST", CREATE, (415,), FORM, b"prompt=x")
    yield Attack("cross-site", "a brief as text", "API", "POST", CREATE, (415,), TEXT, create)
    yield Attack("cross-site", "the pages' form", "API", "POST", "/new", (403,), EVIL | FORM, b"what=make")
    yield Attack("cross-site", "may a page ask (CORS)", "API", "OPTIONS", CREATE, (400,), EVIL | _PREFLIGHT)


_SOCKET = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
_SOCKET |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "graphql-ws"}
_PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def _rebinding() -> Iterator[Attack]:
    for host in ("evil.example", "evil.example:3000", "localhost.evil.example", "127.0.0.1@evil.example", "192.0.2.1"):
        yield Attack("DNS rebinding", host, "UI", "GET", "/", (421,), {"Host": host})
        yield Attack("DNS rebinding", host, "API", "GET", "/api/v1/jobs", (403,), {"Host": host})


_WAYS = ("/../../../../etc/passwd", "/..%2f..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd")
_WAYS += ("/..%252f..%252fetc%252fpasswd", "/%2fetc%2fpasswd", "//etc/passwd", "/..%5c..%5cetc%5cpasswd")
_WAYS += ("/x%00.mp4", "/..%c0%af..%c0%afetc/passwd", "/....//....//etc/passwd")


def _traversal() -> Iterator[Attack]:
    """An answer with Dagster's own first page (200) is none of the file's: what was read is looked for in it."""
    for way in _WAYS:
        yield Attack("path traversal", f"/media{way}", "API", "GET", f"/media{way}", (400, 403, 404))
        yield Attack("path traversal", f"/static{way}", "API", "GET", f"/static{way}", (400, 404))
        yield Attack("path traversal", f"/static{way}", "UI", "GET", f"/static{way}", (200, 400, 404))
        yield Attack("path traversal", f"/api/v1/jobs{way}", "API", "GET", f"/api/v1/jobs{way}", (400, 404, 405, 422))
    read = "repoLocName=adgen_pipeline.definitions&path="
    for path in ("/etc/passwd", "../../../etc/passwd", "/etc/passwd%00.ipynb"):
        target = f"/notebook?{read}{path}"
        yield Attack("path traversal", f"/notebook?path={path}", "UI", "GET", target, (200, 400))
    for target in ("/logs/..%2f..%2fetc/passwd/out", "/download_debug/..%2f..%2fetc%2fpasswd"):
        yield Attack("path traversal", target, "UI", "GET", target, (200, 400, 404))


_INSIDE = ("http://127.0.0.1/x", "http://[::1]/x", "http://[::ffff:127.0.0.1]/x", "http://169.254.169.254/latest")
_INSIDE += ("http://2130706433/x", "http://0x7f.1/x", "http://0177.0.0.1/x", "http://10.0.0.1/x", "http://localhost/x")
_INSIDE += ("http://a.localhost/x", "http://[64:ff9b::7f00:1]/x", "file:///etc/passwd", "ftp://evil.example/x")
_INSIDE += ("http://user:word@evil.example/x", "http://0.0.0.0/x", "gopher://127.0.0.1:6379/_x", "http://[fe80::1]/x")


def _forgery() -> Iterator[Attack]:
    for url in _INSIDE:
        callback = json.dumps(_BRIEF | {"callback_url": url}).encode()
        yield Attack("SSRF", f"callback_url {url}", "API", "POST", CREATE, (422,), JSON, callback)


def _too_much() -> Iterator[Attack]:
    deep, number = b'{"prompt":' + b"[" * 100_000, b'{"prompt":"x","seed":' + b"9" * 100_000 + b"}"
    bomb = {"Content-Encoding": "gzip"}
    said = {"Content-Length": "999999999999"}
    bad = (400, 422)
    yield Attack("oversized", "a body of 300 kB", "API", "POST", CREATE, (413,), JSON, b" " * 300_000)
    yield Attack("oversized", "a terabyte announced", "API", "POST", CREATE, (413,), JSON | said)
    yield Attack("oversized", "JSON 100,000 deep", "API", "POST", CREATE, bad, JSON, deep)
    yield Attack("oversized", "a number of 100,000 digits", "API", "POST", CREATE, bad, JSON, number)
    yield Attack("oversized", "1e999", "API", "POST", CREATE, bad, JSON, b'{"prompt":"a watch ad","max_cost":1e999}')
    yield Attack("oversized", "a packed body", "API", "POST", CREATE, bad, JSON | bomb, b"\x1f\x8b" + b"0" * 99)
    yield Attack(
        "oversized", "a multipart body", "API", "POST", CREATE, (415,), {"Content-Type": "multipart/form-data"}, b"x"
    )
    yield Attack("oversized", "headers of 1 MB", "API", "GET", "/health", (0, 400, 431), {"X-Long": "x" * 1_000_000})
    yield Attack("oversized", "headers of 1 MB", "UI", "GET", "/health", (0, 400, 431), {"X-Long": "x" * 1_000_000})
    yield Attack("oversized", "a query of 60 kB", "UI", "GET", "/graphql?query=" + "{a" * 30_000, (405, 414))
    yield Attack("oversized", "limit=1e18", "API", "GET", "/api/v1/jobs?limit=1000000000000000000", (422,))


ESCAPE = "\x1b]0;owned\x07\x1b[2J"
FORGED = "2026-01-01 00:00:00,000 INFO all is well"


def _injection() -> Iterator[Attack]:
    line = quote(f"x\r\n{FORGED}\r\n{ESCAPE}", safe="")
    cookie = quote("x\r\nSet-Cookie: owned=1", safe="")
    forged = {"X-Request-Id": f"{ESCAPE}x", "User-Agent": f"{ESCAPE}{FORGED}"}
    brief = json.dumps(_BRIEF | {"prompt": f"\n{FORGED}\n{ESCAPE}", "duration": 99}).encode()
    yield Attack("log injection", "in the path", "API", "GET", f"/api/v1/jobs/{line}", (404, 422))
    yield Attack("log injection", "in the path", "UI", "GET", f"/{line}", (200, 400, 404))
    yield Attack("log injection", "in the headers", "API", "GET", "/api/v1/jobs", (200, 400), forged)
    yield Attack("log injection", "in a refused brief", "API", "POST", CREATE, (422,), JSON, brief)
    yield Attack("header injection", "in a job's id", "API", "GET", f"/api/v1/jobs/{cookie}", (404, 422))
    yield Attack("header injection", "in a page's address", "API", "GET", f"/ads/{cookie}", (303, 404))
    yield Attack("header injection", "in a file's name", "API", "GET", f"/media/x.mp4?name={cookie}", (403, 404))


def _outside() -> Iterator[Attack]:
    for target in ("/", "/graphql?query={version}", "/server_info", "/runs", "/notebook?path=/etc/passwd"):
        yield Attack("no token", target, "UI", "GET", target, (401,), inside=False)
    for target in ("/api/v1/jobs", "/metrics", "/api/v1/metrics", "/api/v1/jobs/x/events"):
        yield Attack("no token", target, "API", "GET", target, (401,), inside=False)
    yield Attack("no token", "a websocket", "UI", "GET", "/graphql", (401, 403), _SOCKET, inside=False)
    brief = json.dumps(_BRIEF).encode()
    yield Attack("no token", "a brief", "API", "POST", CREATE, (401,), JSON, brief, inside=False)
    yield Attack("no token", "a page", "API", "GET", "/new", (303,), inside=False)
    forged = "/media/" + "a" * 64 + ".mp4?expires=9999999999&signature=AAAA"
    yield Attack("no token", "a media link made up", "API", "GET", forged, (403,), inside=False)


def _guessing() -> Iterator[Attack]:
    guess: dict[str, Any] = {"inside": False, "times": 12}
    wrong = {"Authorization": "Bearer guess"}
    entered = FORM | {"Sec-Fetch-Site": "same-origin"}
    yield Attack("guessing", "12 bearer tokens", "UI", "GET", "/server_info", (429,), wrong, **guess)
    yield Attack("guessing", "12 bearer tokens", "API", "GET", "/api/v1/jobs", (429,), wrong, **guess)
    yield Attack("guessing", "12 logins", "UI", "POST", "/login", (429,), entered, b"token=guess", **guess)
    yield Attack("guessing", "12 logins", "API", "POST", "/sign-in", (429,), entered, b"token=guess", **guess)
