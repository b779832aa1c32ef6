"""One POST to a receiver that somebody else chose: guarded as downloads are, answered in seconds, never redirected."""

import ssl
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpcore

from adgen_pipeline.downloads import Outside
from adgen_pipeline.downloads.network import CheckedNetwork, Refused
from adgen_pipeline.downloads.redirects import checked, header, target
from adgen_pipeline.webhooks.receivers import WAY_OUT

ATTEMPT_SECONDS = 10.0
"""How long one attempt may take, from the connection to the answer's status."""

_GONE = 410
_HEADERS = {"Content-Type": "application/json", "User-Agent": f"adgen-pipeline/{version('adgen-pipeline')}"}


class NotDelivered(Exception):
    """The receiver did not take it. The text is the reason, for people, without the URL.

    `for_good`: no further attempt would help, or the receiver wants none. `retry_after`: seconds it asks for.
    """

    def __init__(self, reason: str, *, for_good: bool = False, retry_after: float = 0.0):
        super().__init__(reason)
        self.for_good = for_good
        self.retry_after = retry_after


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed_hosts: Collection[str] = (),
    seconds: float = ATTEMPT_SECONDS,
    outside: Outside | None = None,
) -> None:
    """POST `body` to `url`; a 2xx is all that counts. Raises NotDelivered.

    `allowed_hosts` (`host` or `host:port`) may have private addresses; no other host may. No proxy: the environment
    is not asked.
    """
    outside = outside or Outside()
    network = CheckedNetwork(allowed_hosts, time.monotonic() + seconds, outside, WAY_OUT)
    try:
        with httpcore.ConnectionPool(ssl_context=outside.certificates, network_backend=network) as pool:
            _send(pool, url, body, headers, seconds)
    except Refused as refusal:
        raise NotDelivered(str(refusal), for_good=not refusal.mendable) from None
    except httpcore.TimeoutException:
        raise NotDelivered(f"it did not answer within {seconds:g} s") from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise NotDelivered(_broken(error)) from None


def _send(pool: httpcore.ConnectionPool, url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> None:
    there = checked(url, "it")
    sent: list[tuple[str | bytes, str | bytes]]
    sent = [("Host", there.netloc), *_HEADERS.items(), *headers.items(), ("Content-Length", str(len(body)))]
    timeout = {"connect": seconds, "read": seconds, "write": seconds}
    with pool.stream("POST", target(there), headers=sent, content=body, extensions={"timeout": timeout}) as reply:
        _judge(reply)


def _judge(reply: httpcore.Response) -> None:
    if 200 <= reply.status < 300:
        return
    told = f"it answered HTTP {reply.status}"
    if 300 <= reply.status < 400:
        told += ", and redirects are not followed"
    raise NotDelivered(told, for_good=reply.status == _GONE, retry_after=_seconds(header(reply, "Retry-After")))


def _seconds(retry_after: str) -> float:
    """The header as seconds from now: a number, or a date; 0 for neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:10])
    with suppress(ValueError, OverflowError):
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    return 0.0


def _broken(error: Exception) -> str:
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {cause.verify_message.rstrip('.')}"
    return f"the connection could not be made or broke off ({error or 'without a word'})"
