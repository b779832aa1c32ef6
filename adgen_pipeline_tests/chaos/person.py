"""The person behind one ad, whoever runs it: looks into the books all the time, and answers failures."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from adgen_pipeline.ledger import Call, Ledger, State
from adgen_pipeline_tests.chaos import invariants
from adgen_pipeline_tests.chaos.invoice import Line, billed
from adgen_pipeline_tests.chaos.schedules import Schedule
from adgen_pipeline_tests.chaos.world import Services

MAX_RESUMES = 25
"""Faults are finite: an ad that is not done by then never will be."""


@dataclass
class Played:
    """What became of a schedule. `end`: finished, or why it was rightly stopped; money in USD."""

    schedule: Schedule
    end: str = ""
    violations: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    resumes: int = 0
    audits: int = 0
    attempts: int = 0
    calls: int = 0
    charged: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)
    made: dict[str, Any] | None = None
    seconds: float = 0.0
    story: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)

    def found(self, violations: Iterable[str]) -> None:
        """Take down what is wrong, each once."""
        for violation in violations:
            if violation not in self.violations:
                self.violations.append(violation)
                self.story.append(f"VIOLATION: {violation}")


class Person:
    """Watches one ad of a schedule, and answers its failures."""

    def __init__(self, schedule: Schedule, job_id: str, services: Services, ledger: Ledger):
        self.played = Played(schedule)
        self.max_cost = schedule.max_cost
        self._schedule = schedule
        self._job_id = job_id
        self._services = services
        self._ledger = ledger

    def audit(self) -> None:
        """What must hold at every moment. The services' papers are read first: the ledger may only be ahead of them."""
        diary, lines = self._papers()
        totals, calls = invariants.totals_of(self._ledger, self._job_id), self.calls()
        self.played.found(invariants.is_covered(lines, totals))
        self.played.found(invariants.answers_are_booked(diary, lines, calls))
        self.played.audits += 1

    def decide(self, errors: list[dict[str, Any]]) -> str:
        """How it ends after these errors (`type`, `message`, `details`), or "" if the ad is to be resumed."""
        self.played.story += [str(error) for error in errors]
        kinds = {error["type"]: error for error in errors}
        ends = [self._end_by(kind, error) for kind, error in kinds.items()]
        return next((end for end in ends if end), "") or self._resume()

    def resumed_after_kill(self) -> str:
        """A death: it is resumed, as long as that makes sense."""
        self.played.story.append("killed")
        return self._resume()

    def take_stock(self, orphans: list[int], wanted: dict[str, Any] | None) -> Played:
        """What must hold in the end, and what it came to; `wanted` is the ad as it is when nothing goes wrong."""
        played, schedule = self.played, self._schedule
        (diary, lines), calls = self._papers(), self.calls()
        totals = invariants.totals_of(self._ledger, self._job_id)
        played.found(invariants.nothing_twice(schedule, diary, lines))
        played.found(invariants.no_claim_open(calls))
        played.found(invariants.no_conflicts(diary))
        played.found(invariants.no_orphans(orphans))
        if played.made and wanted:
            played.found(invariants.same_ad(played.made, wanted))
        if totals:
            played.found(invariants.to_the_cent(schedule, lines, totals, finished=played.end == "finished"))
            played.spent, played.unknown = totals.spent, totals.unknown
        played.charged = billed(lines)
        played.faults = Counter(event["kind"] for event in diary if event["what"] == "post" and event["kind"])
        played.faults["expired_url"] = sum(event.get("told") == "expired" for event in diary)
        played.papers = [f"diary: {line}" for line in diary] + [f"invoice: {line}" for line in lines]
        played.papers += [f"ledger: {_shown(call)}" for call in calls]
        played.calls, played.attempts = len(calls), sum(call.attempts for call in calls)
        return played

    def calls(self) -> list[Call]:
        """The ad's calls in the ledger."""
        return self._ledger.calls(self._job_id)

    def _papers(self) -> tuple[list[Line], list[Line]]:
        diary = self._services.diary(self._schedule.number)
        return diary, self._services.invoice(self._schedule.number)

    def _resume(self) -> str:
        self.played.resumes += 1
        if self.played.resumes <= MAX_RESUMES:
            return ""
        self.played.found([f"it was not done after {MAX_RESUMES} resumes"])
        return "given up"

    def _end_by(self, kind: str, error: dict[str, Any]) -> str:
        """What a person does about errors of this kind: resumes ("") or leaves it at that."""
        match kind:
            case "BudgetExceeded":
                return self._raise_budget()
            case "CallHeld":
                return self._look_up_held_calls()
            case "ServiceRejected" | "BadReply" | "ArtifactError":
                self.played.found(invariants.is_explained(error, self._papers()[0]))
                self._settle_hidden_prices()
                return "" if self._schedule.patient else "refused"
            case "ServiceUnavailable" | "ArtifactUnavailable":
                time.sleep(min(1.0, float(error["details"].get("retry_after") or 0.0)))
                return ""
        self.played.found([f"it ended by {kind}: {error['message']}"])
        return "crashed"

    def _raise_budget(self) -> str:
        """A person may give more money; the paid work is kept."""
        if self._schedule.raised is None or self.max_cost == self._schedule.raised:
            return "budget"
        self.max_cost = self._schedule.raised
        return ""

    def _look_up_held_calls(self) -> str:
        """A person looks each held call up in the invoice: what was not charged may be made again."""
        if self._schedule.terms != "hold":
            self.played.found(["a call was held although nobody asked for that"])
        charged = [self._settle_by_hand(call) for call in self.calls() if call.state == State.UNKNOWN]
        return "held" if any(charged) else ""

    def _settle_hidden_prices(self) -> None:
        """A key would repeat an answer without a price for ever: a person looks the price up in the invoice."""
        for call in self.calls() if self._schedule.honours_keys else ():
            if call.state == State.UNKNOWN and call.error and call.error["details"].get("status") == 200:
                self._settle_by_hand(call)

    def _settle_by_hand(self, call: Call) -> bool:
        if not call.reserved:
            self.played.found([f"call {call.id} is in doubt, and nothing is reserved for it"])
            return True
        body = hashlib.sha256(call.body).hexdigest()
        due = billed([line for line in self._papers()[1] if line["body"] == body]) - call.cost
        self._ledger.resolve(call.id, due)
        return due > 0


def _shown(call: Call) -> dict[str, Any]:
    fields = {"id", "stage", "scene", "state", "idempotency_key", "reserved", "doubted", "cost", "attempts", "renewals"}
    return {name: str(getattr(call, name)) for name in sorted(fields)}
