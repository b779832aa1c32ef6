"""One ad, several times over, by each way there is to make it; every way returns the same figures."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import plain
from benchmarks.fakes import Fakes
from benchmarks.figures import SLOTS, Figures, Task
from benchmarks.instances import (
    FLOOR,
    FLOOR_ALIKE,
    Deployment,
    Home,
    Job,
    events_of_newest,
    length_of,
    seconds_of_runs,
    when_let_go,
)
from benchmarks.measure import watched
from benchmarks.processes import kinds_of, tree
from benchmarks.profiles import AD_SECONDS
from benchmarks.watch import Usage, Watch

LINGER_SECONDS = 3.0
"""How long a run's process may take to leave after its end; what it spends in that time counts."""


def settings(fakes: Fakes, slots: int = SLOTS) -> dict[str, str]:
    """The settings of every ad here. No budget is in the way: 24 clips' worst cases would wait for each other."""
    limits = {"MAX_PARALLEL_VIDEO_GENERATIONS": str(slots), "MAX_COST_PER_VIDEO": "100", "COST_WARNING": "100"}
    return fakes.settings() | {"KEYFRAMES": "per_scene"} | limits


def brief(prompt: str) -> dict[str, Any]:
    """An ad that takes over nothing from earlier ones."""
    return {"prompt": prompt, "duration": AD_SECONDS, "reuse": "off"}


def plain_command(task: Task, home: Home) -> Figures:
    """The plain script as a command, the interpreter's start included."""
    module = [sys.executable, "-m", "benchmarks.plain", task.fakes.url, "--slots", str(task.slots)]
    return _of_commands(task, [watched([*module, prompt], home.environment)[0] for prompt in task.prompts])


def plain_warm(task: Task, home: Home) -> Figures:
    """The plain script, ad after ad in one process."""
    times, usage = _in_one_process(task, home, plain.make, task.fakes.url, task.slots)
    return _of_process(task, usage, whole=times)


def ours_command(task: Task, home: Home) -> Figures:
    """`adgen make`, from the command to its end."""
    make = [sys.executable, "-m", "adgen_pipeline.cli", "make"]
    words = ["--duration", str(AD_SECONDS), "--reuse", "off", "-o", str(home.folder / "ad.mp4")]
    usages = [watched([*make, prompt, *words], home.environment)[0] for prompt in task.prompts]
    return _of_commands(task, usages, inside=seconds_of_runs(home, task.runs), events=events_of_newest(home))


def ours_warm(task: Task, home: Home) -> Figures:
    """The run alone, ad after ad in one process."""
    _, usage = _in_one_process(task, home, our_ad)
    inside = seconds_of_runs(home, task.runs)
    return _of_process(task, usage, inside=inside, events=events_of_newest(home))


def process_a_step(method: str) -> Callable[[Task, Home], Figures]:
    """The same assets under Dagster's multiprocess executor, from a warm process that launches it."""

    def make(task: Task, home: Home) -> Figures:
        _, usage = _in_one_process(task, home, _their_ad, method)
        inside = seconds_of_runs(home, task.runs)
        return _of_process(task, usage, inside=inside, events=events_of_newest(home))

    return make


def launched(task: Task, deployment: Deployment, *jobs: Job) -> list[Figures]:
    """Launched by GraphQL, one of each job in turn: ads, or floors that sleep as long as the ad's critical path."""
    of_jobs: list[list[Launch]] = [[] for _ in jobs]
    for prompt in task.prompts:
        for job, launches in zip(jobs, of_jobs, strict=True):
            config = _sleeping(task.path_of(prompt)) if job in (FLOOR, FLOOR_ALIKE) else brief(prompt)
            launches.append(_launch(deployment, job, config))
    return [_of_launches(task, launches) for launches in of_jobs]


def _sleeping(seconds: float) -> dict[str, Any]:
    return {"ops": {"sleep": {"config": {"seconds": seconds}}}}


@dataclass(frozen=True)
class Launch:
    """One run launched by GraphQL."""

    inside: float
    whole: float
    queued: float
    events: int
    usage: Usage


