"""A batch in words: its variants side by side, and what they come to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from adgen_pipeline.api.pages.ad import SHAPES
from adgen_pipeline.api.pages.words import ago, here, money
from adgen_pipeline.reports.batches import AdReport, BatchReport

_COUNTED = {
    "completed": "ready",
    "processing": "in the making",
    "queued": "waiting",
    "failed": "failed",
    "cancelled": "cancelled",
}
"""How ads stand when they are counted, in the order they are told in."""


@dataclass(frozen=True)
class ShownVariant:
    """One ad of a batch, beside the others; `title` is what tells it from them."""

    title: str
    report: AdReport

    @property
    def live(self) -> bool:
        """Whether it is still to come."""
        return self.report.status in ("queued", "processing")

    @property
    def shape(self) -> str:
        """The class of its aspect ratio."""
        return SHAPES[self.report.aspect_ratio]

    @property
    def poster(self) -> str | None:
        """Its poster, or the newest keyframe while it has none."""
        picture = self.report.thumbnail_url or self.report.keyframe_url
        return here(picture) if picture else None

    @property
    def badge(self) -> str:
        """How it stands."""
        told = _COUNTED[self.report.status].capitalize()
        return f"{told}, {self.percentage} %" if self.report.status == "processing" else told

    @property
    def percentage(self) -> str:
        """How far it is."""
        return f"{self.report.percentage:g}"


class ShownBatch:
    """The batch of `report` as its page shows it."""

    def __init__(self, report: BatchReport):
        self.report = report
        self.live = not report.is_over
        self.ads = [ShownVariant(ad.variant or ad.prompt, ad) for ad in report.ads]
        self.failed = [ad for ad in self.ads if ad.report.error and ad.report.status == "failed"]

    @property
    def title(self) -> str:
        """What it advertises; where its ads advertise several things, its name."""
        prompts = {ad.prompt for ad in self.report.ads}
        return prompts.pop() if len(prompts) == 1 else self.report.batch

    @property
    def counted(self) -> str:
        """How many ads there are, and how they stand."""
        number = len(self.ads)
        found = [f"{self.report.statuses[status]} {told}" for status, told in _COUNTED.items() if self._any(status)]
        return f"{number} {'ad' if number == 1 else 'ads'}: {', '.join(found)}"

    @property
    def shared(self) -> str:
        """What was bought once for several."""
        if not self.report.reused:
            return f"{_calls(self.report.bought)} bought so far, none shared." if self.report.bought else ""
        bought = f"{_calls(self.report.bought)} bought once"
        return f"{bought}, {self.report.reused} answered from them or from earlier ads: {money(self.saved)} saved."

    @property
    def saved(self) -> Decimal:
        """What the shared answers had cost, in USD."""
        return self.report.saved

    @property
    def when(self) -> str:
        """When it was asked for."""
        return ago(self.report.created_at, datetime.now(UTC)) if self.report.created_at else ""

    def _any(self, status: str) -> bool:
        return bool(self.report.statuses.get(status))


def _calls(number: int) -> str:
    return f"{number:,} {'call' if number == 1 else 'calls'}"
