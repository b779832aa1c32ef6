"""The one transaction in which a call is read back, taken up, reused, or reserved anew."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.errors import BudgetExceeded, LedgerError
from adgen_pipeline.ledger.entries import Call, Claim, State, Wanted, WhenUnknown
from adgen_pipeline.ledger.schema import calls, jobs
from adgen_pipeline.processes import is_gone

_AGAIN = {"lost": False, "location": None, "response": None, "error": None, "reused_from": None, "saved": Decimal(0)}


@dataclass(frozen=True)
class Claiming:
    """One owner asking for one call, at `now`; what it gets is its own until `lease_until`."""

    connection: sa.Connection
    wanted: Wanted
    ceiling: Decimal
    owner: str
    now: datetime
    lease_until: datetime

    def decide(self, *, reuse: bool, when_unknown: WhenUnknown, patient: bool) -> Claim:
        """See `Ledger.claim`."""
        lock_job(self.connection, self.wanted.job_id)
        found = self._find(calls.c.key == self.wanted.key)
        if found and found.state == State.SETTLED:
            return Claim(call=found, next="read")
        if found and found.state in (State.CLAIMED, State.UNKNOWN):
            return self._take_up(found, when_unknown)
        if reuse:
            lock_request(self.connection, self.wanted.request_hash)
            # In this order: Postgres shows each query what holds by then, and one that settles meanwhile is settled.
            under_way = self._equal_under_way()
            equal = self._equal_call()
            if equal:
                return Claim(call=self._reuse(found, equal), next="read")
            if under_way:
                return Claim(call=under_way, next="wait")
        ahead = self._reserved_ahead() if patient else None
        if ahead:
            return Claim(call=ahead, next="wait")
        check_budget(self.connection, self.wanted, self.ceiling)
        return self._send(found, **self._renewed(found), **_AGAIN, reserved=self.ceiling)

    def _reserved_ahead(self) -> Call | None:
        """A call under way of this job whose reservation is all that leaves no room: most calls cost less than their
        ceiling, and there may be room when it has ended."""
        max_cost = self.connection.execute(
            sa.select(jobs.c.max_cost).where(jobs.c.job_id == self.wanted.job_id)
        ).scalar_one()
        spent, held = exposure(self.connection, self.wanted.job_id)
        if spent + held + self.ceiling <= max_cost:
            return None
        query = sa.select(calls).where(calls.c.job_id == self.wanted.job_id, calls.c.state == State.CLAIMED)
        claimed = [Call.model_validate(row) for row in self.connection.execute(query).mappings()]
        ahead = [call for call in claimed if call.reserved and self._is_worked_on(call)]
        room = max_cost - spent - held + sum((call.reserved for call in ahead), Decimal(0))
        return ahead[0] if ahead and self.ceiling <= room else None

    def _renewed(self, found: Call | None) -> dict[str, Any]:
        """A call that ended without an answer is asked as if for the first time: new key, today's body and service."""
        today = self.wanted.model_dump(include={"body", "request_hash", "payee"})
        return {"renewals": found.renewals + 1, **today} if found else {}

    def _take_up(self, found: Call, when_unknown: WhenUnknown) -> Claim:
        """Go on with a call that was begun: by another owner, by an earlier one that is gone, or by this one."""
        if found.owner != self.owner and self._is_worked_on(found):
            return Claim(call=found, next="wait")
        if found.response is not None:
            return Claim(call=self._book(found, **self._mine), next="fetch")
        moved = found.payee not in (None, self.wanted.payee)
        if found.location is not None and not moved:
            return Claim(call=self._book(found, state=State.CLAIMED, **self._mine), next="poll")
        if when_unknown == "hold":
            return Claim(call=self._book(found, state=State.UNKNOWN, lost=True, lease_until=None), next="hold")
        if when_unknown == "reattach" and not moved:
            return self._send(found, lost=True)
        check_budget(self.connection, self.wanted, self.ceiling)
        today = self._renewed(found) if moved else {}  # another service knows nothing of it: what it cost is in doubt
        return self._send(found, **today, **_AGAIN, doubted=found.doubted + found.reserved, reserved=self.ceiling)

    def _is_worked_on(self, call: Call) -> bool:
        """By an owner whose lease runs and whose process, as far as can be seen from here, lives."""
        return call.lease_until is not None and call.lease_until > self.now and not owner_is_gone(call.owner)

    def _send(self, found: Call | None, **values: Any) -> Claim:
        attempts = found.attempts + 1 if found else 1
        call = self._book(found, state=State.CLAIMED, attempts=attempts, **self._mine, **values)
        return Claim(call=call, next="send")

    def _reuse(self, found: Call | None, equal: Call) -> Call:
        """Settle the call with the answer of an equal one, for nothing."""
        return self._book(
            found,
            state=State.SETTLED,
            response=equal.response,
            files=equal.model_dump(mode="json", include={"files"})["files"],
            reused_from=equal.id,
            saved=equal.cost,
            error=None,
        )

    @property
    def _mine(self) -> dict[str, Any]:
        return {"owner": self.owner, "lease_until": self.lease_until}

    def _equal_call(self) -> Call | None:
        """A settled call with an equal request: the one that the job's source has, or else the newest of any job."""
        equal = calls.c.request_hash == self.wanted.request_hash, calls.c.state == State.SETTLED
        source = sa.select(jobs.c.source).where(jobs.c.job_id == self.wanted.job_id).scalar_subquery()
        of_source = self._find(*equal, calls.c.job_id == source, lock=False)
        if of_source and of_source.reused_from:
            of_source = self._find(calls.c.id == of_source.reused_from, calls.c.state == State.SETTLED, lock=False)
        return of_source or self._find(*equal, calls.c.reused_from.is_(None), lock=False)

    def _equal_under_way(self) -> Call | None:
        """An equal request that somebody is just buying: waiting for it costs nothing."""
        equal = calls.c.request_hash == self.wanted.request_hash, calls.c.state == State.CLAIMED
        claimed = self.connection.execute(sa.select(calls).where(*equal).order_by(calls.c.id.desc())).mappings()
        return next((call for call in map(Call.model_validate, claimed) if self._is_worked_on(call)), None)

    def _find(self, *conditions: sa.ColumnElement[bool], lock: bool = True) -> Call | None:
        """The newest such call; locked, so that its owner and others wait until this transaction is over."""
        query = sa.select(calls).where(*conditions).order_by(calls.c.id.desc()).limit(1)
        row = self.connection.execute(query.with_for_update() if lock else query).mappings().first()
        return Call.model_validate(row) if row else None

    def _book(self, found: Call | None, **values: Any) -> Call:
        """Write `values` into the row that was found, or into a new one."""
        values |= {"updated_at": self.now}
        if found:
            statement: Any = sa.update(calls).where(calls.c.id == found.id).values(values)
        else:
            statement = sa.insert(calls).values(self._blank | values)
        return Call.model_validate(self.connection.execute(statement.returning(calls)).mappings().one())

    @property
    def _blank(self) -> dict[str, Any]:
        nothing = dict.fromkeys(("reserved", "doubted", "cost", "saved"), Decimal(0))
        flags = {"lost": False, "over_ceiling": False, "attempts": 0, "renewals": 0, "files": {}}
        return (
            self.wanted.model_dump(exclude={"ceiling"})
            | nothing
            | flags
            | {"owner": self.owner, "created_at": self.now}
        )


