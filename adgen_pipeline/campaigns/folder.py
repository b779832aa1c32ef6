"""The campaigns as their files say; a file that is no campaign is told apart and stops none of the others."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from adgen_pipeline.campaigns.matrix import Variant, cross
from adgen_pipeline.campaigns.ticks import problem_of
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.campaign import Campaign
from adgen_pipeline.contracts.documents import NotReadable, yaml_document
from adgen_pipeline.contracts.forms import Form
from adgen_pipeline.errors import InvalidBrief

_FORM = Form("campaign", {"": Campaign}, example='cron: "0 9 * * MON"', about_all="campaign")
_ENDINGS = {".yaml", ".yml"}
_SETTLED_SECONDS = 1.0
"""A file that was written to more recently may be half of what it will be."""


@dataclass(frozen=True)
class Found:
    """A file of the folder, and the campaign in it or, in `problem`, why there is none. `written_at` is in UTC."""

    file: str
    campaign: Campaign | None = None
    problem: str | None = None
    written_at: datetime | None = None

    @property
    def name(self) -> str:
        """The campaign's, or else the file's."""
        return (self.campaign.name if self.campaign else None) or Path(self.file).stem


def read_folder(folder: Path) -> list[Found]:
    """The campaigns of `folder`, by file name; none where there is no folder."""
    files = sorted(path for path in folder.glob("*") if _is_wanted(path))
    _let_settle(files)
    found = [_look_into(path) for path in files]
    return [_unless_taken(each, found[:n]) for n, each in enumerate(found)]


def read_campaign(path: Path) -> Campaign:
    """The campaign in a file, under its name. Raises InvalidBrief naming each field that breaks a rule."""
    campaign: Campaign = _FORM.read(_yaml(path))
    named = campaign if campaign.name else _FORM.read(campaign.model_dump(exclude_unset=True) | {"name": path.stem})
    problems = [*_zone_problems(named), *_cron_problems(named)]
    if problems:
        raise InvalidBrief(problems)
    ads_of(named, datetime.now(UTC))
    return named


def ads_of(campaign: Campaign, tick: datetime) -> list[Variant]:
    """The ads of one tick. Their seed comes from the tick, unless the brief names one: else each day's ad would be
    the day before's. Raises InvalidBrief."""
    try:
        return cross({"seed": seed_of(str(campaign.name), tick)} | campaign.brief, campaign)
    except InvalidBrief as error:
        raise InvalidBrief([(_within_brief(field), value, told) for field, value, told in error.problems]) from None


def seed_of(name: str, tick: datetime) -> int:
    """The same for the same campaign and moment, 0 to 2147483647."""
    moment = tick.astimezone(UTC).isoformat(timespec="seconds")
    return int.from_bytes(sha256(f"{name} {moment}".encode()).digest()[:4]) & 0x7FFFFFFF


def _look_into(path: Path) -> Found:
    try:
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Found(path.name, read_campaign(path), written_at=written_at)
    except OSError as error:
        return Found(path.name, problem=f"campaign: {path.name} cannot be read ({error.strerror})")
    except InvalidBrief as error:
        return Found(path.name, problem=error.message)


def _unless_taken(found: Found, before: Iterable[Found]) -> Found:
    """`found`, unless an earlier file has its name: whose ads they are must be clear."""
    twin = next((other.file for other in before if other.campaign and other.name == found.name), None)
    if twin is None or found.campaign is None:
        return found
    told = f"name: {found.name!r} is the name of the campaign in {twin}, too: give this one another"
    return Found(found.file, problem=told)


def _zone_problems(campaign: Campaign) -> list[tuple[str, Any, str]]:
    try:
        campaign.zone  # noqa: B018
    except (KeyError, ValueError, OSError):
        near = get_close_matches(campaign.timezone, available_timezones(), n=1, cutoff=0.6)
        meant = f"; did you mean {near[0]}?" if near else ", such as Europe/Berlin"
        return [("timezone", campaign.timezone, f"is no IANA time zone{meant}")]
    return []


def _cron_problems(campaign: Campaign) -> list[tuple[str, Any, str]]:
    problem = problem_of(campaign.cron)
    rule = Campaign.model_fields["cron"].description
    return [("cron", campaign.cron, f"{problem}: {rule}")] if problem else []


def _within_brief(field: str) -> str:
    """Fields of the brief stand under `brief` in a campaign."""
    head = field.partition(".")[0].partition("[")[0]
    return f"brief.{field}" if head in Brief.model_fields or head == "brief" else field


def _is_wanted(path: Path) -> bool:
    """Editors keep what is not saved yet in hidden files; a pipe would be waited for."""
    hidden = path.name.startswith((".", "~", "#"))
    return path.suffix.lower() in _ENDINGS and not hidden and not path.is_fifo()


def _let_settle(files: Iterable[Path]) -> None:
    """Wait a moment if one of them was written to just now."""
    ages = [time.time() - path.stat().st_mtime for path in files if path.exists()]
    if any(0 <= age < _SETTLED_SECONDS for age in ages):
        time.sleep(_SETTLED_SECONDS)


def _yaml(path: Path) -> Any:
    try:
        return yaml_document(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        told = "is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
    except NotReadable as error:
        told = f"{error.why}{f' in line {error.line}' if error.line else ''} (put cron in quotes)"
    raise InvalidBrief([("campaign", path.name, told)])
