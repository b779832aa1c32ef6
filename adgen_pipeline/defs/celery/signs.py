"""What is known of a sent step: kept where Celery keeps results, in the broker's Redis, under the step's own name."""

from dataclasses import dataclass
from typing import Any, Literal

from celery import Celery, states

SENT, STARTED, ENDED, BROKEN, FORGOTTEN = "SENT", states.STARTED, states.SUCCESS, states.FAILURE, states.PENDING
State = Literal["SENT", "STARTED", "SUCCESS", "FAILURE", "PENDING"]

BEAT_SECONDS = 2.0
"""How often the worker of a step gives a sign of life."""

SILENT_SECONDS = 15.0
"""How long a worker may be silent before it counts as dead. A mistake costs time alone: the ledger knows who pays."""


@dataclass(frozen=True)
class Sign:
    """The last that was heard of a step. `told`: of a started one, its process and beat; of an ended one, its events.

    FORGOTTEN: the broker knows nothing of it, so it was started anew with an empty memory, or has lost the message.
    """

    state: State
    told: Any


class Signs:
    """Reads and writes them. Raises what the Redis client raises while the broker is away."""

    def __init__(self, app: Celery):
        self._backend = app.backend

    def of(self, name: str) -> Sign:
        """The last sign of the step `name`."""
        meta = self._backend.get_task_meta(name, cache=False)
        return Sign(meta["status"], meta["result"])

    def sent(self, name: str) -> None:
        """It is about to be sent; known before the message is, so that a broker which forgets is found out."""
        self._backend.store_result(name, None, SENT)

    def beat(self, name: str, process: str, number: int) -> None:
        """Its worker `process` lives."""
        self._backend.store_result(name, {"process": process, "beat": number}, STARTED)

    def forget(self, name: str) -> None:
        """Nobody will ask for it any more."""
        self._backend.forget(name)
