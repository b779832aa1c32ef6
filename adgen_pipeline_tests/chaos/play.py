"""Plays one schedule: lets the ad be bought, killed and resumed until it is done or rightly stopped."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from adgen_pipeline_tests.chaos import invariants, invoice
from adgen_pipeline_tests.chaos.person import Person, Played
from adgen_pipeline_tests.chaos.schedules import Schedule
from adgen_pipeline_tests.chaos.world import Callers, Services, fresh_home

_LOOK_SECONDS = 0.005
_AUDIT_SECONDS = 0.05
_TOO_LONG_SECONDS = 60.0


def play(schedule: Schedule, folder: Path, wanted: dict[str, Any] | None, database_url: str | None = None) -> Played:
    """Play it in the new `folder`; `wanted` is what the ad consists of when nothing goes wrong (None: not known)."""
    started = time.monotonic()
    fresh_home(folder, folder.parent / "empty.db")
    with closing(Services(folder, [schedule], folder.parent / "stock")) as services:
        callers = Callers(schedule, services, database_url)
        with closing(callers.ledger()) as ledger:
            played = _Game(services, callers, Person(schedule, schedule.job_id, services, ledger)).play(wanted)
    played.seconds = round(time.monotonic() - started, 2)
    return played


class _Game:
    """One schedule under way."""

    def __init__(self, services: Services, callers: Callers, person: Person):
        self._services = services
        self._callers = callers
        self._person = person

    def play(self, wanted: dict[str, Any] | None) -> Played:
        played = self._person.played
        while not played.end:
            self._callers.start(self._person.max_cost)
            self._watch()
            outcomes = self._callers.outcomes()
            self._person.audit()
            played.end = self._judge(outcomes)
        played.kills, played.points = self._callers.kills, invoice.read(self._callers.notes)
        return self._person.take_stock(self._callers.orphans(), wanted)

    def _watch(self) -> None:
        """Until the life is over: keep the services going, and the books in sight."""
        until = time.monotonic() + _TOO_LONG_SECONDS
        audit_at = 0.0
        while self._callers.any_alive():
            self._services.look_after()
            if time.monotonic() >= audit_at:
                self._person.audit()
                audit_at = time.monotonic() + _AUDIT_SECONDS
            if time.monotonic() > until:
                self._person.played.found([f"a life was not over after {_TOO_LONG_SECONDS:g} s"])
                self._callers.kill()
            time.sleep(_LOOK_SECONDS)
        self._services.look_after()

    def _judge(self, outcomes: list[dict[str, Any] | None]) -> str:
        """How the schedule ends, or "" if the ad is to be resumed."""
        if None in outcomes:
            return self._person.resumed_after_kill()
        errors = [error for outcome in outcomes if outcome for error in outcome.get("errors", [])]
        if errors:
            return self._person.decide(errors)
        made = [outcome["done"] for outcome in outcomes if outcome]
        self._person.played.made = made[0]
        for other in made[1:]:
            self._person.played.found(invariants.same_ad(other, made[0]))
        return "finished"
