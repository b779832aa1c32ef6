"""Everything that can go wrong, as one tree, and the public codes callers see.

    AdgenError                  code, message, details, cost: safe to show to people
    +-- InvalidBrief            a brief that breaks a rule: field, value, way out
    +-- InvalidSetting          a setting that breaks a rule
    +-- ServiceError            a call to a service failed: service, stage, attempts, status, request id
    |   +-- ServiceUnavailable  nobody answered usefully in time (transient or unknown, after all retries)
    |   +-- ServiceRejected     the service said no, for good
    |   +-- BadReply            the service answered something the contract does not know
    |   +-- CallHeld            it may have been billed, and ON_UNKNOWN=hold leaves it to a person
    +-- IncompleteAd            a scene is missing where all of them are needed
    +-- ArtifactError           a file that is not what it says, or cannot be had
    |   +-- ArtifactUnavailable not just now, but perhaps later
    +-- BudgetExceeded          a call could pass the job's max_cost; it was not made
    +-- QualityCheckFailed      the ad is made and kept, but a check says that nobody could use it
    +-- LedgerError             the book of record cannot be reached, or does not know what is asked
    |   +-- LedgerUnavailable   its server is away, or has no connection to spare: later, perhaps
    |   +-- LedgerRefused       its server refuses us: DATABASE_URL has a wrong password, user or database
    |   +-- NotInLedger         what a person asked of it is not there, or not in doubt
    |   +-- ClaimLost           the call is no longer this owner's to write about
    |   +-- SchemaMismatch      the database's tables are older or newer than this version of the package
    +-- AlreadyMade             a second launch of an ad that is wanted once
    +-- WorkerFailed            a worker could not run a step, or died of it too often
    +-- RenderError             the studio could not draw, speak or encode
    +-- Cancelled               the run was terminated; no further call was made

Messages are for people: they name the field or the service, the value and the way out, and never hold a
secret or a traceback. `details` are for machines and equally safe.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

Outcome = Literal["told", "unsent", "lost"]


class ErrorCode(StrEnum):
    """The codes of the public contract."""

    INVALID_INPUT = "INVALID_INPUT"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    PROMPT_PARSING_FAILED = "PROMPT_PARSING_FAILED"
    IMAGE_GENERATION_FAILED = "IMAGE_GENERATION_FAILED"
    VIDEO_GENERATION_FAILED = "VIDEO_GENERATION_FAILED"
    COMPOSITION_FAILED = "COMPOSITION_FAILED"
    QUALITY_CHECK_FAILED = "QUALITY_CHECK_FAILED"
    TIMEOUT = "TIMEOUT"
    RATE_LIMIT_EXCEEDED = "RATE_LIMIT_EXCEEDED"
    COST_LIMIT_EXCEEDED = "COST_LIMIT_EXCEEDED"
    CANCELLED = "CANCELLED"
    INTERNAL_ERROR = "INTERNAL_ERROR"


class AdgenError(Exception):
    """Base of all errors of this package. `cost` is what was spent (USD) before it failed.

    `outcome` says how a paid call ended: the service told so (and what it cost), it was surely not carried out
    (unsent), or nobody knows (lost): it may have been billed, and may still be answered.
    """

    code = ErrorCode.INTERNAL_ERROR
    outcome: Outcome = "told"

    def __init__(self, message: str, *, details: Mapping[str, Any] | None = None, cost: Decimal = Decimal(0)):
        super().__init__(message)
        self.message = message
        self.details: dict[str, Any] = dict(details or {})
        self.cost = cost

    def add(self, told: str) -> None:
        """Say more in the message."""
        self.message += told
        self.args = (self.message,)


class InvalidBrief(AdgenError):
    """A brief that breaks a rule. `problems` holds one (field, value, way out) each."""

    code = ErrorCode.INVALID_INPUT

    def __init__(self, problems: list[tuple[str, Any, str]]):
        self.problems = problems
        lines = [f"{field}: {_shown(value)} {way_out}" for field, value, way_out in problems]
        details = {"problems": [{"field": f, "value": _shown(v), "way_out": w} for f, v, w in problems]}
        super().__init__("\n".join(lines), details=details)


class InvalidSetting(AdgenError):
    """A setting in the environment or `.env` that breaks a rule."""

    code = ErrorCode.INVALID_INPUT


_STAGE_CODES = {
    "prompt_parsing": ErrorCode.PROMPT_PARSING_FAILED,
    "image_generation": ErrorCode.IMAGE_GENERATION_FAILED,
    "video_generation": ErrorCode.VIDEO_GENERATION_FAILED,
    "composition": ErrorCode.COMPOSITION_FAILED,
}


class ServiceError(AdgenError):
    """A call to a service failed. `details` names service, stage, attempts, HTTP status and request id."""

    def __init__(
        self,
        message: str,
        *,
        service: str,
        stage: str,
        attempts: int = 1,
        status: int | None = None,
        request_id: str | None = None,
        cost: Decimal = Decimal(0),
        code: ErrorCode | None = None,
        outcome: Outcome = "told",
        details: Mapping[str, Any] | None = None,
    ):
        known = {"service": service, "stage": stage, "attempts": attempts, "status": status}
        super().__init__(message, details={**known, "request_id": request_id, **(details or {})}, cost=cost)
        self.code = code or _STAGE_CODES.get(stage, ErrorCode.INTERNAL_ERROR)
        self.outcome = outcome


class ServiceUnavailable(ServiceError):
    """Nobody answered usefully in time: refused connections, 429/503, lost answers, a passed deadline."""

    def __init__(self, message: str, *, code: ErrorCode = ErrorCode.SERVICE_UNAVAILABLE, **known: Any):
        super().__init__(message, code=code, **known)


class ServiceRejected(ServiceError):
    """The service said no, for good: 4xx, `success: false`, a moderation refusal."""


class BadReply(ServiceError):
    """The service answered something the contract does not know. The message holds a short excerpt."""


class CallHeld(ServiceError):
    """The call may have been billed, and a person decides what it cost before it is made again."""


class IncompleteAd(AdgenError):
    """A scene is missing where all of them are needed."""


class ArtifactError(AdgenError):
    """A file that is not what it says, cannot be fetched, or cannot be stored."""


class ArtifactUnavailable(ArtifactError):
    """A file that cannot be fetched or stored just now, but may be later: what was paid for it is not lost."""


class BudgetExceeded(AdgenError):
    """A call could pass the job's `max_cost`, so it was not made. All amounts in USD, exact in `details` as text."""

    code = ErrorCode.COST_LIMIT_EXCEEDED

    def __init__(
        self,
        *,
        job_id: str,
        service: str,
        stage: str,
        scene: str | None,
        ceiling: Decimal,
        spent: Decimal,
        reserved: Decimal,
        max_cost: Decimal,
    ):
        call = f"{stage} ({scene})" if scene else stage
        amounts = {"ceiling": ceiling, "spent": spent, "reserved": reserved, "max_cost": max_cost}
        super().__init__(
            f"{call} may cost up to {dollars(ceiling)}, but {dollars(spent)} is spent and {dollars(reserved)} "
            f"reserved of the job's limit of {dollars(max_cost)}: run it again with a higher max_cost "
            "(what is paid is kept)",
            details={"job_id": job_id, "service": service, "stage": stage, "scene": scene}
            | {name: str(amount) for name, amount in amounts.items()},
        )


