"""Which URLs would be refused, as far as can be told before their name is resolved."""

import ipaddress
from collections.abc import Collection
from contextlib import suppress

from adgen_pipeline.downloads.addresses import AllowedHosts
from adgen_pipeline.downloads.network import MEDIA_WAY_OUT, refuse_forbidden
from adgen_pipeline.downloads.redirects import checked

_PORTS = {"http": 80, "https": 443}


def refuse_beforehand(url: str, allowed_hosts: Collection[str], way_out: str = MEDIA_WAY_OUT) -> None:
    """Raise Refused for what is no URL to be asked, or a private address (literal, localhost) that is not allowed.

    What a name leads to is seen, and checked, when it is asked.
    """
    there = checked(url, "it")
    if AllowedHosts(allowed_hosts).hold(there.host, there.port or _PORTS[there.scheme]):
        return
    if f".{there.host.rstrip('.')}".endswith(".localhost"):
        refuse_forbidden(there.host, "127.0.0.1", way_out)
    with suppress(ValueError):
        refuse_forbidden(there.host, str(ipaddress.ip_address(there.host)), way_out)
