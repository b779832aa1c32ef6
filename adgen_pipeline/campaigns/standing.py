"""One look at all standing campaigns: which ticks are due, written down as commissions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

from adgen_pipeline.campaigns.folder import Found, ads_of, read_folder
from adgen_pipeline.campaigns.ticks import first_ticks, ticks_after
from adgen_pipeline.contracts.campaign import Campaign
from adgen_pipeline.ledger import Commission, Ledger
from adgen_pipeline.ledger.campaigns import Seen

_ON_TIME = timedelta(minutes=5)
"""A tick is no older than this while nothing is wrong: a busy daemon may look late."""

_BETWEEN_LOOKS = timedelta(minutes=1)

_LOOK_BACK = timedelta(days=31)
"""After an outage longer than this, what was missed before is not even counted."""

_MOST_NAMED = 3


@dataclass
class Look:
    """What one look found: ads that are `wanted` (and new), what is to be `told` of them, and files' `problems`."""

    wanted: list[Commission] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, for people."""
        return "\n".join([*self.told, *self.problems])


def look(ledger: Ledger, folder: Path, moment: datetime, *, preview: bool = False) -> Look:
    """Look at the campaigns of `folder` as of `moment` (aware): the ads of each due tick are written down, once.

    Due is what came since the last look. A campaign that is new, was off, or has another schedule than before begins
    when its file was written, and no sooner than a look ago. After an outage the newest missed tick is made up for, if
    it is not too old; the others are told.
    A `preview` writes nothing. Raises LedgerError when the ledger is out of reach.
    """
    found, seen = read_folder(folder), ledger.campaigns.seen()
    looked = Look(problems=[f"{each.file}: {each.problem}" for each in found if each.problem])
    for each in found:
        if each.campaign and each.campaign.enabled:
            _look_at(each, each.campaign, ledger, seen.get(each.name), moment, looked, preview=preview)
    if folder.is_dir() and not preview:
        ledger.campaigns.forget(_gone(seen, found))
    return looked


def tick_key(name: str, tick: datetime | None = None) -> str:
    """What the keys of a campaign's ads begin with, or those of one of its ticks."""
    return f"campaign/{name}/" + (f"{tick.astimezone(UTC):%Y-%m-%dT%H:%MZ}/" if tick else "")


def commissions_of(campaign: Campaign, tick: datetime) -> list[Commission]:
    """The ads of a tick, as they are asked for; several are a batch."""
    name, ads = str(campaign.name), ads_of(campaign, tick)
    batch = f"{name}-{tick.astimezone(UTC):%Y%m%dT%H%MZ}" if len(ads) > 1 else None
    return [
        Commission(
            key=f"{tick_key(name, tick)}{n:03}",
            origin=f"campaign {name}, {tick:%Y-%m-%d %H:%M %Z}",
            batch=batch,
            variant=ad.label or None,
            brief=ad.brief.model_dump(mode="json", exclude_unset=True),
        )
        for n, ad in enumerate(ads, 1)
    ]


def _look_at(
    found: Found,
    campaign: Campaign,
    ledger: Ledger,
    before: Seen | None,
    moment: datetime,
    looked: Look,
    *,
    preview: bool,
) -> None:
    name = found.name
    now_seen = Seen(name=name, file=found.file, schedule=campaign.schedule, looked_at=moment)
    begins = before is None or before.schedule != campaign.schedule or before.looked_at > moment + _ON_TIME
    since = _begin(found, moment) if begins or before is None else before.looked_at
    due = _due(campaign, since, moment)
    if begins:
        first = first_ticks(campaign.cron, campaign.zone, since, 1)[0]
        looked.told.append(f"{name}: stands; its first ad is due {first:%Y-%m-%d %H:%M %Z}")
    elif not due:
        return
    wanted = _wanted(campaign, due, moment, looked) if due else []
    new = wanted if preview else ledger.campaigns.look(now_seen, wanted)
    looked.wanted += new
    if wanted:
        which = ", ".join(each.variant for each in new if each.variant)
        told = f"{len(new)} ads wanted ({which})" if which else "an ad is wanted" if new else "known already"
        looked.told.append(f"{wanted[0].origin}: {told}")


def _begin(found: Found, moment: datetime) -> datetime:
    """From when a campaign counts that was not seen before: from when its file was written, within the last look."""
    return min(moment, max(found.written_at or moment, moment - _BETWEEN_LOOKS))


def _due(campaign: Campaign, since: datetime, moment: datetime) -> list[datetime]:
    ticks = ticks_after(campaign.cron, campaign.zone, max(since, moment - _LOOK_BACK))
    return list(takewhile(lambda tick: tick <= moment, ticks))


def _wanted(campaign: Campaign, due: Sequence[datetime], moment: datetime, looked: Look) -> list[Commission]:
    """The ads of the newest tick, if it is not too old; the other ticks are told."""
    allowed = max(timedelta(hours=campaign.catch_up_hours), _ON_TIME)
    *missed, newest = due
    late = moment - newest.astimezone(UTC) > allowed
    skipped = list(due) if late else missed
    if skipped:
        named = ", ".join(f"{tick:%Y-%m-%d %H:%M %Z}" for tick in skipped[-_MOST_NAMED:])
        before = f"{len(skipped) - _MOST_NAMED} before and " if len(skipped) > _MOST_NAMED else ""
        why = f"missed by more than {allowed.total_seconds() / 3600:g} h" if late else "missed, newer ones are due"
        looked.told.append(f"{campaign.name}: skipped {before}{named} ({why})")
    return [] if late else commissions_of(campaign, newest)


def _gone(seen: dict[str, Seen], found: Sequence[Found]) -> list[str]:
    """Those whose file is not there, or says that they are off, or holds another campaign. A file that cannot be read
    just now tells nothing."""
    unclear = {each.file for each in found if each.problem}
    stand = {each.name for each in found if each.campaign and each.campaign.enabled}
    return [name for name, known in seen.items() if name not in stand and known.file not in unclear]
