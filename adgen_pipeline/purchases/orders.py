"""What is asked for, by whom, and what it gave."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from adgen_pipeline.clients.base import Stop
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.keyframe import ImageRequest, known_fields
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.processes import this_process

Q = TypeVar("Q", bound=Frozen)
R = TypeVar("R", bound=Frozen)


@dataclass(frozen=True)
class Order(Generic[Q]):
    """A call to be bought for a job. `media` maps each media URL in the request to the SHA-256 of its file.

    `reuse`: an earlier answer to an equal request will do.
    """

    job_id: str
    request: Q
    scene: str | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    reuse: bool = True

    @cached_property
    def body(self) -> bytes:
        """The request as it is sent: canonical JSON (sorted keys, no blanks)."""
        return _canonical(known_fields(self.request))

    def key(self, stage: str) -> str:
        """The idempotency key: one call of one job, whatever URLs its media have today."""
        return _digest([self.job_id, stage, self.scene, self._content])

    def request_hash(self, stage: str, service: str) -> str:
        """Equal for equal requests of all jobs to the same `service`."""
        return _digest([service, stage, self._content])

    @cached_property
    def _content(self) -> str:
        """The body with its media named by what they hold, not by where they lie."""
        text = self.body.decode()
        for url, sha256 in self.media.items():
            text = text.replace(json.dumps(url, ensure_ascii=False), json.dumps(f"sha256:{sha256}"))
        return text


@dataclass(frozen=True)
class Buyer:
    """The run that buys: `stop` forbids further calls, `tell` hears of retries and warnings."""

    run_id: str
    stop: Stop
    tell: Callable[[str], None] = lambda told: None

    @property
    def owner(self) -> str:
        """Who holds the run's claims in the ledger: this run in this process."""
        return f"{self.run_id}@{this_process()}"


@dataclass(frozen=True)
class Bought(Generic[R]):
    """What a call gave: its result, its receipt, and our copies of its files by the result's field."""

    result: R
    receipt: Receipt
    files: dict[str, Artifact]


def look_of(brief: Brief, first: ImageRequest, service: str) -> str:
    """Names the look that ads share which advertise the same for the same brand, and whose `first` scene differs only
    in what it shows. A parser may say little of the look: two brands' ads must not share one for that."""
    shown = {"prompt", "negative_prompt"}
    advertised = [brief.prompt, brief.brand_guidelines.model_dump(mode="json")]
    return _digest([service, *advertised, first.model_dump(mode="json", exclude=shown)])


def _digest(data: object) -> str:
    return hashlib.sha256(_canonical(data)).hexdigest()


def _canonical(data: object) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
