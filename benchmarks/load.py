"""Many ads at once on this machine: what each loses against an ad alone, and what runs short first.

All are launched by GraphQL as fast as the webserver takes them, through the queue, which lets all of them run at once.
The services are fakes in the real-life profile (storyboard 2 s, image 8 s, clip 45 s give or take 15, composition
10 s): for most of an ad nothing is to be done but wait, so tens of ads have room on two cores until the machine is busy
with something else than waiting. Each ad is held against its own critical path, from its own RUN_START.
"""

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunRecord

from benchmarks import fakes, instances, rivals
from benchmarks.figures import SLOTS
from benchmarks.instances import ADS, Deployment, Home, when_let_go
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import PROFILES, REAL_LIFE, prompt_for
from benchmarks.watch import Usage, Watch

SCENES = 4
SLOWED, BUSY, ENOUGH = 1.1, 0.85, 20
"""From where a level counts as slowed down, the share of the cores' time from which they count as the limit, and the
ads from which on a deployment's own idling does not count in what an ad takes."""

MIB_PER_MB = 1e6 / 2**20
KINDS = ("run", "code server", "daemon", "webserver")

EXPLAINED = Explained(
    "load",
    __doc__ or "",
    rows={
        "1 ad, 5 ads, ...": "so many launched at once; the level of one ad is what the others are held against",
    },
    columns={
        "done": "ads that succeeded; all must",
        "ratio": "median over the ads of run time over own critical path",
        "slow-down": "the same over that of one ad alone; target under 1.1 for 20 ads, under 1.3 for 50",
        "p95": "the same for the ad that 95 % are quicker than",
        "queued": "median seconds from the launch until the queue let the run go; for the last ad in brackets",
        "starting": "median seconds from there to RUN_START: a process begins",
        "MiB/ad": "peak memory of the runs' processes and what they are forked from, over the ads at work; target 120",
        "CPU/ad": "CPU seconds of the whole deployment over the ads",
        "cores": "cores busy on average, all programs of the machine together",
        "full": "share of the seconds in which all cores were busy",
        "lag": "ms by which the fakes answered later than set: median and worst; theirs, not the pipeline's",
    },
)

SHARES = Explained(
    "where the CPU goes",
    "",
    rows={"1 ad, 5 ads, ...": "as above"},
    columns={
        "run": "CPU seconds an ad: the runs' own processes, starting up included",
        "code server": "the processes that hold the definitions and start runs",
        "daemon": "queue, sensors, watching runs",
        "webserver": "takes the launches",
        "fakes": "the fake services",
        "others": "programs that have nothing to do with this, the measuring included",
        "first limit": "what was short where ads were slowed down by a tenth; else how far the cores would reach",
    },
)


@dataclass(frozen=True)
class Ad:
    """One ad of a level: seconds, its critical path, and what went wrong where it is not done."""

    path: float
    seconds: float
    queued: float
    starting: float
    began: float
    ended: float
    done: bool
    failure: str = ""


@dataclass(frozen=True)
class Level:
    """So many ads at once."""

    ads: list[Ad]
    usage: Usage
    services: Usage
    lag: dict[str, float]

    @property
    def finished(self) -> list[Ad]:
        """Those that succeeded."""
        return [ad for ad in self.ads if ad.done]

    @property
    def ratios(self) -> list[float]:
        """Run time over critical path, the best first."""
        return sorted(ad.seconds / ad.path for ad in self.finished)

    @property
    def mib_per_ad(self) -> float:
        """At the moment when the runs' processes weighed most."""
        at = self.usage.peak_at.get("run", 0.0)
        at_work = sum(ad.began - ad.starting <= at <= ad.ended for ad in self.ads)
        return self.usage.peaks.get("run", 0.0) * MIB_PER_MB / max(1, at_work)

    @property
    def cores(self) -> float:
        """Busy on average, whatever with."""
        return self.usage.others + self.usage.cpu / self.usage.wall

    def shares(self) -> dict[str, float]:
        """CPU seconds an ad by who spent them; the fakes are among the others of the deployment's watch."""
        of_kinds = {kind: self.usage.kinds.get(kind, 0.0) for kind in KINDS}
        strangers = self.usage.others * self.usage.wall - self.services.cpu
        spent = of_kinds | {"fakes": self.services.cpu, "others": max(0.0, strangers)}
        return {kind: round(seconds / len(self.ads), 2) for kind, seconds in spent.items()}


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    levels = dict(_measured(options))
    base = median(next(iter(levels.values())).ratios)
    title = f"Ads at once, {options.profile} profile, {SCENES} scenes, SQLite"
    EXPLAINED.report(title, [[_name(ads), *_row(level, base)] for ads, level in levels.items()])
    limits = {_name(ads): _limit(level, base) for ads, level in levels.items()}
    shares = [[_name(n), *level.shares().values(), limits[_name(n)]] for n, level in levels.items()]
    SHARES.report("Where the CPU goes (seconds an ad)", shares)
    for failure in sorted({ad.failure for level in levels.values() for ad in level.ads if ad.failure}):
        say(f"An ad failed. {failure}")
    told = {_name(ads): _told(level, base) for ads, level in levels.items()}
    EXPLAINED.keep({"machine": about, "profile": options.profile, "levels": told, "first_limit": limits})


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument(
        "--levels", type=int, nargs="+", default=[1, 5, 20, 50], help="ads at once, the first the base (1 5 20 50)"
    )
    parser.add_argument("--profile", choices=list(PROFILES), default=REAL_LIFE.name, help="of the services")
    parser.add_argument("--quick", action="store_true", help="1 and 5 ads, short profile")
    options = parser.parse_args()
    if options.quick:
        options.levels, options.profile = [1, 5], "short"
    if min(options.levels) < 1:
        parser.error("--levels must be 1 or more")
    return options


