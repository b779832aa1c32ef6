"""Which IP addresses a URL from outside must not lead to, and the hosts that may have such an address."""

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import urlsplit

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
_SHARED = ipaddress.ip_network("100.64.0.0/10")  # RFC 6598
_LOOPBACK, _PRIVATE, _CARRIER = "a loopback address", "a private address", "a carrier-grade NAT address"
MAY_BE_MEANT = (_LOOPBACK, _PRIVATE, _CARRIER)
"""Where a service of one's own may be; no file server is at a link-local or a multicast address."""

_THIS_MACHINE = {"127.0.0.1", "::1"}
_NUMBER_LAST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)


def kind_of_forbidden(address: str) -> str | None:
    """What `address` is if nobody outside may send us there ("a loopback address"), or None for a public one.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as the IPv4 address.
    """
    ip = _innermost(ipaddress.ip_address(address))
    if ip.is_unspecified:
        return "the unspecified address"
    if ip.is_loopback:
        return _LOOPBACK
    if ip.is_link_local:
        return "a link-local address"
    if ip.is_multicast:
        return "a multicast address"
    if ip.version == 4 and ip in _SHARED:
        return _CARRIER
    if ip.is_reserved:
        return "a reserved address"
    if not ip.is_global or (ip.version == 6 and ip.is_site_local):
        return _PRIVATE
    return None


def is_odd_number(host: str) -> bool:
    """True for a host that some resolvers take for an IP address though it is not spelled as one.

    Such as `2130706433`, `0x7f.1`, `127.1` and `0177.0.0.1`: a name's last label is never a number (WHATWG URL).
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _NUMBER_LAST.fullmatch(host) is not None
    return False


class AllowedHosts:
    """Hosts that may be reached whatever their address: each `host` or `host:port`, any spelling of this machine."""

    def __init__(self, entries: Collection[str]):
        self._entries = {_split(entry) for entry in entries}

    def hold(self, host: str, port: int) -> bool:
        """Whether `host` may be reached on `port`."""
        name = _plain(host)
        return (name, None) in self._entries or (name, port) in self._entries


def _innermost(ip: _Address) -> _Address:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _split(entry: str) -> tuple[str, int | None]:
    bare_ipv6 = entry.count(":") > 1 and not entry.startswith("[")
    parts = urlsplit(f"//[{entry}]" if bare_ipv6 else f"//{entry}")
    return _plain(parts.hostname or ""), parts.port


def _plain(host: str) -> str:
    host = host.lower().rstrip(".")
    return "localhost" if host in _THIS_MACHINE else host
