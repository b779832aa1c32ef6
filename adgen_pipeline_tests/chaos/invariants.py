"""What must be true of an ad's money and its parts, whatever happened. Each function yields what is wrong, in words."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger import Call, Ledger, State, Totals
from adgen_pipeline_tests.chaos.faults import FAILS_FOR_GOOD, HIDES_PRICE
from adgen_pipeline_tests.chaos.invoice import Line, billed
from adgen_pipeline_tests.chaos.schedules import Schedule

NOTHING = Decimal(0)


def totals_of(ledger: Ledger, job_id: str) -> Totals | None:
    """The job's totals, or None before it was begun."""
    try:
        return ledger.totals(job_id)
    except LedgerError:
        return None


def is_covered(lines: list[Line], totals: Totals | None) -> Iterator[str]:
    """At any moment: what was charged (read before the totals) is spent, reserved or in doubt, within the budget."""
    charged = billed(lines)
    booked = totals.spent + totals.reserved + totals.unknown if totals else NOTHING
    if charged > booked:
        yield f"the invoice says ${charged}, the ledger knows of ${booked} (spent, reserved, unknown)"
    if totals and charged > totals.max_cost:
        yield f"the budget of ${totals.max_cost} is passed: the invoice says ${charged}"
    if totals and booked > totals.max_cost:
        yield f"the budget of ${totals.max_cost} is passed: spent, reserved and unknown are ${booked}"


def answers_are_booked(diary: list[Line], lines: list[Line], calls: list[Call]) -> Iterator[str]:
    """At any moment: an answer that was used (its files asked for) had been written into the ledger before."""
    booked = {hashlib.sha256(call.body).hexdigest(): call for call in calls if not call.renewals}
    bodies = {line["number"]: line["body"] for line in lines}
    for event in diary:
        call = booked.get(bodies[event["number"]]) if event["what"] == "media" else None
        if call and f"/media/{event['number']}/" not in str(call.response):
            yield f"the answer to call {call.id} ({call.stage} {call.scene or ''}) was used before it was written down"


def nothing_twice(schedule: Schedule, diary: list[Line], lines: list[Line]) -> Iterator[str]:
    """No request has two charges for good work, but where ON_UNKNOWN=retry says so; no key has two charges at all."""
    keys = Counter(line["key"] for line in lines if line["key"])
    if schedule.honours_keys:
        yield from (f"the key {key[:12]} was charged {times} times" for key, times in keys.items() if times > 1)
    if schedule.terms == "retry":
        return
    gone = ("spoiled",) if schedule.honours_keys else ("spoiled", "expired")  # asked again, it has fresh URLs
    lost = {event["number"] for event in diary if event["what"] == "media" and event["told"] in gone}
    good: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if not line["bad"] and line["number"] not in lost:
            good[line["request"]].append(line["number"])
    for request, numbers in good.items():
        if len(numbers) > 1:
            yield f"one {_service(lines, numbers[0])} request ({request[:12]}) was charged by invoice lines {numbers}"


def to_the_cent(schedule: Schedule, lines: list[Line], totals: Totals, *, finished: bool) -> Iterator[str]:
    """In the end: the ledger's total is the invoice, unless something is in doubt; with keys, that is only so where
    an answer hid its price, or the ad was not finished."""
    charged = billed(lines)
    doubt = totals.unknown + totals.reserved
    if doubt == NOTHING and totals.spent != charged:
        yield f"the ledger says ${totals.spent}, the invoice ${charged}"
    if totals.spent > charged:
        yield f"the ledger books ${totals.spent}, more than the invoice's ${charged}"
    hidden = [line for line in lines if line["bad"] in HIDES_PRICE]
    if schedule.honours_keys and finished and doubt and not hidden:
        yield f"${doubt} is still in doubt although the services honour keys and every price was told"


def no_claim_open(calls: list[Call]) -> Iterator[str]:
    """When nobody works on the ad any more, no call says that somebody does.

    One that was answered and paid may wait, without a lease, for its files to be fetched later.
    """
    for call in calls:
        waits_for_files = call.response is not None and not call.reserved and _has_no_lease(call)
        if call.state == State.CLAIMED and not waits_for_files:
            yield f"call {call.id} ({call.stage} {call.scene or ''}) is still claimed"


def _has_no_lease(call: Call) -> bool:
    return call.lease_until is None or call.lease_until <= datetime.now(UTC)


def no_orphans(pids: list[int]) -> Iterator[str]:
    """Nothing that the callers started lives on."""
    if pids:
        yield f"processes {pids} were left behind"


def same_ad(made: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    """The ad is, to the byte, the one that is made when nothing goes wrong."""
    for part in ("scenes", "clips", "ad", "poster"):
        if made[part] != wanted[part]:
            yield f"its {part} are {made[part]}, not {wanted[part]}"


def is_explained(error: dict[str, Any], diary: list[Line]) -> Iterator[str]:
    """A refusal or a bad answer that the services really gave."""
    given = {event["kind"] for event in diary if event["what"] == "post"}
    gone = any(event["what"] == "media" and event["told"] in ("expired", "late") for event in diary)
    if not (given & FAILS_FOR_GOOD or gone):
        yield f"it ended by {error['type']}, which nothing explains: {error['message']}"


def no_conflicts(diary: list[Line]) -> Iterator[str]:
    """No key was sent with another body, and no URL passed on that had expired."""
    for event in diary:
        if event["what"] == "conflict":
            yield f"the key {event['key'][:12]} was sent with another body to {event['service']}"
        if event["what"] == "stale":
            yield f"{event['service']} was given a URL that had expired: {event['url']}"


def _service(lines: list[Line], number: int) -> str:
    return str(next(line["service"] for line in lines if line["number"] == number))