def _measured(options: argparse.Namespace) -> Iterator[tuple[int, Level]]:
    profile, numbers = PROFILES[options.profile], count(1)
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name,
        fakes.running(profile) as services,
    ):
        room = {"MAX_CONCURRENT_JOBS": str(max(options.levels))}
        home = Home.made(Path(name, "home"), rivals.settings(services) | room)
        with instances.deployed(home, ADS) as deployment:
            for ads in options.levels:
                say(f"{ads} at once")
                prompts = [prompt_for(next(numbers), SCENES) for _ in range(ads)]
                yield ads, _level(deployment, services, prompts)


def _level(deployment: Deployment, services: fakes.Fakes, prompts: list[str]) -> Level:
    services.lag()
    with (
        Watch(deployment.process.pid, every=1.0, memory_every=5.0) as watch,
        Watch(services.pid, every=1.0, memory_every=60.0) as apart,
    ):
        launched = {}
        for prompt in prompts:
            began = time.time()  # before the launch: its answer takes time, too
            launched[deployment.launch(ADS, rivals.brief(prompt))] = (prompt, began)
        records = deployment.wait(*launched, every=2.0)
    ads = [_ad(services, deployment.instance, record, *launched[record.dagster_run.run_id]) for record in records]
    return Level(ads, watch.usage, apart.usage, services.lag())


def _ad(services: fakes.Fakes, instance: DagsterInstance, record: RunRecord, prompt: str, launched: float) -> Ad:
    began, ended = record.start_time or 0.0, record.end_time or time.time()
    let_go = when_let_go(instance, record.dagster_run.run_id) or launched
    return Ad(
        services.profile.critical_path(prompt, SLOTS),
        seconds=ended - began,
        queued=let_go - launched,
        starting=began - let_go,
        began=began,
        ended=ended,
        done=record.dagster_run.status == DagsterRunStatus.SUCCESS,
        failure=_failure(instance, record),
    )


def _failure(instance: DagsterInstance, record: RunRecord) -> str:
    """What the run says went wrong first, or how it stands when it has not ended."""
    run = record.dagster_run
    if run.status == DagsterRunStatus.SUCCESS:
        return ""
    kinds = {DagsterEventType.STEP_FAILURE, DagsterEventType.RUN_FAILURE}
    told = instance.get_records_for_run(run.run_id, of_type=kinds, limit=1).records
    entry = told[0].event_log_entry if told else None
    event = entry.dagster_event if entry else None
    error = event.step_failure_data.error if event and event.is_step_failure else None
    return f"{run.status.value}: {error or (entry.message if entry else 'no word of it')}"


def _row(level: Level, base: float) -> list[Any]:
    ratios, ads = level.ratios, level.ads
    if not ratios:
        return [f"0/{len(ads)}"]
    return [
        f"{len(ratios)}/{len(ads)}",
        median(ratios),
        median(ratios) / base,
        _p95(ratios) / base,
        f"{median(ad.queued for ad in ads):.1f} ({max(ad.queued for ad in ads):.1f})",
        median(ad.starting for ad in ads),
        round(level.mib_per_ad),
        level.usage.cpu / len(ads),
        level.cores,
        level.usage.full,
        f"{level.lag['median']:.1f}, {level.lag['max']:.0f}",
    ]


def _limit(level: Level, base: float) -> str:
    """What was short, in words."""
    if len(level.finished) < len(level.ads):
        return f"{len(level.ads) - len(level.finished)} failed"
    cores = os.cpu_count() or 1
    if median(level.ratios) / base < SLOWED:
        return "none" if len(level.ads) < ENOUGH else f"none; cores full at about {_room(level, cores)} ads"
    share = level.cores / cores
    if share < BUSY and level.usage.full < BUSY / 2:
        return f"not the cores ({share:.0%} busy)"
    most = sorted(level.shares().items(), key=lambda pair: -pair[1])[:2]
    return f"the cores ({share:.0%} busy): " + ", ".join(f"{kind} {spent:g} s an ad" for kind, spent in most)


def _room(level: Level, cores: int) -> int:
    """Ads at once whose CPU would fill the cores, were there nothing else: what an ad takes, spread over its run."""
    return round(cores * median(ad.seconds for ad in level.finished) * len(level.ads) / level.usage.cpu)


def _told(level: Level, base: float) -> dict[str, Any]:
    figures = dict(zip(EXPLAINED.columns, _row(level, base), strict=False))
    return figures | {"cpu_per_ad": level.shares(), "fakes_lag_ms": level.lag, "ads": [asdict(ad) for ad in level.ads]}


def _p95(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _name(ads: int) -> str:
    return f"{ads} ad{'s' if ads > 1 else ''}"


if __name__ == "__main__":
    main()
