"""Under which names the UI answers, and whether a page of somebody else's is asking.

A browser tells where a request comes from by `Origin` or `Referer` and by `Sec-Fetch-Site`; other programs send none of
them, and are let through: no page can make them do anything.
"""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from adgen_pipeline.ports import is_loopback


class AllowedHosts:
    """The names that a browser may have looked the UI up by.

    A foreign name that was made to point here (DNS rebinding) is not among them. Where the UI listens beyond loopback,
    it answers to any address, too: unlike a name, an address cannot be made to point elsewhere.
    """

    def __init__(self, listening: str, names: Iterable[str]):
        self._names = {"localhost", *(name.lower() for name in names)}
        self._any_address = not is_loopback(listening)

    def admit(self, headers: Headers) -> bool:
        """Whether exactly one Host was asked for, and it is one of ours."""
        given = headers.getlist("host")
        name = _name(given[0]) if len(given) == 1 else None
        if name is None:
            return False
        return name in self._names or is_loopback(name) or (self._any_address and _is_address(name))


def comes_from_elsewhere(headers: Headers) -> bool:
    """Whether a page of another origin is asking; other ports of this machine are other origins, too."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    source = headers.get("origin", headers.get("referer"))
    return source is not None and _authority(source) != headers["host"].lower()


def is_navigation(headers: Headers) -> bool:
    """Whether a person follows a link or types an address: a whole page is opened, nobody else sees it."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


def _name(host: str) -> str | None:
    """The name or address in a Host header, or None where it is no such thing."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and "@" not in host else None


def _authority(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.lower() or None
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
