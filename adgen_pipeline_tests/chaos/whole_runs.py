"""Whole Dagster runs, several side by side: SIGKILLed in the middle of their calls, resumed by the daemon."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import uuid4

from dagster import DagsterRun, DagsterRunStatus

from adgen_pipeline.ledger import Ledger, State
from adgen_pipeline_tests.chaos.caller import brief_of
from adgen_pipeline_tests.chaos.deployment import Deployment
from adgen_pipeline_tests.chaos.lanes import Lanes
from adgen_pipeline_tests.chaos.person import Person, Played
from adgen_pipeline_tests.chaos.schedules import Schedule
from adgen_pipeline_tests.chaos.world import Services, environment, fresh_home, open_books

AT_ONCE = 5
"""Ads under way in one deployment."""

_LOOK_SECONDS = 0.2
_TOO_LONG_SECONDS = 240.0


def play_whole_runs(
    lanes: Lanes, schedules: Sequence[Schedule], tell: Callable[[Played], None] = lambda played: None
) -> list[Played]:
    """Play them: one deployment for all that have the same terms. `tell` hears of each that is over."""
    found: list[Played] = []
    for terms, group in groupby(sorted(schedules, key=lambda schedule: schedule.terms), lambda s: s.terms):
        folder = lanes.folder / f"whole-{terms}-{uuid4().hex[:6]}"
        found += _Batch(lanes, folder, list(group), tell).play()
    return found


class _Ad:
    """One ad under way: its runs, and the person behind it."""

    def __init__(self, schedule: Schedule, job_id: str, services: Services, ledger: Ledger):
        self.schedule = schedule
        self.job_id = job_id
        self.person = Person(schedule, job_id, services, ledger)
        self.started = time.monotonic()
        self.judged: set[str] = set()


class _Batch:
    """The schedules of one deployment."""

    def __init__(self, lanes: Lanes, folder: Path, schedules: list[Schedule], tell: Callable[[Played], None]):
        self._lanes = lanes
        self._folder = folder
        self._waiting = schedules
        self._tell = tell
        self._ads: list[_Ad] = []
        self._done: list[Played] = []

    def play(self) -> list[Played]:
        fresh_home(self._folder, self._lanes.folder / "empty.db")
        with closing(Services(self._folder, self._waiting, self._lanes.folder / "stock")) as services:
            settings = environment(self._waiting[0], services, None) | _pace(services)
            with closing(Deployment(self._folder, settings)) as dagster, closing(open_books(settings)) as ledger:
                while self._waiting or self._ads:
                    self._start_some(dagster, services, ledger)
                    services.look_after()
                    for ad in list(self._ads):
                        self._look_at(ad, dagster)
                    time.sleep(_LOOK_SECONDS)
        return self._done

    def _start_some(self, dagster: Deployment, services: Services, ledger: Ledger) -> None:
        while self._waiting and len(self._ads) < AT_ONCE:
            schedule = self._waiting.pop(0)
            brief = brief_of(schedule.number).model_copy(update={"max_cost": schedule.max_cost})
            job_id = dagster.launch(brief.model_dump(mode="json", exclude_unset=True))
            self._ads.append(_Ad(schedule, job_id, services, ledger))

    def _look_at(self, ad: _Ad, dagster: Deployment) -> None:
        person = ad.person
        person.audit()
        newest = dagster.chain(ad.job_id)[0]
        if time.monotonic() - ad.started > _TOO_LONG_SECONDS:
            person.played.found([f"it was not over after {_TOO_LONG_SECONDS:g} s; its last run is {newest.status}"])
            self._end(ad, dagster, "given up")
        elif newest.run_id not in ad.judged and dagster.is_over(newest):
            ad.judged.add(newest.run_id)
            end = self._judge(ad, newest, dagster)
            if end:
                self._end(ad, dagster, end)
            else:
                dagster.again(newest.run_id)

    def _judge(self, ad: _Ad, run: DagsterRun, dagster: Deployment) -> str:
        if run.status == DagsterRunStatus.SUCCESS:
            ad.person.played.made = _made(ad)
            return "finished"
        errors = dagster.errors(run)
        return ad.person.decide(errors) if errors else ad.person.resumed_after_kill()

    def _end(self, ad: _Ad, dagster: Deployment, end: str) -> None:
        self._ads.remove(ad)
        runs = dagster.chain(ad.job_id)
        played = ad.person.played
        played.end = end
        played.kills = sum(run.status == DagsterRunStatus.FAILURE and not dagster.errors(run) for run in runs)
        played.resumes = len(runs) - 1
        played.seconds = round(time.monotonic() - ad.started, 2)
        left = [] if self._ads or self._waiting else _after_a_moment(dagster.workers)
        ad.person.take_stock(left, self._lanes.wanted(ad.schedule.scenes))
        self._done.append(played)
        self._tell(played)


def _pace(services: Services) -> dict[str, str]:
    """Times as in the lab, and our copies within the services' reach."""
    names = ("PROMPT_PARSER", "IMAGE_GEN", "VIDEO_GEN", "COMPOSITION")
    times = {f"{name}_{what}": value for name in names for what, value in (("TIMEOUT", "1.5"), ("DEADLINE", "10"))}
    return times | {"MEDIA_URL": f"{services.url}/store"}


def _made(ad: _Ad) -> dict[str, Any]:
    """What the finished ad consists of, as the ledger has it."""
    settled = [call for call in ad.person.calls() if call.state == State.SETTLED]
    clips = sorted((call.scene or "", call) for call in settled if call.stage == "video_generation")
    (ad_call,) = (call for call in settled if call.stage == "composition")
    return {
        "scenes": [scene for scene, _ in clips],
        "clips": [call.files["video_url"].sha256 for _, call in clips],
        "ad": ad_call.files["video_url"].sha256,
        "poster": ad_call.files["thumbnail_url"].sha256,
    }


def _after_a_moment(left: Callable[[], list[int]]) -> list[int]:
    """What is still there when everything had a few seconds to end."""
    until = time.monotonic() + 5
    while left() and time.monotonic() < until:
        time.sleep(0.2)
    return left()
