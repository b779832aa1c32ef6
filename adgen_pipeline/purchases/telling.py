"""What people are told of calls that did not go well, with the way out."""

from collections.abc import Mapping
from typing import Any

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.errors import (
    ArtifactUnavailable,
    BadReply,
    CallHeld,
    ErrorCode,
    ServiceUnavailable,
    dollars,
)
from adgen_pipeline.ledger import Call, Totals, Wanted
from adgen_pipeline.ledger.breaker import FAILURES

Client = ServiceClient[Any, Any]


def blocked(client: Client, seconds: float) -> ServiceUnavailable:
    """The service's circuit is open for `seconds` more."""
    return ServiceUnavailable(
        f"{client.stage.title} failed {FAILURES} calls in a row and is left alone for {seconds:.0f} s more: no "
        "call was made; run the ad again after that (what is paid is kept)",
        service=client.stage.service,
        stage=client.stage.name,
        attempts=0,
        outcome="unsent",
        details={"retry_after": round(seconds, 1)},
    )


def useless(
    client: ServiceClient[Any, Any], call: Call, told: str, details: Mapping[str, Any] | None = None
) -> BadReply:
    """A paid call that gave nothing useful, with what it cost."""
    return BadReply(f"{client.stage.title}: {told}", **_known(client, call), details=details)


def kept_for_later(client: Client, call: Call, error: ArtifactUnavailable) -> ServiceUnavailable:
    """A paid call whose file cannot be had just now."""
    told = f"{error.message}. The call is paid for and its answer is kept: run the ad again to fetch it"
    return ServiceUnavailable(f"{client.stage.title}: {told}", **_known(client, call), details=error.details)


def ask_a_person(call: Call) -> str:
    """The way out where the same key would get the same useless answer again."""
    return (
        f". What it cost is not known: look call {call.id} up at the service and say `adgen ledger settle {call.id} "
        f"--cost USD` or `adgen ledger release {call.id}` (not billed); then it is made anew"
    )


def held(client: Client, call: Call) -> CallHeld:
    """Nobody knows how the call ended, and ON_UNKNOWN=hold."""
    at_most = call.reserved + call.doubted
    return CallHeld(
        f"{client.stage.title}: call {call.id} was sent and its answer lost. It may have been billed (up to "
        f"{dollars(at_most)}), and ON_UNKNOWN=hold leaves it to a person: look it up at the service, say "
        f"`adgen ledger settle {call.id} --cost USD` or `adgen ledger release {call.id}` (not billed), then "
        f"`adgen resume {call.job_id}`",
        **_known(client, call) | {"code": ErrorCode.SERVICE_UNAVAILABLE},
        outcome="lost",
        details={"call": call.id, "reserved": str(at_most)},
    )


def _known(client: Client, call: Call) -> dict[str, Any]:
    return {
        "service": client.stage.service,
        "stage": client.stage.name,
        "attempts": call.attempts,
        "cost": call.cost,
    }


def warning(totals: Totals) -> str:
    """The ad has passed COST_WARNING."""
    return (
        f"This ad has cost {dollars(totals.spent)} so far, more than COST_WARNING; its limit is "
        f"{dollars(totals.max_cost)} (max_cost)"
    )


def reason_to_wait(wanted: Wanted, ahead: Call) -> str:
    """Why the call `ahead` is waited for."""
    if ahead.request_hash == wanted.request_hash:
        return "another run is buying this; waiting for its answer"
    return "its worst case fits max_cost only when calls under way have ended; waiting for them"
