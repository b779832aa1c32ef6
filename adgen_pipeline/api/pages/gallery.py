"""The ads, page by page: those in the making first, then the others, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

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
class Chosen:
    """Which ads are shown: those of a filter, with `text` in their prompts, of a `batch`; empty: any."""

    status: str = ""
    text: str = ""
    batch: str = ""

    def __bool__(self) -> bool:
        return bool(self.status or self.text or self.batch)

    def path(self, **other: str | int) -> str:
        """Where they are shown, with `other` in its place."""
        told = {"status": self.status, "text": self.text, "batch": self.batch} | other
        given = urlencode({name: value for name, value in told.items() if value})
        return f"/?{given}" if given else "/"

    def fits(self, ad: ShownAd) -> bool:
        """Whether an ad in the making is one of them."""
        return self.text.lower() in ad.title.lower() and self.batch in ("", ad.report.batch)


@dataclass(frozen=True)
class Gallery:
    """One page of it. `number` counts from 0; `total` are the ads that are `chosen`, `live` those of them in the
    making, told on the first page; `changes` says that ads are made at all, `away` what cannot be reached."""

    ads: list[ShownAd]
    live: int
    total: int
    chosen: Chosen
    number: int
    changes: bool
    away: str | None

    @property
    def told(self) -> str:
        """How many there are."""
        ads = f"{self.total:,} {'ad' if self.total == 1 else 'ads'}"
        return f"{ads}, {self.live} in the making" if self.live and not self.chosen.status else ads

    @property
    def newer(self) -> str | None:
        """Where the page before is."""
        return self.chosen.path(page=self.number - 1) if self.number else None

    @property
    def older(self) -> str | None:
        """Where the page after is."""
        is_last = self.chosen.status == LIVE or (self.number + 1) * PAGE >= self.total
        return None if is_last else self.chosen.path(page=self.number + 1)


def gallery(api: Api, chosen: Chosen, number: int) -> Gallery:
    """The page `number` of the ads that are `chosen`. Raises LedgerError."""
    ids, away = _live(api)
    asked = chosen.status == LIVE or not (chosen.status or number)
    live = [ad for ad in (shown(api, job_id) for job_id in ids) if chosen.fits(ad)] if asked else []
    if chosen.status == LIVE:
        return Gallery(live, len(live), len(live), chosen, 0, bool(ids), away)
    status, text, batch = _STATUSES.get(chosen.status), chosen.text or None, chosen.batch or None
    page = listed(api, Wanted(status=status, text=text, batch=batch, limit=PAGE, offset=number * PAGE))
    others = [shown(api, line.job_id) for line in page.jobs if chosen.status or line.job_id not in ids]
    return Gallery([*live, *others], len(live), page.total, chosen, number, bool(ids), away)


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
