"""The book itself: jobs with their budgets, calls with their states, and what they add up to."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal, Self

import sqlalchemy as sa

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import AdgenError, Cancelled, ClaimLost, LedgerError, LeftToAnother, NotInLedger
from adgen_pipeline.ledger.breaker import Breaker
from adgen_pipeline.ledger.campaigns import Campaigns
from adgen_pipeline.ledger.claiming import Claiming, check_budget, exposure, lock_job, owner_is_gone
from adgen_pipeline.ledger.commissions import Commissions
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.entries import Call, Claim, Job, News, Outcome, State, Totals, Wanted, WhenUnknown
from adgen_pipeline.ledger.history import History
from adgen_pipeline.ledger.intakes import Intakes
from adgen_pipeline.ledger.keeping import Keeping
from adgen_pipeline.ledger.looks import Looks
from adgen_pipeline.ledger.outbox import Outbox
from adgen_pipeline.ledger.past import Past
from adgen_pipeline.ledger.records import Records
from adgen_pipeline.ledger.schema import calls, jobs, to_micros
from adgen_pipeline.ledger.totals import totals
from adgen_pipeline.ledger.vitals import Vitals

LEASE_SECONDS = 90.0
"""How long a claim is its owner's without `renew`: how long others wait after the owner was killed on another machine.