class QualityCheckFailed(AdgenError):
    """The ad is made and kept with its costs, but nobody could use it. `ad` is the finished ad."""

    code = ErrorCode.QUALITY_CHECK_FAILED

    def __init__(self, message: str, *, ad: Any, **known: Any):
        super().__init__(message, **known)
        self.ad = ad


class LedgerError(AdgenError):
    """The book of record for money cannot be reached or written, or does not know what is asked."""


class LedgerUnavailable(LedgerError):
    """The database's server cannot be reached just now, but may be later: it is away, or has no connection to spare."""

    code = ErrorCode.SERVICE_UNAVAILABLE


class LedgerRefused(LedgerError):
    """The database's server answers and refuses what DATABASE_URL says: the password, the user, the database."""

    code = ErrorCode.INVALID_INPUT


class NotInLedger(LedgerError):
    """What a person asked of the ledger is not in it, or not in doubt."""

    code = ErrorCode.INVALID_INPUT


class ClaimLost(LedgerError):
    """The call is no longer this owner's to write about: settled, given up, or taken over after its lease."""


class SchemaMismatch(LedgerError):
    """The database's tables are of an older version, and can be brought up to date, or of a newer one."""

    def __init__(self, message: str, *, older: bool, **known: Any):
        super().__init__(message, **known)
        self.older = older


class AlreadyMade(AdgenError):
    """A second launch of an ad that is wanted once. It bought nothing."""

    code = ErrorCode.CANCELLED


class WorkerFailed(AdgenError):
    """A worker of STEP_EXECUTOR=celery could not run a step, or died of it too often."""


class RenderError(AdgenError):
    """The studio could not draw, speak or encode; the message says what is missing and how to mend it."""


class Cancelled(AdgenError):
    """The run was terminated. No call was made after that."""

    code = ErrorCode.CANCELLED
    outcome: Outcome = "unsent"


class LeftToAnother(Cancelled):
    """The run has crashed: its accepted call is left to the run that goes on, and the service was not told."""


def dollars(amount: Decimal) -> str:
    """`amount` to the cent, or finer where it is finer."""
    cents = amount.quantize(Decimal("0.01"))
    return f"${cents if cents == amount else amount.normalize():f}"


def _shown(value: Any) -> str:
    """`value` as a person would recognise it, at most 60 characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
