"""When a delivery is tried again: the schedule that the Standard Webhooks specification suggests."""

import random

PAUSES = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds between the attempts, of which there is one more; the last comes three days after the first."""

_JITTER = 0.1
_LONGEST = 24 * 3600.0


def pause_after(attempts: int, asked_for: float = 0.0) -> float | None:
    """Seconds until the next attempt when `attempts` have failed, or None: it is given up.

    Up to a tenth longer, so that a server that comes back is not met by all at once; and no less than the receiver
    `asked_for` (Retry-After), up to a day.
    """
    if attempts > len(PAUSES):
        return None
    pause = PAUSES[attempts - 1] * random.uniform(1, 1 + _JITTER)
    return max(pause, min(asked_for, _LONGEST))
