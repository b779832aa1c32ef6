"""A batch as everybody is shown it: each of its ads, and what they come to."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from adgen_pipeline.contracts.brief import AspectRatio, Brief, Money
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.errors import ErrorCode, NotInLedger
from adgen_pipeline.ledger import Commission, Ledger, State
from adgen_pipeline.reports.report import Problem
from adgen_pipeline.reports.reporting import report_of
from adgen_pipeline.reports.runs import JobStatus, RunState
from adgen_pipeline.reports.scenes import Link

_NOTHING = Decimal(0)


class AdReport(Frozen):
    """One ad of a batch. `saved` is what the answers had cost that it took from others, of the batch or earlier."""

    variant: str
    prompt: str
    aspect_ratio: AspectRatio
    status: JobStatus
    job_id: str | None = Field(description="null until it is launched.")
    percentage: float
    cost: Money
    unknown: Money
    saved: Money
    bought: int = Field(description="Calls that were made for it.")
    reused: int = Field(description="Calls whose answers it took from others.")
    video_url: str | None
    thumbnail_url: str | None
    keyframe_url: str | None = Field(description="Its newest keyframe: something to see while it is made.")
    error: Problem | None


class BatchReport(Frozen):
    """A batch as it stands; the sums are over all its ads, money in USD."""

    batch: str
    origin: str
    created_at: datetime | None
    statuses: dict[str, int] = Field(description="How many of its ads stand how.")
    cost: Money
    unknown: Money
    saved: Money
    bought: int
    reused: int
    ads: list[AdReport]
    warnings: list[str] = []

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is to come."""
        return not {"queued", "processing"} & self.statuses.keys()


def batch_report(
    ledger: Ledger, batch: str, link: Link, states: Mapping[str, RunState] | None = None, *, per_scene: bool = True
) -> BatchReport:
    """The batch as it stands. `states` are its ads' newest runs by job id, where Dagster was asked; `link` makes URLs.

    `per_scene` is whether KEYFRAMES asks for a keyframe a scene.

    Raises NotInLedger for a batch that nobody asked for.
    """
    commissions = ledger.commissions.of_batch(batch)
    if not commissions:
        raise NotInLedger(f"there is no batch {batch!r}", details={"batch": batch})
    ads = [_ad(ledger, each, (states or {}).get(each.job_id or ""), link, per_scene) for each in commissions]
    return BatchReport(
        batch=batch,
        origin=commissions[0].origin,
        created_at=commissions[0].created_at,
        statuses=dict(Counter(ad.status for ad in ads)),
        cost=sum((ad.cost for ad in ads), _NOTHING),
        unknown=sum((ad.unknown for ad in ads), _NOTHING),
        saved=sum((ad.saved for ad in ads), _NOTHING),
        bought=sum(ad.bought for ad in ads),
        reused=sum(ad.reused for ad in ads),
        ads=ads,
    )


def _ad(ledger: Ledger, commission: Commission, state: RunState | None, link: Link, per_scene: bool) -> AdReport:
    try:
        report = report_of(ledger, commission.job_id or "", state, link, per_scene=per_scene)
    except NotInLedger:
        return _unbegun(commission)
    made = [call for call in ledger.calls(report.job_id) if call.state == State.SETTLED]
    return AdReport(
        **_what(commission),
        status=report.status,
        job_id=report.job_id,
        percentage=report.progress.percentage,
        cost=report.cost.total,
        unknown=report.cost.unknown,
        saved=report.saved,
        bought=sum(call.reused_from is None for call in made),
        reused=sum(call.reused_from is not None for call in made),
        video_url=report.result.video_url if report.result else None,
        thumbnail_url=report.result.thumbnail_url if report.result else None,
        keyframe_url=next((scene.keyframe_url for scene in report.scenes[::-1] if scene.keyframe_url), None),
        error=report.error,
    )


def _unbegun(commission: Commission) -> AdReport:
    """An ad that waits, or that could not be launched."""
    error = Problem(code=ErrorCode.INVALID_INPUT, message=commission.error) if commission.error else None
    return AdReport(
        **_what(commission),
        status="failed" if error else "queued",
        job_id=commission.job_id,
        percentage=0,
        cost=_NOTHING,
        unknown=_NOTHING,
        saved=_NOTHING,
        bought=0,
        reused=0,
        video_url=None,
        thumbnail_url=None,
        keyframe_url=None,
        error=error,
    )


def _what(commission: Commission) -> dict[str, Any]:
    """What the ad is, whatever becomes of it."""
    brief = commission.brief
    shape = brief.get("aspect_ratio", Brief.model_fields["aspect_ratio"].default)
    return {"variant": commission.variant or "", "prompt": brief.get("prompt", ""), "aspect_ratio": shape}
