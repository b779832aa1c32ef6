"""Kills workers, runs and the broker at twenty points of an ad, and compares ledger and invoice after each.

    python -m adgen_pipeline_tests.celery_drill --kills 20
    python -m adgen_pipeline_tests.celery_drill --endings

Each ad is made by two `adgen worker` in folders of their own, which share Postgres, object storage and Redis alone; the
services are fakes that write an invoice. Takes about half a minute an ad. With `--endings`, ads are cancelled by REST,
a killed run is started again by the daemon of `adgen up`, and workers die whose services honour no keys. Exit code 1 if
anything was paid twice, lost, or not finished.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline_tests.celery_lab import deployed, doubt
from adgen_pipeline_tests.celery_lab.endings import Ending
from adgen_pipeline_tests.celery_lab.rows import KILLS, Row, running_drill


@click.command(help=__doc__)
@click.option("--kills", default=len(KILLS), show_default=True, type=click.IntRange(1, len(KILLS)))
@click.option("--only", multiple=True, type=click.IntRange(1, len(KILLS)), help="A kill's number; may be repeated.")
@click.option("--endings", "ends", is_flag=True, help="Instead: cancels, a run for the daemon, services without keys.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Where to write the rows as JSON.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="A new folder for all that is written.")
def main(kills: int, only: tuple[int, ...], ends: bool, report: Path | None, keep: Path | None) -> None:
    wanted = only or range(1, kills + 1)
    with TemporaryDirectory(prefix="celery-drill-") as folder:
        place, rows = (keep or Path(folder)).absolute(), list[Row]()
        if ends:
            sys.exit(_play_endings(place, report))
        with running_drill(place, len(KILLS)) as drill:
            for number in wanted:
                rows.append(drill.play(number, KILLS[number - 1]))
                click.echo(_line(rows[-1]), err=True)
                if report:
                    report.write_text(json.dumps([asdict(row) | {"ok": row.ok} for row in rows], indent=1))
    Console(width=150).print(_table(rows))
    sys.exit(0 if all(row.ok for row in rows) else 1)


def _play_endings(place: Path, report: Path | None) -> int:
    """The exit code."""
    found = []
    for ending in _endings(place):
        found.append(ending)
        click.echo(f"{'ok' if ending.ok else 'WRONG'}: {ending}", err=True)
        if report:
            report.write_text(json.dumps([asdict(one) | {"ok": one.ok} for one in found], indent=1))
    return 0 if all(ending.ok for ending in found) else 1


def _endings(place: Path) -> Iterator[Ending]:
    accepted = {"video_gen": {"1": "accepted", "2": "accepted"}}
    with running_drill(place / "deployed", 3, seconds=deployed.SLOW, faults=accepted) as drill:
        yield from deployed.endings(drill)
    for terms in ("hold", "retry"):
        with running_drill(place / terms, 2, honours_keys=False, on_unknown=terms) as drill:
            yield from doubt.endings(drill, terms)


def _line(row: Row) -> str:
    told = f"{row.number:2d} {row.kill.victim} {row.kill.step} {row.kill.moment}: {row.seconds} s"
    return f"{told} {'ok' if row.ok else 'WRONG: ' + '; '.join(row.wrong or [f'{row.billed} calls billed'])}"


def _table(rows: list[Row]) -> Table:
    table = Table(title=f"{sum(row.ok for row in rows)} of {len(rows)} ads finished, nothing paid twice, nothing lost")
    for name in ("", "killed", "step", "moment", "runs", "begun twice", "billed", "doubles", "invoice", "ledger", "s"):
        table.add_column(name)
    for row in rows:
        kill, name = row.kill, f"{row.number}{'' if row.ok else ' !'}"
        figures = [str(row.runs), str(len(row.twice)), str(row.billed), str(row.doubles), row.charged, row.booked]
        table.add_row(name, kill.victim, kill.step, kill.moment, *figures, f"{row.seconds:g}")
    return table


if __name__ == "__main__":
    main()
