"""What the pipeline adds to services that only wait, for one ad at a time.

The fake services take the same time for every contender. Short profile: parse 0.5 s, image 1 s, clip 3 s, compose 1 s.
Real-life profile: 2 s, 8 s, 45 s give or take 15 (told by the scene's words), 10 s. The critical path is the least that
an ad can take: the storyboard, the reference keyframe, the other keyframes side by side, the clips with four at once,
each started in the storyboard's order as soon as a slot is free, the composition. What is above it is the contender's.

In the real-life profile all contenders make their ads side by side, started some seconds apart: they only wait.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adgen_pipeline_tests.postgres import new_database, running_postgres
from benchmarks import fakes, instances, rivals
from benchmarks.figures import (
    COMMAND,
    FLOOR_HERE,
    FLOOR_THERE,
    FORKSERVER,
    LAUNCHED,
    PLAIN,
    PLAIN_COMMAND,
    SPAWN,
    WARM,
    Figures,
    Result,
    Task,
)
from benchmarks.instances import ADS, FLOOR, FLOOR_ALIKE, OURS, Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.processes import end_children
from benchmarks.profiles import REAL_LIFE, SHORT
from benchmarks.targets import TARGETS, held_against_targets

APART_SECONDS = 6.0

EXPLAINED = Explained(
    "overhead",
    __doc__ or "",
    rows={
        PLAIN: "asyncio and httpx, a barrier after each stage, four clips at once, every file fetched; ad after ad",
        PLAIN_COMMAND: "the same script as a command, Python's start and imports included",
        WARM: "the Dagster run, ad after ad in one process",
        COMMAND: "`adgen make`: inside is its run, whole the command until it has ended",
        LAUNCHED: "launched in a running `dagster dev`: inside is the run, whole from the launch to the run's success",
        FLOOR_HERE: "one op that sleeps for the critical path, in our code location: started as our ads are",
        FLOOR_THERE: "the same op in a code location that knows only Dagster: started as Dagster does by itself",
        SPAWN: "the same assets under Dagster's multiprocess executor, a new interpreter a step",
        FORKSERVER: "the same, each step forked from a process that has everything loaded",
    },
    columns={
        "path": "the critical path (s), the median where it differs from ad to ad",
        "inside": "median seconds from RUN_START to RUN_SUCCESS",
        "above": "the same less the critical path",
        "whole": "median seconds that somebody waits",
        "above ": "the same less the critical path",
        "queued": "median seconds of the whole in which a launched run waited for the queue's next look: chance",
        "ratio": "whole (or inside, where there is no more) over the critical path",
        "CPU": "CPU seconds for one ad: of the command or process with all below it, or of the whole deployment",
        "MB": "peak memory of the same, shared pages once; of a launched run what it adds (MB of 10^6 bytes)",
        "events": "written to Dagster's event log by one run",
        "others": "cores that other programs kept busy meanwhile; much above 0, all seconds are too long",
    },
)


@dataclass(frozen=True)
class Stand:
    """Where contenders run: a folder for their homes, the fakes, and a database server or None for SQLite."""

    folder: Path
    fakes: fakes.Fakes
    server: Any = None

    @property
    def database(self) -> str:
        """Its name for people."""
        return "Postgres" if self.server else "SQLite"

    def home(self) -> Home:
        """A new state folder."""
        settings = rivals.settings(self.fakes)
        changes: dict[str, Any] = {}
        if self.server:
            more, changes = instances.on_postgres(new_database(self.server))
            settings |= more
        number = sum(1 for _ in self.folder.iterdir())
        return Home.made(self.folder / f"home{number}", settings, **changes)


Contender = Callable[[Task, Home], Figures]
WAYS: dict[str, Contender] = {
    PLAIN: rivals.plain_warm,
    PLAIN_COMMAND: rivals.plain_command,
    WARM: rivals.ours_warm,
    COMMAND: rivals.ours_command,
    SPAWN: rivals.process_a_step("spawn"),
    FORKSERVER: rivals.process_a_step("forkserver"),
}
"""Those that need no deployment."""


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    lags: dict[str, dict[str, float]] = {}
    results = list(_measured(options, lags))
    for case in dict.fromkeys((r.profile, r.database, r.scenes) for r in results):
        of_case = [r for r in results if (r.profile, r.database, r.scenes) == case]
        EXPLAINED.report("{} profile, {}, {} scenes".format(*case), [_row(r) for r in of_case], explain=False)
    EXPLAINED.explain()
    verdict = held_against_targets(results)
    TARGETS.report("What the figures are held against", [[name, *pair] for name, pair in verdict.items()])
    say("\n".join(f"The fakes of the {name} profile answered late by (ms): {lag}" for name, lag in lags.items()))
    told = [asdict(r) | {"above": {which: r.figures.above(which) for which in ("inside", "whole")}} for r in results]
    EXPLAINED.keep({"machine": about, "runs": options.runs, "fakes_lag_ms": lags, "results": told, "targets": verdict})


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--runs", type=int, default=3, help="short ads a contender, of the first number of scenes (3)")
    parser.add_argument("--scenes", type=int, nargs="+", default=[4, 6], help="scenes of an ad (default 4 6)")
    parser.add_argument("--no-processes", action="store_true", help="leave out Dagster's own executor, minutes an ad")
    parser.add_argument("--no-postgres", action="store_true", help="leave out Postgres")
    parser.add_argument("--no-real-life", action="store_true", help="leave out the real-life profile")
    parser.add_argument("--quick", action="store_true", help="one short ad by the script and by us: does it work?")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    return options


def _measured(options: argparse.Namespace, lags: dict[str, dict[str, float]]) -> Iterator[Result]:
    """All results; into `lags` go those of the fakes, by profile."""
    with TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with fakes.running(SHORT) as services:
            yield from _quick(Stand(folder, services)) if options.quick else _short_profile(folder, services, options)
            lags[SHORT.name] = services.lag()
        if not options.quick and not options.no_real_life:
            with fakes.running(REAL_LIFE) as services:
                yield from _real_life(Stand(folder, services), options.scenes)
                lags[REAL_LIFE.name] = services.lag()


def _quick(stand: Stand) -> Iterator[Result]:
    yield from _by(stand, [PLAIN, WARM], Task(stand.fakes, 4, 1, warm_up=False))


def _short_profile(folder: Path, services: fakes.Fakes, options: argparse.Namespace) -> Iterator[Result]:
    yield from _short(Stand(folder, services), options)
    if not options.no_postgres:
        with running_postgres(durable=True) as server:
            yield from _short(Stand(folder, services, server), options)
    if not options.no_processes:
        task = Task(services, options.scenes[0], 1, warm_up=False)
        yield from _by(Stand(folder, services), [SPAWN, FORKSERVER], task)


def _short(stand: Stand, options: argparse.Namespace) -> Iterator[Result]:
    """All ways for the first number of scenes; an ad of each other number is launched, where the most is at stake."""
    plain = [] if stand.server else [PLAIN, PLAIN_COMMAND]
    yield from _by(stand, [*plain, WARM, COMMAND], Task(stand.fakes, options.scenes[0], options.runs))
    launched = {LAUNCHED: OURS, FLOOR_HERE: FLOOR_ALIKE, FLOOR_THERE: FLOOR}
    with instances.deployed(stand.home(), *launched.values()) as deployment:
        for scenes in options.scenes:
            say(f"short, {stand.database}, {scenes} scenes: launched by GraphQL")
            first = scenes == options.scenes[0]
            task = Task(stand.fakes, scenes, options.runs if first else 1, warm_up=first)
            of_jobs = rivals.launched(task, deployment, *launched.values())
            for name, figures in zip(launched, of_jobs, strict=True):
                yield Result(SHORT.name, stand.database, scenes, name, figures)


def _by(stand: Stand, ways: list[str], task: Task) -> Iterator[Result]:
    for way in ways:
        say(f"{task.fakes.profile.name}, {stand.database}, {task.scenes} scenes: {way}")
        figures = WAYS[way](task, stand.home())
        yield Result(task.fakes.profile.name, stand.database, task.scenes, way, figures)


def _real_life(stand: Stand, all_scenes: list[int]) -> Iterator[Result]:
    """One ad each, side by side."""
    tasks = [Task(stand.fakes, scenes, 1, warm_up=False) for scenes in all_scenes]
    lanes = [(way, task, stand.home()) for way in (PLAIN_COMMAND, COMMAND) for task in tasks]
    say(f"{REAL_LIFE.name}, {stand.database}: {len(lanes) + len(tasks)} ads side by side, about three minutes")
    with ThreadPoolExecutor(len(lanes) + len(tasks)) as threads:
        try:
            started = []
            for way, task, home in lanes:
                started.append((way, task, threads.submit(WAYS[way], task, home)))
                time.sleep(APART_SECONDS)
            for task in tasks:
                started.append((LAUNCHED, task, threads.submit(_launched_alone, stand.home(), task)))
                time.sleep(APART_SECONDS)
            for way, task, future in started:
                yield Result(REAL_LIFE.name, stand.database, task.scenes, way, future.result())
        except BaseException:
            end_children()  # the threads wait for them
            raise


def _launched_alone(home: Home, task: Task) -> Figures:
    with instances.deployed(home, ADS) as deployment:
        return rivals.launched(task, deployment, ADS)[0]


def _row(result: Result) -> list[Any]:
    names = (
        "path",
        "inside",
        "above inside",
        "whole",
        "above whole",
        "queued",
        "ratio",
        "cpu",
        "memory",
        "events",
        "others",
    )
    return [result.contender, *(result.figures.figure(name) for name in names)]


if __name__ == "__main__":
    main()
