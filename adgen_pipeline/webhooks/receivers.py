"""Which receivers may be called, as far as can be told before their name is resolved."""

import ipaddress
from contextlib import suppress

from adgen_pipeline.downloads import shown
from adgen_pipeline.downloads.addresses import AllowedHosts
from adgen_pipeline.downloads.network import Refused, refuse_forbidden
from adgen_pipeline.downloads.redirects import checked
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.settings import Settings

WAY_OUT = "if webhooks may go there, add {host} to WEBHOOK_ALLOWED_HOSTS"
_PORTS = {"http": 80, "https": 443}


def check_receiver(url: str, settings: Settings) -> None:
    """Raises InvalidBrief for a `callback_url` that would never be called: an address that is nobody's business.

    What a name leads to is seen, and checked, when it is called.
    """
    try:
        there = checked(url, "it")
        if not AllowedHosts(settings.webhook_hosts).hold(there.host, there.port or _PORTS[there.scheme]):
            _check_host(there.host)
    except Refused as refusal:
        raise InvalidBrief([("callback_url", shown(url), f"cannot be called: {refusal}")]) from None


def _check_host(host: str) -> None:
    if f".{host.rstrip('.')}".endswith(".localhost"):
        refuse_forbidden(host, "127.0.0.1", WAY_OUT)
    with suppress(ValueError):
        refuse_forbidden(host, str(ipaddress.ip_address(host)), WAY_OUT)
