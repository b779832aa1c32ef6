"""Time: zones are known here; and, for the other checks, whether another's clock agrees with this machine's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning

_NOTICED, _HARMFUL = 5.0, 60.0
"""Seconds. Leases, links and webhooks' signatures hold for minutes; logs are read side by side."""

_ZONE = "Europe/Berlin"


def look(examined: Examined) -> Iterator[Finding]:
    """What needs no other machine; the others' clocks are told where they are asked."""
    try:
        here = datetime.now(UTC).astimezone(ZoneInfo(_ZONE))
    except ZoneInfoNotFoundError:
        told = "are not known here: standing campaigns that name one would not start"
        yield failure("time zones", told, "apt-get install -y tzdata, or pip install tzdata")
        return
    yield ok("time zones", f"known: it is {here:%H:%M} in {_ZONE}")


def agrees(who: str, ahead: float | None) -> Iterator[Finding]:
    """What to say of the clock of `who`, which is `ahead` of ours by so many seconds, where that is known."""
    if ahead is None:
        return
    subject = f"clock, {who}"
    if abs(ahead) < _NOTICED:
        yield ok(subject, f"agrees with this machine's to {max(1.0, abs(ahead)):.0f} s")
        return
    told = f"is {abs(ahead):,.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's"
    mend = "timedatectl set-ntp true, on the one of the two that is wrong"
    yield (failure if abs(ahead) >= _HARMFUL else warning)(subject, told, mend)
