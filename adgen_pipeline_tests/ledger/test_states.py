"""Hypothesis plays two owners, a person and a service with an invoice of its own, in orders nobody thought of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from adgen_pipeline.errors import BudgetExceeded, ClaimLost, LedgerError
from adgen_pipeline.ledger import Call, Ledger, State, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import CEILING, GONE, LOST, wanted

LEGAL = {
    (None, "claimed"),
    (None, "settled"),
    ("claimed", "settled"),
    ("claimed", "failed"),
    ("claimed", "unknown"),
    ("claimed", "released"),
    ("unknown", "claimed"),
    ("unknown", "failed"),
    ("unknown", "released"),
    ("failed", "claimed"),
    ("failed", "settled"),
    ("released", "claimed"),
    ("released", "settled"),
    ("settled", "failed"),
}
CENTS = st.integers(0, 60).map(lambda cents: Decimal(cents).scaleb(-2))
LEASES = st.sampled_from([0.0, 1000.0])


@dataclass
class Flight:
    """A claim that somebody works with; `told` is what the service said to the last POST, and charged."""

    call: Call
    told: tuple[str, Decimal] | None = None


class Trade(RuleBasedStateMachine):
    """Three calls of one job. Whatever happens, the invoice is covered by the ledger, and the ledger by the budget."""

    ledger: Ledger

    @initialize(honours_keys=st.booleans(), dollars=st.integers(1, 3))
    def begin(self, honours_keys: bool, dollars: int) -> None:
        """A job, and a service that honours keys or does not."""
        self.honours_keys = honours_keys
        self.job_id = uuid4().hex
        self.budget = self.ledger.begin_job(self.job_id, Decimal(dollars)).max_cost
        self.invoice = Decimal(0)
        self.billed: dict[int, Decimal] = {}
        self.remembered: dict[str, tuple[str, Decimal]] = {}
        self.flights: list[Flight] = []
        self.states: dict[int, str] = {}

    @rule(
        number=st.integers(0, 2),
        owner=st.sampled_from(["run 1", "run 2"]),
        lease=LEASES,
        hold=st.booleans(),
        reuse=st.booleans(),
    )
    def claim(self, number: int, owner: str, lease: float, hold: bool, reuse: bool) -> None:
        """An owner asks for a call; two of the three are equal requests."""
        terms: Any = "reattach" if self.honours_keys else "hold" if hold else "retry"
        request = {"job_id": self.job_id, "request_hash": f"{self.job_id} {number // 2}"}
        before = self.ledger.totals(self.job_id)
        try:
            claim = self.ledger.claim(
                wanted(f"{self.job_id} {number}", **request), owner, reuse=reuse, when_unknown=terms, lease=lease
            )
        except BudgetExceeded:
            assert before.left < CEILING
            return
        if claim.next in ("send", "fetch"):
            assert claim.call.owner == owner
            told = ("answered", claim.call.cost) if claim.next == "fetch" else None
            mine = (claim.call.id, owner)
            self.flights = [flight for flight in self.flights if (flight.call.id, flight.call.owner) != mine]
            self.flights.append(Flight(claim.call, told))
        else:
            assert self.ledger.totals(self.job_id).left == before.left

    @precondition(lambda self: self.unsent())
    @rule(data=st.data(), cost=CENTS, outcome=st.sampled_from(["success", "failure", "transient"]))
    def post(self, data: st.DataObject, cost: Decimal, outcome: str) -> None:
        """The call is sent, and the service charges for it, or remembers that it has."""
        flight = data.draw(st.sampled_from(self.unsent()))
        try:
            key = self.ledger.renew(flight.call.id, flight.call.owner, 0).idempotency_key
        except ClaimLost:
            self.ledger.heard_late(flight.call, Decimal(0))
            self.flights.remove(flight)
            return
        if self.honours_keys and key in self.remembered:
            flight.told = self.remembered[key]
            return
        charged = Decimal(0) if outcome == "transient" else cost
        flight.told = (outcome, charged)
        self.invoice += charged
        self.billed[flight.call.id] = self.billed.get(flight.call.id, Decimal(0)) + charged
        if outcome != "transient":
            self.remembered[key] = flight.told

    @precondition(lambda self: self.sent())
    @rule(data=st.data(), retry=st.booleans(), lease=LEASES)
    def hear(self, data: st.DataObject, retry: bool, lease: float) -> None:
        """The service's answer arrives and is booked."""
        flight = data.draw(st.sampled_from(self.sent()))
        call, (outcome, cost) = flight.call, flight.told or ("", Decimal(0))
        try:
            if outcome == "success":
                self.ledger.answered(call.id, call.owner, cost, {"video_url": "http://v.example/1"})
                flight.told = ("answered", cost)
                self.ledger.renew(call.id, call.owner, lease)
            elif retry:
                flight.call = self.ledger.retry(call.id, call.owner, cost=cost, lease=lease)
                flight.told = None
            else:
                self.ledger.fail(call.id, call.owner, cost, LOST)
                self.flights.remove(flight)
        except BudgetExceeded:
            self.ledger.fail(call.id, call.owner, cost, LOST)
            self.flights.remove(flight)
        except ClaimLost:
            self.ledger.heard_late(call, cost)
            self.check_lost(flight)

    @precondition(lambda self: self.sent())
    @rule(data=st.data(), retry=st.booleans(), lease=LEASES)
    def lose(self, data: st.DataObject, retry: bool, lease: float) -> None:
        """The service's answer is lost."""
        flight = data.draw(st.sampled_from(self.sent()))
        call = flight.call
        try:
            if retry:
                lost: Any = "reattach" if self.honours_keys else "retry"
                flight.call = self.ledger.retry(call.id, call.owner, lost=lost, lease=lease)
                flight.told = None
            else:
                self.ledger.doubt(call.id, call.owner, Decimal(0), LOST)
                self.flights.remove(flight)
        except BudgetExceeded:
            self.ledger.doubt(call.id, call.owner, Decimal(0), LOST)
            self.flights.remove(flight)
        except ClaimLost:
            self.check_lost(flight)

    @precondition(lambda self: self.answered())
    @rule(data=st.data(), kept=st.booleans())
    def finish(self, data: st.DataObject, kept: bool) -> None:
        """The answer's files are kept, or are no good."""
        flight = data.draw(st.sampled_from(self.answered()))
        try:
            if kept:
                self.ledger.settle(flight.call.id, flight.call.owner, {})
            else:
                self.ledger.fail(flight.call.id, flight.call.owner, Decimal(0), GONE)
            self.flights.remove(flight)
        except ClaimLost:
            self.check_lost(flight)

    @precondition(lambda self: self.unsent())
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        """The run is stopped before it sent anything."""
        flight = data.draw(st.sampled_from(self.unsent()))
        try:
            self.ledger.release(flight.call.id, flight.call.owner)
            self.flights.remove(flight)
        except ClaimLost:
            self.check_lost(flight)

    @precondition(lambda self: self.flights)
    @rule(data=st.data())
    def kill(self, data: st.DataObject) -> None:
        """A process dies, and its lease runs out."""
        flight = data.draw(st.sampled_from(self.flights))
        self.flights.remove(flight)
        try:
            self.ledger.renew(flight.call.id, flight.call.owner, 0)
        except ClaimLost:
            self.check_lost(flight)

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def look_up(self, data: st.DataObject) -> None:
        """A person looks a call up in the invoice and says what it cost."""
        call = self.ledger.call(data.draw(st.sampled_from(sorted(self.states))))
        unbooked = self.billed.get(call.id, Decimal(0)) - call.cost
        if self.honours_keys or any(flight.call.id == call.id for flight in self.flights):
            return
        try:
            self.ledger.resolve(call.id, unbooked)
        except LedgerError:
            assert not call.reserved + call.doubted or call.lease_until

    @precondition(lambda self: State.SETTLED in self.states.values())
    @rule(data=st.data())
    def lose_files(self, data: st.DataObject) -> None:
        """The files of a settled call are deleted."""
        settled = sorted(number for number, state in self.states.items() if state == State.SETTLED)
        self.ledger.forget(self.ledger.call(data.draw(st.sampled_from(settled))), GONE)

    @rule(dollars=st.integers(1, 5))
    def change_budget(self, dollars: int) -> None:
        """A retry comes with another limit."""
        self.budget = self.ledger.begin_job(self.job_id, Decimal(dollars)).max_cost
        assert self.budget >= dollars

    @invariant()
    def the_invoice_is_covered_and_the_budget_holds(self) -> None:
        """What was charged is spent or held back, and that is within the limit."""
        totals = self.ledger.totals(self.job_id)
        held = totals.reserved + totals.unknown
        assert self.invoice <= totals.spent + held <= totals.max_cost == self.budget
        if not held:
            assert totals.spent == self.invoice

    @invariant()
    def every_step_was_legal(self) -> None:
        """No call went from a state to one that does not follow."""
        for call in self.ledger.calls(self.job_id):
            before = self.states.get(call.id)
            assert before == call.state or (before, call.state) in LEGAL
            self.states[call.id] = call.state

    def unsent(self) -> list[Flight]:
        """The claims whose call was not sent yet."""
        return [flight for flight in self.flights if flight.told is None]

    def sent(self) -> list[Flight]:
        """The claims whose call the service has dealt with, unheard."""
        return [flight for flight in self.flights if flight.told and flight.told[0] != "answered"]

    def answered(self) -> list[Flight]:
        """The claims whose answer is booked."""
        return [flight for flight in self.flights if flight.told and flight.told[0] == "answered"]

    def check_lost(self, flight: Flight) -> None:
        """A refused owner is one whose claim ended or was taken over, never one in its lease."""
        self.flights = [other for other in self.flights if other is not flight]
        now = self.ledger.call(flight.call.id)
        live = now.lease_until is not None and now.lease_until > now.updated_at
        assert not (now.state == State.CLAIMED and now.owner == flight.call.owner and live and not now.response)


def test_in_any_order_the_invoice_is_covered_and_the_budget_holds(settings: Settings) -> None:
    """Charges never exceed spent plus held back, nor that the limit; once nothing is held back, all is equal."""
    with open_ledger(settings) as ledger:
        run_state_machine_as_test(type("Here", (Trade,), {"ledger": ledger}), settings=_SETTINGS)


_SETTINGS = hypothesis_settings(
    max_examples=40, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
