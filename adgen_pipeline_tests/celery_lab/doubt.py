"""A worker killed after its call, where services honour no keys: the call is in doubt, held or asked for again."""

import time
from collections.abc import Iterator
from contextlib import closing

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.ledger import Call, Ledger, State, Totals
from adgen_pipeline_tests.celery_lab.endings import Ending
from adgen_pipeline_tests.celery_lab.points import Kill
from adgen_pipeline_tests.celery_lab.rows import CALLS, Drill
from adgen_pipeline_tests.chaos.invoice import Line, billed
from adgen_pipeline_tests.chaos.world import open_books


def endings(drill: Drill, on_unknown: str) -> Iterator[Ending]:
    """Two ads of the drill, whose services honour no keys: a worker is killed, and a process of one."""
    yield _Doubt(drill, 1, on_unknown).kill("worker")
    yield _Doubt(drill, 2, on_unknown).kill("child")


class _Doubt:
    """One ad, with somebody dead between a clip's charge and its answer being written down.

    With `hold` the run fails and nothing is paid twice; a person finds the call's price in the invoice, and the ad goes
    on. With `retry` it is finished, the call is made once more, and what the first may have cost is in doubt.
    """

    def __init__(self, drill: Drill, number: int, on_unknown: str):
        self._drill = drill
        self._number = number
        self._on_unknown = on_unknown

    def kill(self, victim: str) -> Ending:
        """Kill it, and see to the end of the ad."""
        begun = time.monotonic()
        made = self._drill.make(self._number, Kill(victim, "video_clips.clip[scene_02", "after POST"))
        ending = Ending(f"{victim} killed, no keys, {self._on_unknown}", seconds=round(time.monotonic() - begun, 1))
        with open_instance() as instance:
            job_id = self._drill.runs(instance, self._number)[-1].run_id
        with closing(open_books(self._drill.cluster.environment("books"))) as ledger:
            ending.in_doubt = str(ledger.totals(job_id).unknown)
            ending.wrong += self._unmet(made, ledger.calls(job_id))
            if self._on_unknown == "hold":
                ending.wrong += self._resolved(ledger, job_id)
            self._take_down_the_money(ending, ledger.totals(job_id))
        return ending

    def _unmet(self, made: bool, calls: list[Call]) -> Iterator[str]:
        doubted = [call for call in calls if call.state == State.UNKNOWN]
        requests = [line["request"] for line in self._lines]
        if self._on_unknown == "retry" and not made:
            yield "it was not finished"
        if self._on_unknown == "hold" and (made or len(doubted) != 1 or len(requests) != len(set(requests))):
            yield f"it was not held: {len(doubted)} calls in doubt, {len(requests)} billed"

    def _resolved(self, ledger: Ledger, job_id: str) -> Iterator[str]:
        """As a person does: the call's price from the invoice, then `adgen resume`, which makes it anew."""
        for call in ledger.calls(job_id):
            if call.state == State.UNKNOWN:
                ledger.resolve(call.id, billed(self._lines) - ledger.totals(job_id).spent)
        code = self._drill.run("resume", job_id)
        if code != 0:
            yield f"`adgen resume` ended with {code}"

    def _take_down_the_money(self, ending: Ending, totals: Totals) -> None:
        charged = billed(self._lines)
        ending.billed, ending.charged, ending.booked = len(self._lines), str(charged), str(totals.spent)
        if ending.billed != CALLS + 1 or charged > totals.spent + totals.unknown:
            ending.wrong.append(f"{ending.billed} calls for {charged}, booked are {totals.spent}")

    @property
    def _lines(self) -> list[Line]:
        return self._drill.services.invoice(self._number)
