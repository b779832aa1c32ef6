"""One GET, followed hop by hop; every hop's URL is checked like the first."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpcore
import httpx

from adgen_pipeline.downloads.addresses import is_odd_number
from adgen_pipeline.downloads.network import CONNECT_SECONDS, Refused

MAX_REDIRECTS = 5
SILENCE_SECONDS = 30.0
"""How long a server may say nothing at all."""

_REDIRECTS = {301, 302, 303, 307, 308}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")
_TIMEOUT = {"connect": CONNECT_SECONDS, "read": SILENCE_SECONDS, "write": SILENCE_SECONDS}
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "adgen-pipeline"}


@contextmanager
def opened(
    url: str, pool: httpcore.ConnectionPool, headers: Mapping[str, str] | None = None
) -> Iterator[httpcore.Response]:
    """The answer to a GET of `url`, its body not read yet, after at most five redirects.

    Raises Refused for a URL that is not to be fetched, and httpcore's errors.
    """
    here = checked(url, "it")
    for _ in range(MAX_REDIRECTS + 1):
        with pool.stream("GET", target(here), headers=_sent(here, headers), extensions={"timeout": _TIMEOUT}) as reply:
            location = header(reply, "Location")
            if reply.status not in _REDIRECTS or not location:
                yield reply
                return
        here = _next(here, location)
    raise Refused(f"it redirects more than {MAX_REDIRECTS} times")


def header(reply: httpcore.Response, name: str) -> str:
    """The header `name` of `reply`, or "" where it has none."""
    return httpx.Headers(reply.headers).get(name, "")


def shown(url: str) -> str:
    """`url` as it may be shown: without its query, which may hold a signature, and without a user's name."""
    bare = re.sub(r"//[^/]*@", "//", re.split(r"[?#]", url)[0])
    return "".join(letter if letter.isprintable() else "?" for letter in bare)[:200]


def _next(here: httpx.URL, location: str) -> httpx.URL:
    subject = f"it redirects to {shown(location)}, which"
    try:
        there = checked(str(here.join(location)), subject)
    except httpx.InvalidURL:
        raise Refused(f"{subject} is not a valid URL") from None
    if here.scheme == "https" and there.scheme == "http":
        raise Refused(f"{subject} would leave https for http")
    return there


def checked(text: str, subject: str) -> httpx.URL:
    """`text` as a URL that may be asked for, as far as can be told before its host is resolved."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        odd = "is not a plain spelling of an IP address" if "IPv4" in str(error) else "is not a valid URL"
        raise Refused(f"{subject} {odd}") from None
    if url.scheme not in ("http", "https"):
        raise Refused(f"{subject} is not an http(s) URL")
    if url.userinfo:
        raise Refused(f"{subject} has a user name or password in it")
    host = url.raw_host.decode("ascii").lower()
    if is_odd_number(host):
        raise Refused(f"{subject} is not a plain spelling of an IP address")
    if not _HOST.fullmatch(host):
        raise Refused(f"{subject} has no valid host name")
    return url


def target(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _sent(url: httpx.URL, headers: Mapping[str, str] | None) -> list[tuple[str | bytes, str | bytes]]:
    return [("Host", url.netloc), *_HEADERS.items(), *(headers or {}).items()]
