"""A thousand ads an hour: what has to be set for it, and what it takes in cores, memory, database and dollars.

First some ads are really made on Postgres, and what each leaves and takes is counted (see `footprint`). Then hours of
ads are simulated, event by event: ads come at random moments, wait in Dagster's queue for one of MAX_CONCURRENT_JOBS
places, start a process, and go through the four services, whose clips wait for one of VIDEO_GEN_POOL places over all
ads and one of MAX_PARALLEL_VIDEO_GENERATIONS of their own. A share of all calls fails and is asked again after 2 s.
Calls take as long as in the real-life profile, and all rows see the same ads come. The simulation knows no machine:
cores, memory, bytes and connections follow from what was measured.
"""

import argparse
import random
from collections.abc import Generator
from dataclasses import asdict, dataclass
from statistics import mean, quantiles
from typing import Any

import simpy  # type: ignore[import-untyped]

from benchmarks.figures import SLOTS
from benchmarks.footprint import SCENES, Footprint, measured
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import REAL_LIFE

HOURS = 7.0
"""Simulated; the first of them, while the pipeline fills up, does not count."""

COSTS = {"parse": 0.035, "images": 0.20, "clip": 0.30, "compose": 0.075}
"""USD: the middle of the contract's usual costs; `images` for the whole stage."""

DEQUEUE_SECONDS = 1.0

EXPLAINED = Explained(
    "capacity",
    __doc__ or "",
    rows={
        "as it comes": "MAX_CONCURRENT_JOBS 10, no pool: the settings nobody has touched",
        "30 jobs, ...": "so many ads at once, and so many clips over all of them (VIDEO_GEN_POOL)",
        "pods": "30 seconds until a run's process has begun, as where each is a container that has to be placed",
    },
    columns={
        "ads/h": "finished in an hour, of those that came in it",
        "at once": "ads under way on average; in brackets the most",
        "clips": "clips under way over all ads, on average; in brackets the most: what the video service must bear",
        "queued": "median seconds that an ad waits in Dagster's queue; in brackets for 95 %",
        "whole": "median seconds from asking for an ad to having it; in brackets for 95 %",
        "cores": "kept busy by Dagster and the runs, from the CPU seconds of an ad that were measured",
        "GB": "memory of the runs at their most, from what one was measured to take",
        "conn": "connections to Postgres at the most",
    },
)


@dataclass(frozen=True)
class Setup:
    """One row: `jobs` and `pool` (None: no limit) at once, `start` seconds until a run's process has begun."""

    name: str
    jobs: int
    pool: int | None
    start: float = 1.0


SETUPS = (
    Setup("as it comes", 10, None),
    Setup("30 jobs", 30, None),
    Setup("50 jobs", 50, None),
    Setup("50 jobs, 60 clips", 50, 60),
    Setup("100 jobs, 60 clips", 100, 60),
    Setup("100 jobs, 40 clips", 100, 40),
    Setup("100 jobs, pods", 100, None, start=30.0),
)


@dataclass
class Outcome:
    """What came of one simulation; times in seconds, `at_once` and `clips` as looked at every second."""

    queued: list[float]
    whole: list[float]
    at_once: list[int]
    clips: list[int]
    hours: float