def _launch(deployment: Deployment, where: Job, config: dict[str, Any]) -> Launch:
    with Watch(deployment.process.pid) as watch:
        before = _runs_at_work(deployment)
        began = time.time()
        run_id = deployment.launch(where, config)
        [record] = deployment.wait(run_id)
        inside = length_of(record)
        until = time.monotonic() + LINGER_SECONDS
        while _runs_at_work(deployment) > before and time.monotonic() < until:
            time.sleep(0.2)
    events = len(deployment.instance.all_logs(run_id))
    let_go = when_let_go(deployment.instance, run_id) or began
    return Launch(inside, (record.end_time or 0.0) - began, let_go - began, events, watch.usage)


def _runs_at_work(deployment: Deployment) -> int:
    found = tree({deployment.process.pid: deployment.born})
    return list(kinds_of(found).values()).count("run")


def _of_launches(task: Task, launches: list[Launch]) -> Figures:
    counted = launches[-task.runs :]
    return Figures(
        task.paths,
        inside=[launch.inside for launch in counted],
        whole=[launch.whole for launch in counted],
        queued=[launch.queued for launch in counted],
        cpu=round(median(launch.usage.cpu for launch in counted), 2),
        memory=round(max(_added(launch.usage) for launch in counted)),
        events=counted[-1].events,
        others=round(median(launch.usage.others for launch in counted), 2),
    )


def _added(usage: Usage) -> float:
    """What a run adds to its deployment at its peak (MB); a process that runs are forked from was there before."""
    return usage.peaks.get("run", 0.0) - usage.before.get("run", 0.0)


def _of_commands(task: Task, usages: list[Usage], **more: Any) -> Figures:
    counted = usages[-task.runs :]
    return Figures(
        task.paths,
        whole=[usage.wall for usage in counted],
        cpu=round(median(usage.cpu for usage in counted), 2),
        memory=round(max(usage.memory for usage in counted)),
        others=round(median(usage.others for usage in counted), 2),
        **more,
    )


def _of_process(task: Task, usage: Usage, **more: Any) -> Figures:
    cpu = round(usage.cpu / task.runs, 2)
    return Figures(task.paths, cpu=cpu, memory=round(usage.memory), others=usage.others, **more)


@dataclass(frozen=True)
class WarmProcess:
    """A process that makes ad after ad."""

    pool: ProcessPoolExecutor
    pid: int

    def make(self, make: Callable[..., Any], *words: Any) -> float:
        """One ad; the seconds it took."""
        return self.pool.submit(_timed, make, *words).result()


@contextmanager
def warm_process(home: Home) -> Iterator[WarmProcess]:
    """A new process that lives in `home`."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_move_into, initargs=(home.environment,)) as pool:
        yield WarmProcess(pool, pool.submit(os.getpid).result())


def _in_one_process(task: Task, home: Home, make: Callable[..., Any], *words: Any) -> tuple[list[float], Usage]:
    """Seconds of each ad that counts, and what the process took for them."""
    with warm_process(home) as process:
        for prompt in task.prompts[: -task.runs]:
            process.make(make, *words, prompt)
        with Watch(process.pid) as watch:
            times = [process.make(make, *words, prompt) for prompt in task.prompts[-task.runs :]]
    return times, watch.usage


def _move_into(own: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(own)


def _timed(make: Callable[..., Any], *words: Any) -> float:
    started = time.perf_counter()
    make(*words)
    return time.perf_counter() - started


def our_ad(prompt: str) -> None:
    """One of ours, in this process."""
    from adgen_pipeline.contracts.brief import read_brief
    from adgen_pipeline.defs.launch import make_ad

    make_ad(read_brief(brief(prompt)), lambda progress: None)


def _their_ad(method: str, prompt: str) -> None:
    import dagster as dg

    from adgen_pipeline.defs.instance import open_instance
    from benchmarks import contenders

    _be_quiet()
    job = dg.reconstructable(getattr(contenders, method))
    with open_instance() as instance, dg.execute_job(job, instance=instance, run_config=brief(prompt)) as result:
        if not result.success:
            raise RuntimeError(f"the run {result.run_id} failed")


def _be_quiet() -> None:
    """Dagster's step processes tell every event on stderr; a run that fails is told by its exception."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
