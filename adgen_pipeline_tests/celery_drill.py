"""Kills workers, runs and the broker at twenty points of an ad, and compares ledger and invoice after each.

    python -m adgen_pipeline_tests.celery_drill --kills 20

Each ad is made by two `adgen worker` in folders of their own, which share Postgres, object storage and Redis alone; the
services are fakes that write an invoice. Takes about half a minute an ad. Exit code 1 if anything was paid twice, lost,
or not finished.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline_tests.celery_lab.rows import KILLS, Row, running_drill


@click.command(help=__doc__)
@click.option("--kills", default=len(KILLS), show_default=True, type=click.IntRange(1, len(KILLS)))
@click.option("--only", multiple=True, type=click.IntRange(1, len(KILLS)), help="A kill's number; may be repeated.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Where to write the rows as JSON.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="A new folder for all that is written.")
def main(kills: int, only: tuple[int, ...], report: Path | None, keep: Path | None) -> None:
    wanted = only or range(1, kills + 1)
    with TemporaryDirectory(prefix="celery-drill-") as folder:
        rows: list[Row] = []
        with running_drill((keep or Path(folder)).absolute(), len(KILLS)) as drill:
            for number in wanted:
                rows.append(drill.play(number, KILLS[number - 1]))
                click.echo(_line(rows[-1]), err=True)
                if report:
                    report.write_text(json.dumps([asdict(row) | {"ok": row.ok} for row in rows], indent=1))
    Console(width=150).print(_table(rows))
    sys.exit(0 if all(row.ok for row in rows) else 1)


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
