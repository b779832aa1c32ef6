"""Ads that `adgen up` launches, made by two workers: cancelled by REST, or started again by the daemon."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
from dagster import DagsterRun, DagsterRunStatus

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline_tests.celery_lab.endings import Ending
from adgen_pipeline_tests.celery_lab.rows import CALLS, Drill
from adgen_pipeline_tests.chaos.caller import brief_of
from adgen_pipeline_tests.chaos.invoice import billed
from adgen_pipeline_tests.chaos.world import open_books
from adgen_pipeline_tests.ports import free_port

SLOW = {"image_gen": 2.0, "video_gen": 4.0}
"""Seconds that a call takes, so that somebody can come in the middle of it."""

QUIET_SECONDS = 5.0
"""How long nothing may reach the services after a cancelled run has ended."""

_TOO_LONG_SECONDS = 180.0


class Deployed:
    """The drill's workers, and an `adgen up` in a folder of its own that launches runs for them."""

    def __init__(self, drill: Drill, api: httpx.Client):
        self._drill = drill
        self._api = api

    def cancel(self, number: int, service: str) -> Ending:
        """Cancel the ad by REST while two calls of the service are under way; then let it go on to its end."""
        job_id = self._begun(number, service)
        before, begun = self._posts(number), time.monotonic()
        self._api.post(f"/jobs/{job_id}/cancel").raise_for_status()
        run = self._until(lambda: self._ended(number))
        seconds, at_end = time.monotonic() - begun, self._posts(number)
        time.sleep(QUIET_SECONDS)
        ending = Ending(f"cancelled at {service}", (before, at_end, self._posts(number)), self._told(number))
        ending.seconds = round(seconds, 1)
        if run.status != DagsterRunStatus.CANCELED:
            ending.wrong.append(f"its run is {run.status.value}")
        if (status := self._api.get(f"/jobs/{job_id}").json()["status"]) != "cancelled":
            ending.wrong.append(f"the job is {status}")
        if ending.posts[2] > ending.posts[1]:
            ending.wrong.append("calls reached the services after the run had ended")
        if (code := self._drill.run("resume", job_id)) != 0:
            ending.wrong.append(f"`adgen resume` ended with {code}")
        return self._with_money(number, job_id, ending)

    def kill_the_run(self, number: int, service: str) -> Ending:
        """SIGKILL the run's process while workers make its steps; the daemon alone goes on with the ad."""
        job_id, begun = self._begun(number, service), time.monotonic()
        (run,) = self._runs(number)
        os.kill(int(run.tags[PROCESS_TAG].split("/")[-2]), signal.SIGKILL)
        self._until(lambda: len(self._runs(number)) > 1)
        last = self._until(lambda: self._ended(number))
        ending = Ending(f"run killed at {service}", told=self._told(number), seconds=round(time.monotonic() - begun, 1))
        if self._posts(number) > CALLS + 1:  # one may have been in the middle of its POST
            ending.wrong.append(f"{self._posts(number)} POSTs: accepted calls were sent again")
        if ending.told:
            ending.wrong.append(f"{ending.told} calls were cancelled that the next run wanted")
        if last.status != DagsterRunStatus.SUCCESS or last.run_id == run.run_id:
            ending.wrong.append(f"its last run is {last.status.value}")
        return self._with_money(number, job_id, ending)

    def _begun(self, number: int, service: str) -> str:
        """The job's id, once two calls of the service have arrived."""
        brief = brief_of(number).model_dump(mode="json", exclude_unset=True)
        job_id: str = self._api.post("/generate-ad", json=brief).raise_for_status().json()["job_id"]
        self._until(lambda: self._posts(number, service) >= 2)
        return job_id

    def _posts(self, number: int, service: str | None = None) -> int:
        seen = self._drill.services.diary(number)
        return sum(event["what"] == "post" and event["service"] == (service or event["service"]) for event in seen)

    def _told(self, number: int) -> int:
        return sum(event["what"] == "cancel" for event in self._drill.services.diary(number))

    def _ended(self, number: int) -> DagsterRun | None:
        newest = self._runs(number)[0]
        return newest if newest.is_finished else None

    def _runs(self, number: int) -> list[DagsterRun]:
        with open_instance() as instance:
            return self._drill.runs(instance, number)

    def _with_money(self, number: int, job_id: str, ending: Ending) -> Ending:
        lines = self._drill.services.invoice(number)
        with closing(open_books(self._drill.cluster.environment("books"))) as ledger:
            totals = ledger.totals(job_id)
        ending.billed, ending.charged = len(lines), str(billed(lines))
        ending.booked, ending.in_doubt = str(totals.spent), str(totals.unknown + totals.reserved)
        if ending.billed != CALLS or ending.charged != ending.booked:
            ending.wrong.append(f"{ending.billed} calls for {ending.charged}, booked are {ending.booked}")
        return ending

    def _until(self, found: Callable[[], Any]) -> Any:
        until = time.monotonic() + _TOO_LONG_SECONDS
        while not (answer := found()):
            if time.monotonic() > until:
                raise RuntimeError(f"nothing happened for {_TOO_LONG_SECONDS:g} s")
            time.sleep(0.1)
        return answer


@contextmanager
def deployed(drill: Drill) -> Iterator[Deployed]:
    """An `adgen up` beside the drill's workers, for as long as this lasts."""
    drill.bring_workers_back()
    port, api_port = free_port(), free_port()
    up = drill.cluster.run("up", "up", "--port", str(port), "--api-port", str(api_port))
    with httpx.Client(base_url=f"http://127.0.0.1:{api_port}/api/v1", timeout=60) as api:
        try:
            until = time.monotonic() + _TOO_LONG_SECONDS
            while "Ctrl-C" not in up.log:
                if up.ended or time.monotonic() > until:
                    raise RuntimeError(f"`adgen up` did not get ready:\n{up.log[-3000:]}")
                time.sleep(0.2)
            yield Deployed(drill, api)
        finally:
            if not up.ended:
                up.stop()


def endings(drill: Drill) -> Iterator[Ending]:
    """Three ads of the drill: cancelled at its clips, at its images, and with the run's process killed at its clips."""
    with deployed(drill) as up:
        yield up.cancel(1, "video_gen")
        yield up.cancel(2, "image_gen")
        yield up.kill_the_run(3, "video_gen")
