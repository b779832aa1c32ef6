"""How the pipeline's own time grows: with the scenes of an ad, and with the finished ads behind it.

Short profile; all clips of an ad at once, so that its critical path is 6.5 s whatever the number of scenes, and the
rest is ours. The past is rows as a real finished ad leaves them, in Dagster's tables and in the ledger, written in
bulk; the finished ads' own event databases are linked, not copied, as nobody opens them again.
"""

import argparse
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import fakes, instances, rivals
from benchmarks.figures import Figures, Task
from benchmarks.history import Past
from benchmarks.instances import FLOOR_ALIKE, OURS, Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import SHORT

SCENES_OF_PAST, MOST_SLOTS = 4, 24

SCENES = Explained(
    "growth with scenes",
    "",
    rows={
        "3 scenes, ...": "ads of so many scenes, one after the other in one warm process, SQLite",
        "per extra scene": "from the fewest scenes to the most, divided by their difference; target under 0.1 s",
    },
    columns={
        "inside": "median seconds from RUN_START to RUN_SUCCESS",
        "above": "the same less the critical path",
        "CPU": "CPU seconds of an ad",
        "events": "written to Dagster's event log by one run",
        "others": "cores that other programs kept busy meanwhile",
    },
)

EXPLAINED = Explained(
    "growth",
    __doc__ or "",
    rows={
        "0 ads before, ...": "an ad of four scenes with so many finished ads in the instance and the ledger, on SQLite",
        "most over none": "the last row over the first; target under 1.2",
    },
    columns={
        "warm, above": "seconds above the critical path inside the run, in a warm process",
        "GraphQL, above": "the same for a run that was launched in a running deployment",
        "launch, above": "from the launch to the run's success, above the critical path",
        "floor, above": "the same for one op that sleeps as long, launched alike: what grows in Dagster itself",
        "CPU": "CPU seconds of the whole deployment for one launched ad",
        "MB": "peak memory that the launched run adds (MB of 10^6 bytes)",
    },
)


@dataclass(frozen=True)
class Aged:
    """One ad made warm and launched, and the floor, with so many ads behind."""

    ads: int
    warm: Figures
    launched: Figures
    floor: Figures

    def row(self) -> list[float | None]:
        """As in the table."""
        inside = [self.warm.above("inside"), self.launched.above("inside")]
        return [
            *inside,
            self.launched.above("whole"),
            self.floor.above("whole"),
            self.launched.cpu,
            self.launched.memory,
        ]


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as folder,
        fakes.running(SHORT) as services,
    ):
        by_scenes = {scenes: _of_scenes(Path(folder), services, scenes, options.runs) for scenes in options.scenes}
        slope = _report_scenes(by_scenes)
        by_ads = list(_of_past(Path(folder), services, options))
        lag = services.lag()
    ratios = _report_past(by_ads)
    EXPLAINED.keep(
        {
            "machine": about,
            "runs": options.runs,
            "scenes": {
                scenes: asdict(figures) | {"above": figures.above("inside")} for scenes, figures in by_scenes.items()
            },
            "seconds_per_extra_scene": slope,
            "past": [asdict(aged) | dict(zip(EXPLAINED.columns, aged.row(), strict=True)) for aged in by_ads],
            "most_over_none": ratios,
            "fakes_lag_ms": lag,
        }
    )


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--runs", type=int, default=3, help="ads of each kind (default %(default)s)")
    parser.add_argument("--scenes", type=int, nargs="+", default=[3, 6, 12, 24], help="scenes (default 3 6 12 24)")
    parser.add_argument("--past", type=int, nargs="+", default=[0, 1000, 10000], help="ads (default 0 1000 10000)")
    parser.add_argument("--quick", action="store_true", help="one run each of 3 and 12 scenes, 0 and 1000 ads")
    options = parser.parse_args()
    if options.quick:
        options.runs, options.scenes, options.past = 1, [3, 12], [0, 1000]
    if options.runs < 1 or sorted(set(options.past)) != options.past:
        parser.error("--runs must be 1 or more, and --past must rise")
    return options


def _of_scenes(folder: Path, services: fakes.Fakes, scenes: int, runs: int) -> Figures:
    say(f"{scenes} scenes")
    home = Home.made(folder / f"scenes{scenes}", rivals.settings(services, MOST_SLOTS))
    return rivals.ours_warm(Task(services, scenes, runs, slots=MOST_SLOTS), home)


def _of_past(folder: Path, services: fakes.Fakes, options: argparse.Namespace) -> Iterator[Aged]:
    home = Home.made(folder / "past", rivals.settings(services))
    rivals.ours_warm(Task(services, SCENES_OF_PAST, 1, warm_up=False), home)
    model, written = _only_run(home), 0
    for number, ads in enumerate(options.past):
        if ads > written:
            say(f"writing {ads - written} finished ads")
            Past(model, written, ads).write_into(home.folder)
            written = ads
        say(f"an ad with {ads} finished ads before it")
        task = Task(services, SCENES_OF_PAST, options.runs, first=100 * (number + 1))
        warm = rivals.ours_warm(task, home)
        with instances.deployed(home, OURS) as deployment:
            later = replace(task, first=task.first + 50)
            yield Aged(ads, warm, *rivals.launched(later, deployment, OURS, FLOOR_ALIKE))


def _only_run(home: Home) -> str:
    with home.instance() as instance:
        [record] = instance.get_run_records()
    return record.dagster_run.run_id


def _report_scenes(by_scenes: dict[int, Figures]) -> float:
    """Prints the table; the seconds per extra scene."""
    above = {scenes: figures.above("inside") or 0.0 for scenes, figures in by_scenes.items()}
    fewest, most = min(above), max(above)
    slope = round((above[most] - above[fewest]) / max(1, most - fewest), 4)
    rows: list[list[Any]] = [
        [f"{scenes} scenes", median(f.inside or [0.0]), above[scenes], f.cpu, f.events, f.others]
        for scenes, f in by_scenes.items()
    ]
    SCENES.report("An ad of more scenes", [*rows, ["per extra scene", None, f"{slope:.3f}"]])
    return slope


def _report_past(by_ads: list[Aged]) -> dict[str, float]:
    """Prints the table; the last row over the first."""
    pairs = zip(EXPLAINED.columns, by_ads[0].row(), by_ads[-1].row(), strict=True)
    ratios = {name: round(most / none, 2) for name, none, most in pairs if none and most}
    rows = [[f"{aged.ads} ads before", *aged.row()] for aged in by_ads]
    EXPLAINED.report("An ad after many", [*rows, ["most over none", *(ratios.get(name) for name in EXPLAINED.columns)]])
    return ratios


if __name__ == "__main__":
    main()
