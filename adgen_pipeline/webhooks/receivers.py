"""Which receivers may be called, as far as can be told before their name is resolved."""

from adgen_pipeline.downloads import shown
from adgen_pipeline.downloads.beforehand import refuse_beforehand
from adgen_pipeline.downloads.network import Refused
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.settings import Settings

WAY_OUT = "if webhooks may go there, add {host} to WEBHOOK_ALLOWED_HOSTS"


def check_receiver(url: str, settings: Settings) -> None:
    """Raises InvalidBrief for a `callback_url` that would never be called: an address that is nobody's business.

    What a name leads to is seen, and checked, when it is called.
    """
    try:
        refuse_beforehand(url, settings.webhook_hosts, WAY_OUT)
    except Refused as refusal:
        raise InvalidBrief([("callback_url", shown(url), f"cannot be called: {refusal}")]) from None
