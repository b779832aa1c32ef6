"""The fault lab's command line: `python -m adgen_pipeline_tests.chaos`, or `make chaos`."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline_tests.chaos.lanes import lanes
from adgen_pipeline_tests.chaos.matrix import kill_matrix, points
from adgen_pipeline_tests.chaos.person import Played
from adgen_pipeline_tests.chaos.report import print_matrix, print_summary, row
from adgen_pipeline_tests.chaos.schedules import calm, draw, storm
from adgen_pipeline_tests.chaos.taken_out import TAKE_OUT
from adgen_pipeline_tests.chaos.whole_runs import play_whole_runs

STORM, RACE = 3_000_000, 4_000_000
"""Numbers of the schedules that are not drawn."""

_console = Console(width=150)


@click.group()
def main() -> None:
    """Buy ads from services that misbehave, kill the buyer, and count the money."""


_width = click.option("--width", default=3, show_default=True, help="Schedules at a time.")
_json = click.option("--json", "kept", type=click.Path(path_type=Path), help="Write the sums into this file, too.")


@main.command()
@click.argument("schedules", type=click.IntRange(1), default=500)
@_width
@_json
def run(schedules: int, width: int, kept: Path | None) -> None:
    """Random schedules, numbered from 1; a tenth of them whole Dagster runs. Exit 1 if anything is wrong."""
    drawn = [draw(number) for number in range(1, schedules + 1)]
    with lanes(width) as opened:
        alone = [schedule for schedule in drawn if not schedule.is_whole_run]
        runs = [schedule for schedule in drawn if schedule.is_whole_run]
        direct, seconds = _timed(lambda: opened.play(alone, _progress(len(alone))))
        first = print_summary("calls alone", direct, seconds, _console)
        whole, more = _timed(lambda: play_whole_runs(opened, runs, _progress(len(runs), 10)))
        second = print_summary("whole Dagster runs", whole, more, _console) if whole else {}
    played = direct + whole
    sums = print_summary(f"{schedules} schedules", played, seconds + more, _console)
    _leave(played, {"all": sums, "calls alone": first, "whole runs": second, "rows": list(map(row, played))}, kept)


@main.command(name="replay")
@click.argument("number", type=click.IntRange(1))
@click.option("--times", default=1, show_default=True, help="Play it so many times: threads run as they like.")
def replay_one(number: int, times: int) -> None:
    """One schedule by its number, with all that happened."""
    schedule = draw(number)
    _console.print(schedule.as_json())
    with lanes(1) as opened:
        if schedule.is_whole_run:
            played = [one for _ in range(times) for one in play_whole_runs(opened, [draw(number)])]
        else:
            played = opened.play([schedule] * times)
    for one in played:
        for line in one.story + one.papers + [f"point: {point}" for point in one.points]:
            click.echo(line)
        _console.print(f"{one.end}: {len(one.violations)} violations, {one.seconds} s")
    _leave(played, None, None)


@main.command()
@click.option("--terms", type=click.Choice(["keys", "retry", "hold"]), multiple=True, default=["keys", "retry"])
@_width
@_json
def matrix(terms: Sequence[str], width: int, kept: Path | None) -> None:
    """SIGKILL at every persistence point of a 4-scene ad, each resumed."""
    with lanes(width) as opened:
        every = range(1, len(points(opened)) + 1)
        rows, seconds = _timed(lambda: [row for each in terms for row in kill_matrix(opened, every, each)])
    found = print_matrix(rows, _console)
    sums = print_summary(f"kill matrix: {len(every)} points", [row.played for row in rows], seconds, _console)
    _leave([row.played for row in rows], {"rows": found, "all": sums}, kept)


@main.command(name="storm")
@click.argument("ads", type=click.IntRange(1), default=50)
@click.option("--share", default=0.3, show_default=True, help="Of all calls, so many fail transiently.")
@_width
@_json
def storm_of_failures(ads: int, share: float, width: int, kept: Path | None) -> None:
    """Ads of which a share of all calls fails transiently."""
    with lanes(width) as opened:
        played, seconds = _timed(lambda: opened.play([storm(STORM + n, share) for n in range(ads)]))
    sums = print_summary(f"{ads} ads, {share:.0%} of all calls fail", played, seconds, _console)
    sums["at_the_first_go"] = sum(one.end == "finished" and not one.resumes for one in played)
    sums["attempts_per_call"] = round(sums["attempts"] / max(1, sums["calls"]), 2)
    _console.print(f"finished at the first go: {sums['at_the_first_go']}; attempts a call: {sums['attempts_per_call']}")
    _leave(played, sums, kept)


@main.command()
@click.option("--processes", default=8, show_default=True)
def race(processes: int) -> None:
    """Processes that buy one ad at one moment: for each call once, and for one budget."""
    with lanes(1) as opened:
        for what, max_cost in (("the same calls", "10.00"), ("one budget", "1.60")):
            schedule = calm(RACE, rivals=processes, max_cost=Decimal(max_cost))
            played, seconds = _timed(partial(opened.play, [schedule]))
            print_summary(f"{processes} processes race for {what}", played, seconds, _console)
            if played[0].violations:
                sys.exit(1)


@main.command(name="taken-out")
@click.option("--schedules", default=8, show_default=True)
@_width
def taken_out(schedules: int, width: int) -> None:
    """Take a promise out of the product at a time: the lab must find that out. Exit 1 where it does not."""
    drawn = [schedule for schedule in map(draw, range(1, schedules + 1)) if not schedule.is_whole_run]
    table = Table("taken out", "schedules", "with violations", "first found", "such as")
    blind = False
    with lanes(width) as opened:
        for name in TAKE_OUT:
            played = opened.play([replace(schedule, taken_out=name) for schedule in drawn])
            found = [one for one in played if one.violations]
            blind |= not found
            first = found[0] if found else None
            shown = (str(first.schedule.number), first.violations[0]) if first else ("never", "")
            table.add_row(name, str(len(played)), str(len(found)), *shown)
    _console.print(table)
    sys.exit(blind)


def _progress(of: int, every: int = 50) -> Callable[[Played], None]:
    """Tells of what is wrong at once, and now and then how far the lab is."""
    started, over = time.monotonic(), count(1)

    def tell(played: Played) -> None:
        done = next(over)
        if played.violations:
            _console.print(f"schedule {played.schedule.number}: {'; '.join(played.violations)}", style="red")
        if done % every == 0:
            _console.print(f"{done} of {of} after {time.monotonic() - started:.0f} s")

    return tell


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.monotonic()
    return act(), time.monotonic() - started


def _leave(played: Sequence[Played], sums: Any, kept: Path | None) -> None:
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(sums, indent=1))
    sys.exit(any(one.violations for one in played))


if __name__ == "__main__":
    main()
