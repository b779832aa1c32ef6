"""One kill: the ad around it, made to its end, and what became of its money."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster import DagsterEventType, DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline_tests.celery_lab.cluster import KILLED, Cluster, Member, preload, running_cluster
from adgen_pipeline_tests.celery_lab.points import FATAL_POINT, Kill
from adgen_pipeline_tests.chaos.caller import brief_of
from adgen_pipeline_tests.chaos.invoice import billed
from adgen_pipeline_tests.chaos.person import Person
from adgen_pipeline_tests.chaos.schedules import Schedule, calm
from adgen_pipeline_tests.chaos.world import Services, open_books
from adgen_pipeline_tests.postgres import running_postgres

SCENES = (5.0, 5.0, 5.0)
CALLS = 2 + 2 * len(SCENES)
"""Parse, keyframes, clips, composition."""

_TOO_LONG_SECONDS = 240.0
_MODULE = "adgen_pipeline_tests.celery_lab.definitions"
_WORKERS = ("one", "two")

KILLS = (
    Kill("child", "parsed_prompt", "before commit claim"),
    Kill("child", "parsed_prompt", "after POST"),
    Kill("worker", "parsed_prompt", "before POST"),
    Kill("run", "parsed_prompt", "after POST"),
    Kill("child", "keyframe_images.reference", "after commit claim"),
    Kill("worker", "keyframe_images.reference", "after commit answered"),
    Kill("child", "keyframe_images.later_scenes", "after output"),
    Kill("child", "keyframe_images.keyframe[scene_02", "before keep"),
    Kill("run", "keyframe_images.keyframe[scene_03", "before POST"),
    Kill("broker", "keyframe_images.keyframe[scene_02", "after POST"),
    Kill("worker", "keyframe_images.collect", "before output"),
    Kill("child", "video_clips.clip[scene_01", "before POST"),
    Kill("worker", "video_clips.clip[scene_02", "after POST"),
    Kill("run", "video_clips.clip[scene_03", "after commit answered"),
    Kill("broker", "video_clips.clip[scene_02", "before commit settled"),
    Kill("child", "video_clips.clip[scene_03", "after commit settled"),
    Kill("child", "video_clips.collect", "after output"),
    Kill("worker", "final_ad", "after POST"),
    Kill("child", "final_ad", "after keep"),
    Kill("run", "final_ad", "before output"),
)
"""Twenty moments of an ad, in their order: before and after claims, calls, answers, files, outputs, in all stages."""


@dataclass
class Row:
    """What became of one ad. `twice`: steps that were begun more than once; `billed`: lines of the invoice."""

    number: int
    kill: Kill
    done: bool
    runs: int
    twice: list[str]
    billed: int
    charged: str
    booked: str
    doubles: int
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Killed where it should be, finished, each call billed once and booked."""
        return self.done and not self.wrong and self.billed == CALLS and self.charged == self.booked