def lock_job(connection: sa.Connection, job_id: str) -> None:
    """Let one transaction at a time touch the job's budget. Raises LedgerError when nobody began the job."""
    if connection.execute(sa.select(jobs.c.job_id).where(jobs.c.job_id == job_id).with_for_update()).first() is None:
        raise LedgerError(f"the ledger has no job {job_id}: begin it first")


def lock_request(connection: sa.Connection, request_hash: str) -> None:
    """Let one transaction at a time look for equal requests; on SQLite only one writes anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(request_hash, 0))))


def owner_is_gone(owner: str) -> bool:
    """Whether the process in `owner` ("<run>@<process>", see `processes`) has surely ended."""
    return is_gone(owner.rpartition("@")[2])


def exposure(connection: sa.Connection, job_id: str) -> tuple[Decimal, Decimal]:
    """What the job has spent, and what is held back beside it (reserved and in doubt), in USD."""
    sums = [sa.func.coalesce(sa.func.sum(column), 0) for column in (calls.c.cost, calls.c.reserved, calls.c.doubted)]
    spent, reserved, doubted = connection.execute(sa.select(*sums).where(calls.c.job_id == job_id)).one()
    return spent, reserved + doubted


def check_budget(
    connection: sa.Connection,
    call: Wanted | Call,
    ceiling: Decimal,
    *,
    billed: Decimal = Decimal(0),
    freed: Decimal = Decimal(0),
) -> None:
    """Raise BudgetExceeded if another `ceiling` could pass the job's limit; the job is locked.

    `billed` is spent but not booked yet, `freed` reserved but needed no more.
    """
    max_cost = connection.execute(sa.select(jobs.c.max_cost).where(jobs.c.job_id == call.job_id)).scalar_one()
    spent, reserved = exposure(connection, call.job_id)
    spent, reserved = spent + billed, reserved - freed
    if spent + reserved + ceiling > max_cost:
        raise BudgetExceeded(
            job_id=call.job_id,
            service=call.service,
            stage=call.stage,
            scene=call.scene,
            ceiling=ceiling,
            spent=spent,
            reserved=reserved,
            max_cost=max_cost,
        )
