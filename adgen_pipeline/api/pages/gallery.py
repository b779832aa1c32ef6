"""The ads, page by page: those in the making first, then the others, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass

from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.api.listing import Wanted, listed
from adgen_pipeline.api.pages.ad import ShownAd
from adgen_pipeline.api.state import Api
from adgen_pipeline.reports import JobStatus

PAGE = 24
"""Ads of one page: rows of two, three, four and six come out even."""

LIVE = "live"
FILTERS = [
    ("", "All"),
    (LIVE, "In the making"),
    ("completed", "Ready"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
_STATUSES: Mapping[str, JobStatus] = {"completed": "completed", "failed": "failed", "cancelled": "cancelled"}


@dataclass(frozen=True)
class Gallery:
    """One page of it. `number` counts from 0; `total` are the ads of the filter `chosen`, `away` says what is."""

    ads: list[ShownAd]
    live: int
    total: int
    chosen: str
    number: int
    away: str | None

    @property
    def told(self) -> str:
        """How many there are."""
        ads = f"{self.total:,} {'ad' if self.total == 1 else 'ads'}"
        return f"{ads}, {self.live} in the making" if self.live and self.chosen != LIVE else ads

    @property
    def newer(self) -> str | None:
        """The query of the page before."""
        return self._query(self.number - 1) if self.number else None

    @property
    def older(self) -> str | None:
        """The query of the page after."""
        is_last = self.chosen == LIVE or (self.number + 1) * PAGE >= self.total
        return None if is_last else self._query(self.number + 1)

    def _query(self, number: int) -> str:
        return "&".join(filter(None, (f"status={self.chosen}" if self.chosen else "", f"page={number}")))


def gallery(api: Api, chosen: str, number: int) -> Gallery:
    """The page `number` of the ads that FILTERS call `chosen`. Raises LedgerError."""
    live, away = _live(api)
    first = live if chosen in ("", LIVE) and not number else []
    if chosen == LIVE:
        return Gallery([shown(api, job_id) for job_id in first], len(live), len(live), chosen, 0, away)
    page = listed(api, Wanted(status=_STATUSES.get(chosen), limit=PAGE, offset=number * PAGE))
    others = [line.job_id for line in page.jobs if chosen or line.job_id not in live]
    return Gallery([shown(api, job_id) for job_id in [*first, *others]], len(live), page.total, chosen, number, away)


def shown(api: Api, job_id: str) -> ShownAd:
    """One ad. Raises NotInLedger, LedgerError, DagsterUnavailable."""
    return ShownAd(api.report(job_id))


def _live(api: Api) -> tuple[list[str], str | None]:
    """The jobs that runs work on or wait for, newest first; and why nobody can tell, where Dagster is out of reach."""
    try:
        states = api.live.states()
    except DagsterUnavailable as error:
        return [], error.message
    return sorted(states, key=lambda job_id: states[job_id].created_at, reverse=True), None