class Drill:
    """A cluster of two `workers`, and services that write down what they charge; ads one after the other."""

    def __init__(self, cluster: Cluster, services: Services, schedules: dict[int, Schedule], steps: int):
        self.cluster = cluster
        self.services = services
        self._schedules = schedules
        self._steps = str(steps)
        self._fatal = cluster.folder / "fatal.json"
        self.workers: dict[str, Member] = {}

    def play(self, number: int, kill: Kill, *command: str) -> Row:
        """Make the ad of this number, with the kill in it, until it is done; `command` is `make` or a `resume`."""
        self.bring_workers_back()
        begun = time.monotonic()
        done = self.make(number, kill, *command)
        row = self._judge(number, kill, done)
        row.seconds = round(time.monotonic() - begun, 1)
        return row

    def bring_workers_back(self) -> None:
        """Start those that are not there, and wait until they take steps."""
        for name in _WORKERS:
            if name not in self.workers or self.workers[name].ended:
                self.workers[name] = self.cluster.worker(name, "--steps", self._steps, "--module", _MODULE)
        self.cluster.wait_until_ready(*self.workers.values())

    def make(self, number: int, kill: Kill, *command: str) -> bool:
        """Whether it is done. A run that is killed is gone on with, as a person would."""
        self.bring_workers_back()
        Kill(kill.victim, kill.step, kill.moment, self.cluster.redis.pid).arm(self._fatal)
        made = self.run(*(command or ("make", self.brief(number))))
        if made == KILLED:
            with open_instance() as instance:
                job_id = self.runs(instance, number)[-1].run_id
            made = self.run("resume", job_id)
        return made == 0

    def brief(self, number: int) -> str:
        """A file with the ad's brief."""
        file = self.cluster.folder / f"{number}.yaml"
        file.write_text(yaml.safe_dump(brief_of(number).model_dump(mode="json", exclude_unset=True)))
        return str(file)

    def run(self, *command: str) -> int | None:
        """The exit code of `adgen` with this `command`; None where it took too long."""
        member = self.cluster.run("run", *command)
        until = time.monotonic() + _TOO_LONG_SECONDS
        while not member.ended and time.monotonic() < until:
            if self.cluster.redis.has_died:
                time.sleep(1.0)
                self.cluster.redis.start_again()
            self.services.look_after()
            time.sleep(0.1)
        if not member.ended:
            member.kill()
            return None
        return member.code

    def _judge(self, number: int, kill: Kill, done: bool) -> Row:
        schedule = self._schedules[number]
        with open_instance() as instance, closing(open_books(self.cluster.environment("books"))) as ledger:
            runs = self.runs(instance, number)
            job_id = runs[-1].run_id if runs else ""
            person = Person(schedule, job_id, self.services, ledger)
            person.audit()
            person.played.end = "finished" if done else "given up"
            played = person.take_stock([], None)
            lines = self.services.invoice(number)
            wrong = [*played.violations, *self._unmet(done, runs)]
            return Row(
                number=number,
                kill=kill,
                done=done,
                runs=len(runs),
                twice=sorted(step for run in runs for step, times in _begun(instance, run).items() if times > 1),
                billed=len(lines),
                charged=str(billed(lines)),
                booked=str(played.spent),
                doubles=sum(times - 1 for times in Counter(line["request"] for line in lines).values()),
                wrong=wrong,
            )

    def _unmet(self, done: bool, runs: Sequence[DagsterRun]) -> Iterator[str]:
        if self._fatal.exists():
            self._fatal.unlink()
            yield "nobody was killed: the point did not come by"
        if not done:
            yield f"it was not finished; its last run is {runs[0].status.value if runs else 'missing'}"
        elif runs[0].status != DagsterRunStatus.SUCCESS:
            yield f"its last run is {runs[0].status.value}"

    def runs(self, instance: DagsterInstance, number: int) -> list[DagsterRun]:
        """The runs of the ad, the newest first."""
        prompt = brief_of(number).prompt
        return [run for run in instance.get_runs(RunsFilter()) if run.run_config.get("prompt") == prompt]


@contextmanager
def running_drill(folder: Path, ads: int, steps: int = 3, **known: Any) -> Iterator[Drill]:
    """A drill for `ads` ads (numbers from 1), each worker with so many `steps` at once; `known` of all schedules."""
    schedules = {number: calm(number, SCENES, **known) for number in range(1, ads + 1)}
    place = folder / "services"
    place.mkdir(parents=True)
    preload()
    with running_postgres() as postgres, closing(Services(place, [*schedules.values()], folder / "stock")) as services:
        urls = {f"{stage.service.upper()}_URL": services.url for stage in STAGES}
        terms = schedules[1]
        keys = {f"{stage.service.upper()}_IDEMPOTENT": str(terms.honours_keys) for stage in STAGES}
        settings = {**urls, **keys, "ON_UNKNOWN": terms.on_unknown, FATAL_POINT: str(folder / "cluster" / "fatal.json")}
        with running_cluster(folder / "cluster", postgres, settings) as cluster, pytest.MonkeyPatch.context() as patch:
            for name, value in cluster.environment("books").items():
                patch.setenv(name, value)
            yield Drill(cluster, services, schedules, steps)


def _begun(instance: DagsterInstance, run: DagsterRun) -> Counter[Any]:
    """How often each step of the run was begun."""
    records = instance.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_START).records
    return Counter(record.event_log_entry.step_key for record in records)
