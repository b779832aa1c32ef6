"""A file into the ledger, then its report, then out of the inbox.

Each step may be the last before the process is killed: the next look goes on from what the ledger says. An ad is known
by the file's name, its brief, and which time the brief stands there: it is wanted once, however often it is read.
"""

import hashlib
import json
import logging
import time
from collections import Counter
from pathlib import PurePosixPath

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.intake.looking import Seen
from adgen_pipeline.intake.places import Inbox, InboxUnusable
from adgen_pipeline.intake.reading import read_briefs
from adgen_pipeline.intake.reports import Report
from adgen_pipeline.intake.rows import MOST_BYTES, Problem, Sheet, Unreadable
from adgen_pipeline.ledger import Commission, Intake, Ledger

_SECONDS = 20.0
"""How long one look may take before the rest is left to the next: the daemon waits a minute for a sensor."""

_log = logging.getLogger(__name__)


class TakenIn(Frozen):
    """What one look did, a line each, and what the next one is to be told."""

    told: tuple[str, ...]
    remembered: str


def take_in_all(inbox: Inbox, ledger: Ledger, remembered: str | None, now: float) -> TakenIn:
    """Take in the files that are whole by now (epoch seconds); `remembered` is what the look before returned.

    Raises InboxUnusable when the inbox cannot be read; a file that cannot be moved is told of, and asked for nothing
    twice. Raises LedgerError.
    """
    seen, files, until = Seen(remembered), inbox.files(), time.monotonic() + _SECONDS
    _forget_those_gone(ledger, {each.name for each in files})
    told: list[str | None] = []
    for found in seen.look(files, now):
        if time.monotonic() > until:
            break
        try:
            told.append(take_in(inbox, ledger, found.name))
        except InboxUnusable as error:
            told.append(error.message)
        except AdgenError:
            raise
        except Exception as error:  # a file that nobody foresaw must not hold up those behind it
            _log.error("the file %r cannot be taken in", found.name, exc_info=error)
            told.append(f"{found.name}: cannot be taken in ({type(error).__name__}), and is left where it lies")
    return TakenIn(told=tuple(filter(None, told)), remembered=seen.remembered())


def take_in(inbox: Inbox, ledger: Ledger, name: str) -> str | None:
    """Take in one file; what is told of it, or None where it has gone or is being written."""
    content = inbox.read(name, MOST_BYTES)
    if content is None:
        return None
    sheet, problems = _read(name, content)
    digest = hashlib.sha256(content).hexdigest()
    file = Intake(key=f"{digest[:32]} {name[:200]}", name=name, problems=[each.model_dump() for each in problems])
    intake = ledger.intakes.take_in(file, _wanted(name, digest, sheet))
    if intake.moved_at and inbox.read(name, MOST_BYTES) != content:
        return None  # another daemon took it in meanwhile
    report = Report(intake=intake, sheet=sheet, again=intake.moved_at is not None, mark=digest[:8])
    try:
        for path, text in report.files().items():
            inbox.write(path, text)
        now = inbox.read(name, MOST_BYTES)
        if now != content:
            return f"{report.told}; it has changed since" if now is not None else None
        inbox.move(name, report.target)
    except InboxUnusable as error:
        error.add(f" ({report.told}; nothing of it is made twice)")
        raise
    ledger.intakes.moved(intake.key)
    return report.told


def _read(name: str, content: bytes) -> tuple[Sheet, list[Problem]]:
    try:
        sheet = read_briefs(name, content)
    except Unreadable as error:
        return Sheet(rows=()), [error.problem]
    return sheet, sheet.problems


def _wanted(name: str, digest: str, sheet: Sheet) -> list[Commission]:
    """The ads that the rows ask for."""
    times: Counter[str] = Counter()
    batch = f"{PurePosixPath(name).stem[:60]}-{digest[:8]}" if len(sheet.rows) > 1 else None
    wanted = []
    for row in sheet.rows:
        if row.brief is None:
            continue
        asked = hashlib.sha256(json.dumps([name, row.brief, row.variant], sort_keys=True).encode()).hexdigest()[:32]
        times[asked] += 1
        wanted.append(
            Commission(
                key=f"inbox {asked} {times[asked]} {name[:200]}",
                origin=", ".join(filter(None, (f"inbox: {name}", row.where))),
                batch=row.batch or batch,
                variant=row.variant or (row.where if batch else None),
                brief=row.brief,
            )
        )
    return wanted


def _forget_those_gone(ledger: Ledger, names: set[str]) -> None:
    """A process was killed after it had moved a file, and before it wrote that down."""
    for intake in ledger.intakes.still_there():
        if intake.name not in names:
            ledger.intakes.moved(intake.key)
