"""Buys one call: asks the client, keeps the files, and says what it cost.

The only place where money, HTTP and files meet. Every paid call of the house goes through `Purchases.buy`, so that a
book of record for money has one door to stand at.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from adgen_pipeline.clients.base import Answer, ServiceClient, Stop
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.video_gen import SHORTER
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.keyframe import known_fields
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.errors import ArtifactError, BadReply
from adgen_pipeline.storage.media import MediaStore

Q = TypeVar("Q", bound=Frozen)
R = TypeVar("R", bound=Frozen)

_LOOPBACK = ("127.", "localhost", "[::1]", "::1")


@dataclass(frozen=True)
class Order(Generic[Q]):
    """A call to be bought for a job. `media` maps each media URL in the request to the SHA-256 of its file."""

    job_id: str
    request: Q
    scene: str | None = None
    media: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The request as it is sent: canonical JSON (sorted keys, no blanks)."""
        return _canonical(known_fields(self.request))

    def key(self, stage: str) -> str:
        """The idempotency key: one call of one job, whatever URLs its media have today."""
        text = self.body.decode()
        for url, sha256 in self.media.items():
            text = text.replace(json.dumps(url, ensure_ascii=False), json.dumps(f"sha256:{sha256}"))
        return hashlib.sha256(_canonical([self.job_id, stage, self.scene, text])).hexdigest()


@dataclass(frozen=True)
class Bought(Generic[R]):
    """What a call gave: its result, its receipt, and our copies of its files by the result's field."""

    result: R
    receipt: Receipt
    files: dict[str, Artifact]


class Purchases:
    """Buys calls and keeps what they give in `store`."""

    def __init__(self, store: MediaStore, media_url: str | None = None):
        self.store = store
        self.media_url = media_url.rstrip("/") if media_url else None

    def buy(
        self,
        client: ServiceClient[Q, R],
        order: Order[Q],
        stop: Stop,
        tell: Callable[[str], None] = lambda told: None,
    ) -> Bought[R]:
        """Make the call, fetch and check its files, and return them with the receipt. `tell` hears of retries.

        Raises the client's errors, and BadReply for a file that is not what it should be; what was spent by then
        is the error's `cost`.
        """
        key = order.key(client.stage.name)
        answer = client.call(order.request, order.body, key=key, stop=stop, tell=tell)
        files = {name: self._keep(client, order, answer, *offer) for name, offer in client.files(answer.result).items()}
        receipt = Receipt(
            service=client.stage.service,
            cost=answer.cost,
            seconds=round(answer.seconds, 3),
            attempts=answer.attempts,
            key=key,
            model=getattr(answer.result, "model", None) or answer.metadata.get("model"),
            metadata=answer.metadata,
        )
        return Bought(answer.result, receipt, files)

    def url_for(self, artifact: Artifact, reader: Address) -> str:
        """A URL of `artifact` that the service at `reader` can reach.

        Our studio reads our own copy. Another service is given the URL it was offered under, or, where that one is
        this machine's own, our copy under MEDIA_URL. Raises ArtifactError when the service could reach neither.
        """
        name = self.store.name(artifact)
        if reader.media:
            return f"{reader.media}/{name}"
        if not _is_loopback(artifact.source_url) or (_is_loopback(reader.url) and not self.media_url):
            return artifact.source_url
        public = self.public_url(artifact)
        if public is None:
            raise ArtifactError(unreachable(reader.url))
        return public

    def public_url(self, artifact: Artifact) -> str | None:
        """Our copy of `artifact` under MEDIA_URL, or None where that is not set."""
        name = self.store.name(artifact)
        return f"{self.media_url}/{artifact.sha256[:2]}/{name}" if self.media_url else None

    def _keep(self, client: ServiceClient[Q, R], order: Order[Q], answer: Answer[R], url: str, kind: str) -> Artifact:
        try:
            artifact = self.store.keep(url, kind)
            _check_length(order.request, artifact)
        except ArtifactError as error:
            raise BadReply(
                f"{client.stage.title}: {error.message}",
                service=client.stage.service,
                stage=client.stage.name,
                attempts=answer.attempts,
                request_id=answer.request_id,
                cost=answer.cost,
                details=error.details,
            ) from error
        return artifact


def check_reachable(services: Mapping[str, Address], media_url: str | None) -> None:
    """Refuse a mix of services in which one could never reach another's files, before anything is paid.

    `services` by name. Only the embedded studio's files live on this machine alone. Raises AdgenError.
    """
    some_embedded = any(address.embedded for name, address in services.items() if name != "prompt_parser")
    outside = [a for n, a in services.items() if n in ("video_gen", "composition") and not a.embedded]
    for address in outside:
        if some_embedded and not media_url and not _is_loopback(address.url):
            raise ArtifactError(unreachable(address.url))


def unreachable(url: str) -> str:
    """Says that the service at `url` cannot fetch files from this machine, and the ways out."""
    host = urlsplit(url).hostname
    return (
        f"{host} cannot reach files on this machine: set MEDIA_URL to a URL under which MEDIA_STORE is served, "
        "or give every service a URL of its own"
    )


def _check_length(request: Frozen, artifact: Artifact) -> None:
    if not isinstance(request, ClipRequest) or artifact.duration is None:
        return
    if artifact.duration < request.duration - SHORTER:
        raise ArtifactError(
            f"{artifact.source_url} lasts {artifact.duration:g} s, but {request.duration:g} s were ordered"
        )


def _is_loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "").startswith(_LOOPBACK)


def _canonical(data: object) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