class Studio:
    """The simulated deployment."""

    def __init__(self, setup: Setup, rate: float, failing: float, seed: int):
        self._setup, self._rate, self._failing = setup, rate, failing
        self._arriving, self._chance = random.Random(seed), random.Random(seed + 1)
        self._world = simpy.Environment()
        self._places = simpy.Resource(self._world, setup.jobs)
        self._pool = simpy.Resource(self._world, setup.pool or 10**6)
        self.outcome = Outcome([], [], [], [], HOURS - 1)

    def run(self) -> Outcome:
        """HOURS of ads."""
        self._world.process(self._arrivals())
        self._world.process(self._looks())
        self._world.run(HOURS * 3600)
        return self.outcome

    def _arrivals(self) -> Generator[Any, Any, None]:
        while True:
            yield self._world.timeout(self._arriving.expovariate(self._rate / 3600))
            self._world.process(self._ad())

    def _ad(self) -> Generator[Any, Any, None]:
        asked = self._world.now
        with self._places.request() as place:
            yield place
            yield self._world.timeout(self._chance.uniform(0, DEQUEUE_SECONDS))
            began = self._world.now
            yield self._world.timeout(self._setup.start)
            yield from self._call(REAL_LIFE.parse)
            yield from self._call(REAL_LIFE.image)
            yield self._all(self._call(REAL_LIFE.image) for _ in range(SCENES - 1))
            slots = simpy.Resource(self._world, SLOTS)
            yield self._all(self._clip(slots) for _ in range(SCENES))
            yield from self._call(REAL_LIFE.compose)
        if self._world.now > 3600:
            self.outcome.queued.append(began - asked)
            self.outcome.whole.append(self._world.now - asked)

    def _clip(self, slots: simpy.Resource) -> Generator[Any, Any, None]:
        with slots.request() as own:
            yield own
            with self._pool.request() as shared:
                yield shared
                spread = self._chance.uniform(-REAL_LIFE.spread, REAL_LIFE.spread)
                yield from self._call(REAL_LIFE.clip + spread)

    def _call(self, seconds: float) -> Generator[Any, Any, None]:
        while self._chance.random() < self._failing:
            yield self._world.timeout(2.0)
        yield self._world.timeout(seconds)

    def _all(self, parts: Any) -> Any:
        return simpy.AllOf(self._world, [self._world.process(part) for part in parts])

    def _looks(self) -> Generator[Any, Any, None]:
        yield self._world.timeout(3600)
        while True:
            yield self._world.timeout(1.0)
            self.outcome.at_once.append(self._places.count)
            self.outcome.clips.append(self._pool.count)


def main() -> None:
    """Measure, simulate, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    say(f"making 2 x {options.ads} ads on Postgres, to see what one leaves behind")
    one = measured(options.ads)
    outcomes = {setup.name: Studio(setup, options.rate, options.failing, 1).run() for setup in SETUPS}
    title = f"{options.rate:g} ads an hour, simulated; {options.failing:.0%} of all calls fail once"
    EXPLAINED.report(title, [[name, *_row(outcome, one)] for name, outcome in outcomes.items()])
    hourly = _hourly(one, options.rate)
    for name, value in hourly.items():
        say(f"{name:44} {value}")
    rows = {name: dict(zip(EXPLAINED.columns, _row(outcome, one), strict=True)) for name, outcome in outcomes.items()}
    EXPLAINED.keep({"machine": about, "one_ad": asdict(one), "rate": options.rate, "setups": rows, "hourly": hourly})


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--rate", type=float, default=1000, help="ads an hour (default %(default)s)")
    parser.add_argument("--failing", type=float, default=0.05, help="share of calls (default %(default)s)")
    parser.add_argument("--ads", type=int, default=20, help="really made, twice (default %(default)s)")
    return parser.parse_args()


def _row(outcome: Outcome, one: Footprint) -> list[Any]:
    finished = len(outcome.whole) / outcome.hours
    return [
        round(finished),
        f"{mean(outcome.at_once):.0f} ({max(outcome.at_once)})",
        f"{mean(outcome.clips):.0f} ({max(outcome.clips)})",
        _spread(outcome.queued),
        _spread(outcome.whole),
        round(finished * one.cpu / 3600, 2),
        round(max(outcome.at_once) * one.memory / 1000, 1),
        round(one.standing + max(outcome.at_once) * one.connections),
    ]


def _hourly(one: Footprint, rate: float) -> dict[str, str]:
    """What an hour of `rate` ads leaves behind, and costs."""
    usd = COSTS["parse"] + COSTS["images"] + SCENES * COSTS["clip"] + COSTS["compose"]
    rows = sum(one.rows.values())
    return {
        "rows of one ad, all tables": f"{rows:.0f}",
        "rows an hour": f"{rate * rows:,.0f}",
        "database, kB of one ad": f"{one.database / 1e3:.0f}",
        "database, MB an hour": f"{rate * one.database / 1e6:.0f}",
        "database, GB in 30 days": f"{rate * one.database * 720 / 1e9:.0f}",
        "CPU seconds of one ad": f"{one.cpu:.2f}",
        "USD of one ad at the middle of usual costs": f"{usd:.2f}",
        "USD an hour": f"{rate * usd:,.0f}",
    }


def _spread(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"{cuts[9]:.0f} ({cuts[18]:.0f})"


if __name__ == "__main__":
    main()
