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

from benchmarks import fakes, instances, rivals
from benchmarks.instances import ADS, FLOOR, FLOOR_ALIKE, OURS, Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import REAL_LIFE, SHORT
from benchmarks.rivals import Figures, Task

APART_SECONDS = 6.0

PLAIN, PLAIN_COMMAND = "plain script, warm", "plain script, command"
WARM, COMMAND, LAUNCHED = "ours, warm", "ours, adgen make", "ours, GraphQL"
FLOOR_HERE, FLOOR_THERE = "floor, launched alike", "floor, Dagster alone"
SPAWN, FORKSERVER = "Dagster, spawn", "Dagster, forkserver"

EXPLAINED = Explained(
    "overhead",
    __doc__ or "",
    rows={
        PLAIN: "asyncio and httpx, a barrier after each stage, four clips at once, every file fetched; ad after ad",
        PLAIN_COMMAND: "the same script as a command, Python's start and imports included",
        WARM: "the Dagster run, ad after ad in one process",
        COMMAND: "`adgen make`: inside is its run, whole the command until it has ended",
        LAUNCHED: "launched in a running `adgen dev`: inside is the run, whole from the launch to the run's success",
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
        "ratio": "whole (or inside, where there is no more) over the critical path",
        "CPU": "CPU seconds for one ad: of the command or process with all below it, or of the whole deployment",
        "MB": "peak memory of the same, shared pages once; of a deployment its run's processes only (MB of 10^6 bytes)",
        "events": "written to Dagster's event log by one run",
        "others": "cores that other programs kept busy meanwhile; much above 0, all seconds are too long",
    },
)

VERDICT = Explained(
    "targets",
    "",
    rows={
        "inside, SQLite": "seconds of a launched run above the critical path, four scenes, short profile",
        "inside, Postgres": "the same with Dagster's storage and the ledger on Postgres",
        "launch above floor, wall": "launch to success, ours less the floor's (s), SQLite",
        "launch above floor, CPU": "CPU seconds of the deployment for one ad less those for the floor",
        "floor": "what the floor launched alike takes above its sleep, launch to success (s): a process that starts",
        "floor over Dagster's": "the same over that of the floor that knows only Dagster",
        "against plain script": "`adgen make` over the plain script as a command, real-life profile, four scenes",
        "against Dagster": "overhead of the better of Dagster's two over ours, inside the run, warm",
    },
    columns={"measured": "in this very run", "target": "what it is held against"},
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
            more, changes = instances.on_postgres(instances.new_database(self.server))
            settings |= more
        number = sum(1 for _ in self.folder.iterdir())
        return Home.made(self.folder / f"home{number}", settings, **changes)


@dataclass(frozen=True)
class Result:
    """The figures of one contender in one case."""

    profile: str
    database: str
    scenes: int
    contender: str
    figures: Figures


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
    verdict = verdicts(results)
    VERDICT.report("What the figures are held against", [[name, *pair] for name, pair in verdict.items()])
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
    parser.add_argument(
        "--quick", action="store_true", help="only the warm ways of one short ad of four scenes, SQLite"
    )
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
        with instances.postgres() as server:
            yield from _short(Stand(folder, services, server), options)
    if not options.no_processes:
        task = Task(services, options.scenes[0], 1, warm_up=False)
        yield from _by(Stand(folder, services), [SPAWN, FORKSERVER], task)


def _short(stand: Stand, options: argparse.Namespace) -> Iterator[Result]:
    """All ways for the first number of scenes; an ad of each other number is launched, where the most is at stake."""
    first = Task(stand.fakes, options.scenes[0], options.runs)
    plain = [] if stand.server else [PLAIN, PLAIN_COMMAND]
    yield from _by(stand, [*plain, WARM, COMMAND], first)
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
    with ThreadPoolExecutor() as threads:
        started = []
        for way, task, home in lanes:
            started.append((way, task, threads.submit(WAYS[way], task, home)))
            time.sleep(APART_SECONDS)
        for task in tasks:
            started.append((LAUNCHED, task, threads.submit(_launched_alone, stand.home(), task)))
            time.sleep(APART_SECONDS)
        for way, task, future in started:
            yield Result(REAL_LIFE.name, stand.database, task.scenes, way, future.result())


def _launched_alone(home: Home, task: Task) -> Figures:
    with instances.deployed(home, ADS) as deployment:
        return rivals.launched(task, deployment, ADS)[0]


def _row(result: Result) -> list[Any]:
    names = ("path", "inside", "above inside", "whole", "above whole", "ratio", "cpu", "memory", "events", "others")
    return [result.contender, *(result.figures.figure(name) for name in names)]


def verdicts(results: list[Result]) -> dict[str, tuple[float | None, str]]:
    """Each figure that has a target, with that target in words; None where it was not measured."""
    found = {(r.profile, r.database, r.contender): r.figures for r in reversed(results)}

    def of(contender: str, which: str, database: str = "SQLite", profile: str = SHORT.name) -> float | None:
        figures = found.get((profile, database, contender))
        return figures.figure(which) if figures else None

    floor, own = of(FLOOR_HERE, "above whole"), of(FLOOR_THERE, "above whole")
    theirs = [above for name in (SPAWN, FORKSERVER) if (above := of(name, "above inside"))]
    make = (of(way, "whole", profile=REAL_LIFE.name) for way in (COMMAND, PLAIN_COMMAND))
    return {
        "inside, SQLite": (of(LAUNCHED, "above inside"), "at most 0.6"),
        "inside, Postgres": (of(LAUNCHED, "above inside", "Postgres"), "at most 1.0"),
        "launch above floor, wall": (_less(of(LAUNCHED, "above whole"), floor), "at most 1.0"),
        "launch above floor, CPU": (_less(of(LAUNCHED, "cpu"), of(FLOOR_HERE, "cpu")), "at most 1.2"),
        "floor": (floor, ""),
        "floor over Dagster's": (_over(floor, own), "0.5, if it can be had"),
        "against plain script": (_over(*make), "at most 1.04"),
        "against Dagster": (_over(min(theirs, default=None), of(WARM, "above inside")), "at least 10"),
    }


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one - other, 2)


def _over(one: float | None, other: float | None) -> float | None:
    return round(one / other, 3) if one is not None and other else None


if __name__ == "__main__":
    main()
