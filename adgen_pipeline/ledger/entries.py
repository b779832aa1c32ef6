"""What the ledger is asked and what it answers: frozen models, money in USD as Decimal, times in UTC."""

import hashlib
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact

WhenUnknown = Literal["reattach", "retry", "hold"]
"""What to do with a call that may have been billed already.

reattach: the service honours keys, so the same key asks for the same answer; nothing more is reserved.
retry: it does not; ask again, with a second ceiling reserved and the first kept in doubt.
hold: leave it to a person.
"""

Next = Literal["send", "poll", "fetch", "read", "wait", "hold"]
"""What the caller of a claim does next.

send: the call is yours; send its stored `body` under its `idempotency_key`.
poll: the call is yours and was accepted already; ask for its state at its `location`.
fetch: the call is yours and was answered already; go on from its `response`.
read: it is settled; take `response` and `files`, nothing is paid.
wait: another owner works on it, or on an equal one that could be reused, until `lease_until`; ask again later.
hold: it may have been billed, and a person decides (`Ledger.resolve`).
"""


class State(StrEnum):
    """The states of a call, as they are stored."""

    CLAIMED = "claimed"
    SETTLED = "settled"
    FAILED = "failed"
    UNKNOWN = "unknown"
    RELEASED = "released"


class Wanted(Frozen):
    """A call that somebody wants to make.

    `key` identifies this job's call; `request_hash` is equal for equal requests of all jobs; `body`
    is the request as sent; `ceiling` (USD) is the most that one attempt can cost; `payee` is who is paid (the URL of
    the `service`, or the embedded studio's name).
    """

    job_id: str
    stage: str
    scene: str | None = None
    service: str
    payee: str | None = None
    key: str
    request_hash: str
    body: bytes
    ceiling: Decimal | None = Field(ge=0)


Outcome = Literal["completed", "failed", "cancelled"]
News = Literal["job.completed", "job.failed", "job.cancelled", "job.cost_warning"]
_OUTCOMES: dict[News, Outcome | None] = {
    "job.completed": "completed",
    "job.failed": "failed",
    "job.cancelled": "cancelled",
    "job.cost_warning": None,
}


class Job(Frozen):
    """An ad and its budget. `source` is the job whose answers it takes before all others, if it is made from one.

    `outcome`, `error` (code, message, failed_stage, details) and `ended_at` say how it ended, None while it goes on;
    `ended_by` is the run by which it last ended. `delivered` are the finished ad's files: video, thumbnail, manifest,
    captions, and `composed`, which is the video as composition gave it. `media_deleted_at`: when the first of its files
    was deleted, their keeping being over.
    """

    job_id: str
    max_cost: Decimal
    brief: dict[str, Any] | None
    source: str | None
    warned: bool
    created_at: datetime
    outcome: Outcome | None = None
    error: dict[str, Any] | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    delivered: dict[str, Artifact] | None = None
    media_deleted_at: datetime | None = None


class Delivery(Frozen):
    """News of a job for one receiver: what its end was, or that it passed COST_WARNING, at `created_at`.

    `id` stays the same over all attempts. It waits for `due_at`, and is somebody's to deliver until `lease_until`;
    without `due_at` it was delivered or given up. `error` is the job's at that end. `url` may hold a secret of the
    receiver's.
    """

    id: str
    job_id: str
    type: News
    error: dict[str, Any] | None
    url: str
    receiver: str
    attempts: int
    due_at: datetime | None
    lease_until: datetime | None
    delivered_at: datetime | None
    last_error: str | None
    created_at: datetime

    @property
    def state(self) -> Literal["waiting", "delivered", "given up"]:
        """Where it is on its way."""
        return "waiting" if self.due_at else "delivered" if self.delivered_at else "given up"

    @property
    def outcome(self) -> Outcome | None:
        """What became of the job by what is told, None while it went on."""
        return _OUTCOMES[self.type]


class Commission(Frozen):
    """An ad that some door of the pipeline wants made, remembered before it is launched, so that it is launched once.

    `key` makes it the same ad however often it is asked for. `origin` says for people where it comes from ("inbox:
    spring.csv, row 3"), `launched_by` who launches it: the daemon's sensor, the REST API itself,
    or the command that asked for it (here). `batch` joins
    those that belong together, and `variant` tells them apart. `job_id` is the ad's once it is launched; `error`
    why it could not be.
    """

    key: str = Field(max_length=300)
    origin: str
    launched_by: Literal["daemon", "api", "here"] = "daemon"
    batch: str | None = Field(None, max_length=100)
    variant: str | None = None
    brief: dict[str, Any]
    job_id: str | None = None
    error: str | None = None
    created_at: datetime | None = None
    launched_at: datetime | None = None

    @property
    def tag(self) -> str:
        """What its runs carry in the tag `adgen/commission`: short enough for Dagster, and of plain characters."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


class Call(Frozen):
    """One paid call.

    `cost` is what was billed over all attempts, failed ones included. `reserved` is the worst case of the attempt
    under way, or, where it is `lost`, of one whose answer was lost and which the same key asks for again. `doubted`
    is that of lost attempts no key asks for: it stays until a person resolves it. `location` is where an accepted call
    is polled, `response` the answer as received, `files` our own copies by the result's field. A reused call cost
    nothing, and `saved` what the call `reused_from` had cost. `over_ceiling`: the service once billed more than was
    reserved for it. `payee`: who was paid, None where an early version of this package did not write it down.
    """

    id: int
    job_id: str
    stage: str
    scene: str | None
    service: str
    payee: str | None
    key: str
    renewals: int
    request_hash: str
    body: bytes
    state: State
    reserved: Decimal
    doubted: Decimal
    cost: Decimal
    lost: bool
    over_ceiling: bool
    attempts: int
    owner: str
    lease_until: datetime | None
    location: str | None
    response: dict[str, Any] | None
    files: dict[str, Artifact]
    reused_from: int | None
    saved: Decimal
    error: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime

    @property
    def idempotency_key(self) -> str:
        """What travels with the request; a new one when the call is bought anew, or retried after a told failure.

        Under the old one a service that honours keys would repeat the answer that was no good.
        """
        return f"{self.key}-{self.renewals}" if self.renewals else self.key


class Claim(Frozen):
    """The answer to a claim: the call as it is now, and what to do next."""

    call: Call
    next: Next

    @property
    def held_by(self) -> str | None:
        """The other owner who works on the call, or None."""
        return self.call.owner if self.next == "wait" else None


class Totals(Frozen):
    """A job's money in USD: `spent`, `reserved` for calls under way, and `unknown`, the worst case of lost answers.

    The three never overlap. `by_stage` divides `spent`; `saved` is what reused calls had cost; `warning` says that
    `spent` passed COST_WARNING.
    """

    max_cost: Decimal
    spent: Decimal
    reserved: Decimal
    unknown: Decimal
    saved: Decimal
    by_stage: dict[str, Decimal]
    warning: bool

    @property
    def left(self) -> Decimal:
        """What may still be reserved, in USD; below zero only if a service billed above its ceiling."""
        return self.max_cost - self.spent - self.reserved - self.unknown
