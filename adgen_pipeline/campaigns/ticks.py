"""The moments a campaign names: cron in local time, by the rules of Debian's cron where the clocks change.

A time of day that is skipped in spring happens when the clock has moved on, one that comes twice in autumn happens the
first time; what runs every hour or oftener follows the elapsed time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * SUN",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_FIELDS = 5
"""cronsim would take a sixth field for seconds; campaigns are looked at once a minute."""


def ticks_after(cron: str, zone: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    """The ticks after `moment` (aware), in order and without end, each once, in `zone`.

    Raises ValueError for an expression that is none.
    """
    before = moment
    for tick in _simulated(cron, moment.astimezone(zone)):
        # In the hour that comes twice, the simulation also names what happened the first time round.
        if tick.astimezone(UTC) > before.astimezone(UTC):
            yield tick
            before = tick


def problem_of(cron: str) -> str | None:
    """What is wrong with the expression, None for a good one."""
    try:
        next(_simulated(cron, datetime(2000, 1, 1, tzinfo=UTC)))
    except ValueError as error:
        return str(error)
    except StopIteration:
        return "names no day that ever comes"
    return None


def first_ticks(cron: str, zone: ZoneInfo, moment: datetime, number: int) -> list[datetime]:
    """The next `number` ticks after `moment`."""
    return list(islice(ticks_after(cron, zone, moment), number))


def _simulated(cron: str, moment: datetime) -> CronSim:
    expression = _NAMED.get(cron.strip().lower(), cron)
    if expression.startswith("@"):
        raise ValueError(f"is none of {', '.join(_NAMED)}")
    if len(expression.split()) != _FIELDS:
        raise ValueError(f"has {len(expression.split())} fields")
    try:
        return CronSim(expression, moment)
    except CronSimError as error:
        raise ValueError(f"cannot be read ({error})") from error
