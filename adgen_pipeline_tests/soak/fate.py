"""What the services do to each ad: a share of all calls fails, in one of the ways of an ordinary bad day."""

import random
from decimal import Decimal

from adgen_pipeline_tests.chaos.schedules import SCENES, SERVICES, Schedule

BAD_DAY = (
    *("busy", "busy_later", "down", "error_free", "page_502_idle", "page_500", "page_504", "drop_accepted"),
    *("drop_charged", "truncated", "error_billed", "failed_billed", "late_media", "refused", "refused_billed"),
)
"""Names of `chaos.faults`. The last two end an ad for good, rightly; the others must not."""

ENDS_AN_AD = {"refused", "refused_billed"}

WORK_SECONDS = {"prompt_parser": 0.5, "image_gen": 1.5, "video_gen": 9.0, "composition": 2.0}
"""An ad takes some 20 s, so that a few are under way at any moment."""

_CALLS = 40
"""More than any service gets for one ad, repeats included."""


def fate(number: int, share: float) -> Schedule:
    """The schedule of ad `number`, of whose calls `share` fail: always the same."""
    chance = random.Random(f"soak {number}")
    schedule = Schedule(number, scenes=chance.choice(SCENES[:3]), max_cost=Decimal("10.00"), seconds=WORK_SECONDS)
    schedule.faults = {
        service: {str(n): chance.choice(BAD_DAY) for n in range(1, _CALLS) if chance.random() < share}
        for service in SERVICES
    }
    return schedule