Longer than RUN_PATIENCE by what an owner needs to renew it. Nobody can while the server is away, and who waited for it
as long as a run does is to find the claims of owners who live.
"""

_NEWS: dict[Outcome, News] = {"completed": "job.completed", "failed": "job.failed", "cancelled": "job.cancelled"}
_NOTHING = Decimal(0)
_MOST_NAMED = 5
_unanswered = calls.c.response.is_(None)
_DONE: dict[str, Any] = {"reserved": _NOTHING, "lost": False, "lease_until": None}


@patient
class Ledger:
    """The ledger over one database; safe to use from all threads of a process.

    An owner is a text that names one process of one run; it works on a call only once at a time. Every `cost` is
    what was billed since the call was last written about, in USD: costs of a call add up. All methods raise
    LedgerError when the database is out of reach or does not know what is named, and the writing ones ClaimLost when
    the call is no longer the owner's; nothing is written then.
    """

    def __init__(self, database: Database, cost_warning: Decimal, webhook_url: str | None = None):
        self._database = database
        self._cost_warning = cost_warning
        self.breaker = Breaker(database)
        self.history = History(database)
        self.looks = Looks(database)
        self.commissions = Commissions(database)
        self.campaigns = Campaigns(database)
        self.records = Records(database, cost_warning)
        self.vitals = Vitals(database)
        self.outbox = Outbox(database, webhook_url)
        self.intakes = Intakes(database)
        self.past = Past(database)
        self.keeping = Keeping(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def begin_job(
        self,
        job_id: str,
        max_cost: Decimal,
        brief: Mapping[str, Any] | None = None,
        *,
        source: str | None = None,
        run: str | None = None,
    ) -> Job:
        """Begin the job, or go on with it under a new `max_cost` (USD) and brief.

        What it reuses, and its look, it takes from the job `source` before all others.
        A higher limit raises the budget; a lower one takes it down, but not below what is spent and reserved.
        What became of it before is forgotten: it goes on. Not so where the `run` is the one that ended it: that is a
        worker that was taken for dead, and comes late.
        """
        with self._database.write() as connection:
            row = {"job_id": job_id, "max_cost": max_cost, "brief": brief}
            row |= {"source": source, "warned": False, "created_at": now(connection)}
            connection.execute(insert(connection, jobs).values(row).on_conflict_do_nothing())
            lock_job(connection, job_id)
            job = _job(connection, job_id)
            spent, held = exposure(connection, job_id)
            allowed = max(max_cost, min(job.max_cost, spent + held))
            values = {"max_cost": allowed, "brief": brief or job.brief, "source": source or job.source}
            if run is None or run != job.ended_by:
                values |= {"outcome": None, "error": None, "ended_at": None, "media_deleted_at": None}
            connection.execute(sa.update(jobs).where(jobs.c.job_id == job_id).values(values))
            return job.model_copy(update=values)

    def enlist_job(
        self, job_id: str, max_cost: Decimal, brief: Mapping[str, Any] | None = None, *, source: str | None = None
    ) -> None:
        """Write down a job whose run was launched, for lists that show it while it waits; one that has begun stays."""
        with self._database.write() as connection:
            row = {"job_id": job_id, "max_cost": max_cost, "brief": brief}
            row |= {"source": source, "warned": False, "created_at": now(connection)}
            connection.execute(insert(connection, jobs).values(row).on_conflict_do_nothing())

    def end_job(self, job_id: str, outcome: Outcome, run: str, error: Mapping[str, Any] | None = None) -> bool:
        """The job has ended for good by `run`, and its receivers are to be told; False where nothing is new.

        Nothing is new of an end that is known already, and a finished ad stays finished, whatever becomes of a later
        run that did not begin it anew. Nor of a job that the ledger does not know: `enlist_job` first, where it never
        began. `error` is code, message, failed_stage and details.
        """
        with self._database.write() as connection:
            moment = now(connection)
            job = _find_job(connection, job_id, lock=True)
            if job is None or job.ended_by == run or (job.outcome == "completed" and outcome != "completed"):
                return False
            values = {"outcome": outcome, "error": error, "ended_at": moment, "ended_by": run}
            connection.execute(sa.update(jobs).where(jobs.c.job_id == job_id).values(values))
            self.outbox.add(connection, job, _NEWS[outcome], run, error)
            return True

    def deliver(self, job_id: str, files: Mapping[str, Artifact]) -> None:
        """The job's ad is ready to leave: these are its files."""
        told = {name: artifact.model_dump(mode="json") for name, artifact in files.items()}
        with self._database.write() as connection:
            connection.execute(sa.update(jobs).where(jobs.c.job_id == job_id).values(delivered=told))

    def claim(
        self,
        wanted: Wanted,
        owner: str,
        *,
        reuse: bool = True,
        when_unknown: WhenUnknown = "reattach",
        patient: bool = False,
        lease: float = LEASE_SECONDS,
    ) -> Claim:
        """Claim a call before it is sent; the answer says what to do next (see `Next`).

        A settled call of this key is read back. One that was begun is waited for while its owner's lease of `lease`
        seconds lasts, and taken over after that: from its stored answer, or else as `when_unknown` says (`reattach`
        only where it went to the same payee; another one cannot know the key, and is asked anew). One that
        failed or was released is claimed anew and keeps what it cost. With `reuse`, an equal request that any job
        settled is taken over for nothing, and one under way is waited for. Else the ceiling is reserved; who is
        `patient` waits where only calls under way leave no room for it.

        Raises BudgetExceeded when the ceiling could pass the job's `max_cost`, LedgerError when there is no ceiling.
        """
        if wanted.ceiling is None:
            setting = f"{wanted.service.upper()}_MAX_CALL_COST"
            raise LedgerError(f"{wanted.stage}: a call without a known ceiling is not made; set {setting}")
        with self._database.write() as connection:
            moment = now(connection)
            until = moment + timedelta(seconds=lease)
            claiming = Claiming(connection, wanted, wanted.ceiling, owner, moment, until)
            return claiming.decide(reuse=reuse, when_unknown=when_unknown, patient=patient)

    def renew(self, call_id: int, owner: str, seconds: float = LEASE_SECONDS) -> Call:
        """Keep the claim for `seconds` more; 0 lets go of it as it is, for the next who asks.

        To be done after a wait and before a POST, too: another may have taken over meanwhile.
        """
        with self._database.write() as connection:
            until = now(connection) + timedelta(seconds=seconds)
            return self._write(connection, call_id, owner, calls.c.state == State.CLAIMED, lease_until=until)

    def retry(
        self,
        call_id: int,
        owner: str,
        *,
        cost: Decimal = _NOTHING,
        told: bool = False,
        lost: Literal["reattach", "retry"] | None = None,
        lease: float = LEASE_SECONDS,
    ) -> Call:
        """Book that an attempt failed for `cost`, and reserve the next one: send the `body` of the call this returns.

        `told` says that the service itself answered so, billed or not: the next attempt has a new `idempotency_key`,
        since under the old one a service that honours keys would repeat the failure and its price. Where an earlier
        attempt was lost, only a billed failure is taken for its answer; after a free one the key stays.
        `lost` says that its answer was lost, and whether the same key asks for it again (`reattach`) or a second
        charge is possible (`retry`): then its ceiling stays reserved in `doubted`.
        Raises BudgetExceeded when the next attempt could pass the limit; nothing is booked then, so `fail` or `doubt`
        the call with this `cost`.
        """
        with self._database.write() as connection:
            lock_job(connection, _call(connection, call_id).job_id)
            # Who lost the claim hears that, and not that there is no money left: it would doubt another's call.
            call = self._write(connection, call_id, owner, _unanswered)
            freed = _NOTHING if lost == "retry" else call.reserved
            # A free refusal tells nothing of an earlier attempt that was lost: its key is asked for again.
            told = lost is None and (cost > 0 or (told and not call.lost))
            check_budget(connection, call, call.reserved, billed=cost, freed=freed)
            return self._write(
                connection,
                call_id,
                owner,
                _unanswered,
                cost=cost,
                attempts=calls.c.attempts + 1,
                doubted=calls.c.doubted + (call.reserved - freed),
                renewals=calls.c.renewals + int(told),
                location=None,
                lost=(call.lost and not told) if lost is None else lost == "reattach",
                lease_until=now(connection) + timedelta(seconds=lease),
            )

    def accepted(self, call_id: int, owner: str, location: str) -> Call:
        """The service works on the call and is asked for its state at `location`, also by whoever takes over."""
        with self._database.write() as connection:
            return self._write(connection, call_id, owner, _unanswered, location=location)

    def answered(self, call_id: int, owner: str, cost: Decimal, response: Mapping[str, Any]) -> Call:
        """Keep the answer before it is used: whoever goes on with the call goes on from it, and nothing is reserved."""
        with self._database.write() as connection:
            return self._write(
                connection,
                call_id,
                owner,
                _unanswered,
                state=State.CLAIMED,
                cost=cost,
                response=dict(response),
                reserved=_NOTHING,
                lost=False,
                lease_until=now(connection) + timedelta(seconds=LEASE_SECONDS),
            )

    def settle(self, call_id: int, owner: str, files: Mapping[str, Artifact]) -> Call:
        """The answered call is done: its files are kept."""
        kept = {name: artifact.model_dump(mode="json") for name, artifact in files.items()}
        with self._database.write() as connection:
            answered = calls.c.response.is_not(None)
            return self._write(connection, call_id, owner, answered, state=State.SETTLED, files=kept, **_DONE)

    def fail(self, call_id: int, owner: str, cost: Decimal, error: AdgenError, *, told: bool = True) -> Call:
        """The call failed, for this `cost` and no more.

        `told` False: not the service said so, it could not be reached. Where an earlier attempt was lost, that one
        stays in doubt then, and the call is unknown instead.
        """
        in_doubt = calls.c.lost if not told else sa.false()
        values: dict[str, Any] = {
            "state": sa.case((in_doubt, State.UNKNOWN), else_=State.FAILED),
            "reserved": sa.case((in_doubt, calls.c.reserved), else_=_NOTHING),
            "lost": in_doubt,
            "error": _told(error),
            "lease_until": None,
        }
        with self._database.write() as connection:
            return self._write(connection, call_id, owner, cost=cost, **values)

    def doubt(self, call_id: int, owner: str, cost: Decimal, error: AdgenError) -> Call:
        """The answer is lost: `cost` is known to be billed, and the reservation stays for what is not known.

        An accepted call may still be polled by who asks next, unless the service was asked to cancel it.
        """
        values: dict[str, Any] = {"state": State.UNKNOWN, "lost": True, "lease_until": None, "error": _told(error)}
        asked_to_cancel = isinstance(error, Cancelled) and not isinstance(error, LeftToAnother)
        values |= {"location": None} if asked_to_cancel else {}
        with self._database.write() as connection:
            return self._write(connection, call_id, owner, _unanswered, cost=cost, **values)

    def release(self, call_id: int, owner: str) -> Call:
        """Give the claim back, its attempt unsent. Where an earlier one was lost, the call is unknown instead."""
        state = sa.case((calls.c.lost, State.UNKNOWN), else_=State.RELEASED)
        reserved = sa.case((calls.c.lost, calls.c.reserved), else_=_NOTHING)
        with self._database.write() as connection:
            return self._write(
                connection,
                call_id,
                owner,
                _unanswered,
                state=state,
                reserved=reserved,
                attempts=calls.c.attempts - 1,
                lease_until=None,
            )

    def forget(self, call: Call, error: AdgenError) -> None:
        """The files of a settled call, as it was read, are gone: it and the one it was reused from are to be bought
        again, unless somebody has done so since. Nothing is reused then, and its source need not be kept for it."""
        with self._database.write() as connection:
            itself = sa.and_(calls.c.id == call.id, calls.c.updated_at == call.updated_at)
            source = sa.and_(calls.c.id == call.reused_from, calls.c.updated_at <= call.updated_at)
            gone = sa.or_(itself, source), calls.c.state == State.SETTLED
            values = {"state": State.FAILED, "error": _told(error), "updated_at": now(connection)}
            values |= {"reused_from": None, "saved": _NOTHING}
            connection.execute(sa.update(calls).where(*gone).values(values))

    def abandon(self, job_id: str | None = None) -> int:
        """Let go of the claims, of one job or all, whose process has surely ended; how many.

        What was sent and not answered is unknown then.
        """
        of_job = calls.c.job_id == job_id if job_id else sa.true()
        with self._database.read() as connection:
            query = sa.select(calls.c.owner).where(of_job, calls.c.state == State.CLAIMED, _unanswered).distinct()
            gone = [owner for owner in connection.scalars(query) if owner_is_gone(owner)]
        if not gone:
            return 0
        with self._database.write() as connection:
            still = of_job, calls.c.owner.in_(gone), calls.c.state == State.CLAIMED, _unanswered
            unknown = {"state": State.UNKNOWN, "lost": True, "lease_until": None, "updated_at": now(connection)}
            return connection.execute(sa.update(calls).where(*still).values(unknown)).rowcount

    def heard_late(self, call: Call, cost: Decimal) -> Call:
        """An attempt cost so much, but its claim is lost: `call` is as its owner knew it last.

        Who took it over with a second reservation left the first in doubt; that one is known now. Nothing is booked
        where it is not, or not any more: whoever asks under the same key, or polls, hears the price as well, and a
        person may have said it. Nor does a free end tell anything of a lost attempt that the reservation is for, too.
        """
        with self._database.write() as connection:
            found = _call(connection, call.id, lock=True)
            in_doubt = 0 < call.reserved <= found.doubted - call.doubted  # what was in doubt before is another's
            tells_nothing = call.location or (call.lost and not cost)
            if tells_nothing or found.renewals != call.renewals or not in_doubt:
                return found
            values: dict[str, Any] = {"doubted": found.doubted - call.reserved}
            values |= {"over_ceiling": found.over_ceiling or cost > call.reserved}
            return self._write(connection, call.id, found.owner, states=tuple(State), cost=cost, **values)

    def resolve(self, call_id: int, cost: Decimal) -> Call:
        """A person says what the lost answers of a call cost (USD): nothing of it is held back any more.

        A call left open becomes failed (billed, without an answer) or, at no cost, released.
        Raises NotInLedger when nothing is in doubt, LedgerError when somebody works on the call.
        """
        with self._database.write() as connection:
            call = _call(connection, call_id, lock=True)
            if call.lease_until and call.lease_until > now(connection):
                raise LedgerError(f"{call.owner} works on call {call_id} until {call.lease_until:%H:%M:%S} UTC")
            if not call.lost and not call.reserved + call.doubted:
                raise NotInLedger(f"nothing is in doubt about call {call_id}: it is {call.state}")
            values: dict[str, Any] = {"doubted": _NOTHING, "reserved": _NOTHING, "lost": False, "lease_until": None}
            if call.reserved or call.lost:
                values["state"] = State.FAILED if cost else State.RELEASED
            return self._write(connection, call_id, call.owner, states=tuple(State), cost=cost, **values)

    def warn_once(self, job_id: str) -> bool:
        """Whether the job's spending has passed COST_WARNING and nobody was told yet; True for one who asks.

        Its receivers are to be told then, too.
        """
        with self._database.read() as connection:
            spent, _ = exposure(connection, job_id)
            if spent <= self._cost_warning:
                return False
        with self._database.write() as connection:
            untold = jobs.c.job_id == job_id, jobs.c.warned.is_(False)
            first = connection.execute(sa.update(jobs).where(*untold).values(warned=True)).rowcount == 1
            if first:
                self.outbox.add(connection, _job(connection, job_id), "job.cost_warning")
            return first

    def jobs(self, limit: int = 50) -> list[Job]:
        """The newest jobs, newest first."""
        query = sa.select(jobs).order_by(jobs.c.created_at.desc()).limit(limit)
        with self._database.read() as connection:
            return [Job.model_validate(row) for row in connection.execute(query).mappings()]

    def call(self, call_id: int) -> Call:
        """One call."""
        with self._database.read() as connection:
            return _call(connection, call_id)

    def calls(self, job_id: str | None = None, limit: int = 200) -> list[Call]:
        """The calls of a job, or of all jobs, newest first."""
        query = sa.select(calls).order_by(calls.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query.where(calls.c.job_id == job_id) if job_id else query).mappings()
            return [Call.model_validate(row) for row in rows]

    def find_job(self, text: str) -> Job:
        """The job whose id is `text` or begins with it. Raises NotInLedger when there is none, or more than one."""
        query = sa.select(jobs).where(jobs.c.job_id.startswith(text, autoescape=True)).limit(_MOST_NAMED + 1)
        with self._database.read() as connection:
            found = [Job.model_validate(row) for row in connection.execute(query).mappings()]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotInLedger(f"no jobs begin with {text!r}; `adgen ledger` lists the newest")
        named = ", ".join(job.job_id for job in found[:_MOST_NAMED])
        more = " and others" if len(found) > _MOST_NAMED else ""
        raise NotInLedger(f"several jobs begin with {text!r}: {named}{more}; give more of the one you mean")

    def job(self, job_id: str) -> Job:
        """One job."""
        with self._database.read() as connection:
            return _job(connection, job_id)

    def totals(self, job_id: str) -> Totals:
        """What the job has spent, holds back, and what is in doubt."""
        with self._database.read() as connection:
            return totals(connection, _job(connection, job_id), self._cost_warning)

    @staticmethod
    def _write(
        connection: sa.Connection,
        call_id: int,
        owner: str,
        *conditions: sa.ColumnElement[bool],
        states: Sequence[State] = (State.CLAIMED, State.UNKNOWN),
        cost: Decimal = _NOTHING,
        **values: Any,
    ) -> Call:
        """Write about the call if it is still the owner's, in one of `states`, and as `conditions` say."""
        if to_micros(cost) < 0:
            raise LedgerError(f"a call cannot cost {cost} USD")
        billed = {"cost": calls.c.cost + cost, "over_ceiling": calls.c.over_ceiling | (calls.c.reserved < cost)}
        statement = (
            sa.update(calls)
            .where(calls.c.id == call_id, calls.c.owner == owner, calls.c.state.in_(states), *conditions)
            .values(billed | values | {"updated_at": now(connection)})
            .returning(calls)
        )
        row = connection.execute(statement).mappings().first()
        if row is None:
            found = _call(connection, call_id)
            raise ClaimLost(
                f"call {call_id} ({found.stage}) is {found.state} and {found.owner}'s, not {owner}'s to change"
            )
        return Call.model_validate(row)


def _call(connection: sa.Connection, call_id: int, *, lock: bool = False) -> Call:
    query = sa.select(calls).where(calls.c.id == call_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NotInLedger(f"the ledger has no call {call_id}")
    return Call.model_validate(row)


def _job(connection: sa.Connection, job_id: str) -> Job:
    job = _find_job(connection, job_id)
    if job is None:
        raise LedgerError(f"the ledger has no job {job_id}")
    return job


def _find_job(connection: sa.Connection, job_id: str, *, lock: bool = False) -> Job | None:
    query = sa.select(jobs).where(jobs.c.job_id == job_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return Job.model_validate(row) if row else None


def _told(error: AdgenError) -> dict[str, Any]:
    return {"code": str(error.code), "message": error.message, "details": error.details}
