"""When an ad will be done, from how long such ads have taken: a guess that says nothing where nothing is known."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.ledger import Made

_ENOUGH = 3
"""Ads of the very same length from which on the others are not looked at."""

_DURATION, _DRAFT = Brief.model_fields["duration"].default, Brief.model_fields["draft"].default


def usual_seconds(brief: dict[str, Any], made: Sequence[Made]) -> float | None:
    """How long an ad of `brief` usually takes from its first call on; None without an ad of its kind.

    Drafts and full ads are kinds of their own. Ads that took their clips from earlier ones tell nothing of one that
    may have to buy them. Where few ads had this length, the others' time is taken in proportion to theirs.
    """
    duration = brief.get("duration", _DURATION)
    kind = [ad for ad in made if ad.bought and _draft(ad.brief) == _draft(brief)]
    same = [ad.seconds for ad in kind if ad.brief.get("duration", _DURATION) == duration]
    if len(same) >= _ENOUGH:
        return median(same)
    scaled = [ad.seconds * duration / ad.brief.get("duration", _DURATION) for ad in kind]
    return median(scaled) if scaled else None


def expected_end(usual: float | None, began_at: datetime | None, percentage: float, now: datetime) -> datetime | None:
    """When an ad that `began_at` its first call (None: not yet, so now at the earliest) will be done.

    One that takes longer than usual goes on at its own pace.
    """
    if usual is None:
        return None
    if began_at is None:
        return now + timedelta(seconds=usual)
    usual_end = began_at + timedelta(seconds=usual)
    if usual_end > now:
        return usual_end
    left = (100 - percentage) / max(percentage, 1)
    return now + (now - began_at) * left


def _draft(brief: dict[str, Any]) -> bool:
    return bool(brief.get("draft", _DRAFT))
