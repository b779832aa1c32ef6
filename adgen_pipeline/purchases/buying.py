"""Buys one call: claims it in the ledger, calls by a client, keeps the files, settles.

Every paid call of the house goes through `Purchases.buy`. Whatever happens on the way, the ledger knows: the claim is
committed before the call is sent, the answer before it is used, and the files are kept before the call is done.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeVar

from adgen_pipeline.clients.base import Answer, ServiceClient
from adgen_pipeline.clients.video_gen import SHORTER
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.contracts.stages import COMPOSITION
from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import (
    AdgenError,
    ArtifactError,
    ArtifactUnavailable,
    BadReply,
    BudgetExceeded,
    Cancelled,
    ClaimLost,
    ErrorCode,
    ServiceError,
    ServiceUnavailable,
)
from adgen_pipeline.ledger import Call, Claim, Ledger, Wanted, WhenUnknown
from adgen_pipeline.purchases import telling
from adgen_pipeline.purchases.attempts import Attempts
from adgen_pipeline.purchases.leases import RENEW_SECONDS, Leases
from adgen_pipeline.purchases.log import told
from adgen_pipeline.purchases.orders import Bought, Buyer, Order
from adgen_pipeline.purchases.reach import (
    OWN_MEDIA,
    check_reachable,
    expired,
    host_in,
    leads_from,
    on_this_machine,
    unreachable,
)
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.studio.logos import check_picture

Q = TypeVar("Q", bound=Frozen)
R = TypeVar("R", bound=Frozen)

_VALID_SECONDS = 300.0
"""How long a URL that was just fetched from is taken for valid without a look: those who sign theirs give more."""

_SENT_AGAIN_SECONDS = 24 * 3600.0
"""How long after its deadline a call may be sent again, byte for byte, with the links that were signed for it."""

_GONE = (403, 404, 410)
_ASK_AGAIN_SECONDS = 0.5
"""How soon it is noticed that another run's call has ended."""


class Purchases:
    """Buys calls, books them in `ledger`, and keeps what they give in `store`."""

    def __init__(self, store: MediaStore, ledger: Ledger, media_url: str | None = None):
        self.store = store
        self.ledger = ledger
        self.media_url = media_url.rstrip("/") if media_url else None
        self._leases = Leases(ledger)
        self._fetched: dict[str, float] = {}

    def begin(
        self, job_id: str, brief: Brief, max_cost: Decimal, clients: Collection[ServiceClient[Any, Any]], *, run: str
    ) -> None:
        """Begin the job by `run`, or go on with it: `max_cost` (USD) counts where the brief names none.

        Raises ArtifactError when one of the `clients`' services could not reach the files of another, or nothing can be
        stored; InvalidBrief for a logo that the embedded studio could not show at the end of it all.
        """
        self.store.check()
        check_reachable(clients, self.media_url, self.store.any_link())
        data = brief.model_dump(mode="json", exclude_unset=True)
        self.ledger.begin_job(job_id, brief.max_cost or max_cost, data, source=brief.source, run=run)
        self.ledger.abandon(job_id)
        if any(client.embedded and client.stage == COMPOSITION for client in clients):
            check_picture(brief, Settings.read())

    def buy(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer) -> Bought[R]:
        """Have the call made once, whoever makes it; its files fetched and checked, and its receipt.

        What this job paid for before is read back; an equal earlier request's answer is taken for nothing where the
        order allows it. Raises BudgetExceeded before the job's limit could be passed; CallHeld where a person must
        decide; the client's errors; BadReply for a file that is not what it should be. What the call cost by then is
        the error's `cost`, and stands in the ledger.
        """
        with told(client, order, buyer) as call:
            call.bought = self._bought_by_somebody(client, order, buyer)
            return call.bought

    def _bought_by_somebody(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer) -> Bought[R]:
        while True:
            try:
                bought = self._follow(client, order, buyer, self._claim(client, order, buyer))
            except ClaimLost:
                continue  # another run has taken it over: wait for that one
            if bought:
                return bought

    def url_for(self, artifact: Artifact, client: ServiceClient[Any, Any]) -> str:
        """A URL of `artifact` that the client's service can reach.

        Our studio reads our own copy. Another service is given the URL it was offered under as long as that is valid
        and not this machine's own, and then our copy: under MEDIA_URL, or by a link that the store signs. Raises
        ArtifactError when it could reach neither.
        """
        if client.embedded:
            return f"{OWN_MEDIA}/{self.store.path(artifact).name}"
        within_reach = not on_this_machine(artifact.source_url) or (
            on_this_machine(client.address.url) and not self.media_url
        )
        if within_reach and self._is_valid(artifact, client):
            return artifact.source_url
        own = self._own_url(artifact, client)
        if own is None:
            raise ArtifactError((expired if within_reach else unreachable)(artifact.source_url, client.address.url))
        return own

    def public_url(self, artifact: Artifact) -> str | None:
        """Our copy of `artifact` under MEDIA_URL, or None where that is not set."""
        name = self.store.name(artifact)
        return f"{self.media_url}/{artifact.sha256[:2]}/{name}" if self.media_url else None

    def _own_url(self, artifact: Artifact, client: ServiceClient[Any, Any]) -> str | None:
        """A URL of our copy that the client's service can reach until after its deadline; None if there is none."""
        if self.media_url:
            return self.public_url(artifact)
        link = self.store.link(artifact, client.limits.deadline + _SENT_AGAIN_SECONDS)
        return link if leads_from(client.address.url, link) else None

    def _is_valid(self, artifact: Artifact, client: ServiceClient[Any, Any]) -> bool:
        """Whether the URL still gives the file; one that this process has just fetched from does.

        Raises ArtifactUnavailable when that cannot be known just now and there is no other URL.
        """
        fetched_at = self._fetched.get(artifact.source_url)
        if fetched_at is not None and time.monotonic() - fetched_at < _VALID_SECONDS:
            return True
        try:
            return self.store.is_offered(artifact.source_url, allowed_hosts=[host_in(client.address.url)])
        except ArtifactUnavailable:
            if self._own_url(artifact, client) is None:
                raise  # it may well be valid: not known just now is not gone
            return False

    def _claim(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer) -> Claim:
        """The claim, once nobody else works on the call."""
        wanted, told = _wanted(client, order), False
        while True:
            if buyer.stop.is_set():
                raise Cancelled(f"{client.stage.title}: the run was terminated")
            terms: dict[str, Any] = {"reuse": order.reuse, "when_unknown": _when_unknown(client), "patient": True}
            asked_at = time.monotonic()
            claim = self.ledger.claim(wanted, buyer.owner, **terms)
            if claim.next == "send" and time.monotonic() - asked_at > RENEW_SECONDS:
                self.ledger.renew(claim.call.id, buyer.owner)  # it waited for the server: others may have been faster
            if claim.next != "wait":
                return claim
            if not told:
                buyer.tell(f"{client.stage.title}: {telling.reason_to_wait(wanted, claim.call)}")
            told = True
            buyer.stop.wait(_ASK_AGAIN_SECONDS)

    def _follow(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer, claim: Claim) -> Bought[R] | None:
        """Do what the claim says is next; None if the call must be claimed again."""
        if claim.next == "read":
            return self._read(client, order, claim.call)
        if claim.next == "hold":
            raise telling.held(client, claim.call)
        books = Attempts(self.ledger, claim.call, client.limits)
        with self._leases.holding(claim.call, buyer.stop):
            if claim.next == "fetch":
                return self._fetch(client, order, buyer, books)
            if claim.next == "send":
                self._refuse_if_blocked(client, books)
            self._send(client, order, buyer, books)
            try:
                return self._settle(client, order, books, _result(books.call), may_be_gone=client.limits.idempotent)
            except _GoneError:
                return self._settle(client, order, books, _told_again(client, order, buyer, books))

    def _read(self, client: ServiceClient[Q, R], order: Order[Q], call: Call) -> Bought[R] | None:
        """What a settled call gave; None if its files are gone, and the ledger knows it then."""
        missing = [artifact for artifact in call.files.values() if not self.store.has(artifact)]
        if missing:
            self.ledger.forget(call, ArtifactError(f"{self.store.name(missing[0])} is gone from MEDIA_STORE"))
            return None
        return self._bought(client, order, call)

    def _refuse_if_blocked(self, client: ServiceClient[Q, R], books: Attempts) -> None:
        """Raise ServiceUnavailable while the service's circuit is open; the claim is given back."""
        seconds = self.ledger.breaker.blocked_for(client.stage.service)
        if seconds <= 0:
            return
        books.unsent()
        raise telling.blocked(client, seconds)

    def _send(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer, books: Attempts) -> None:
        """Make the call, or ask for it where it was accepted before, and keep its answer in the ledger."""
        call = books.call
        known: dict[str, Any] = {"key": call.idempotency_key, "location": call.location}
        try:
            answer = client.call(order.request, call.body, stop=buyer.stop, tell=buyer.tell, book=books, **known)
        except ClaimLost:
            raise
        except AdgenError as error:
            books.refused(error.cost, error)
            self._record(client, error)
            if isinstance(error, BadReply) and error.outcome == "lost":
                error.add(telling.ask_a_person(books.call))
            if error.outcome == "lost" and _when_unknown(client) == "hold":
                raise telling.held(client, books.call) from error
            raise
        books.answered(answer.cost, _stored(answer))
        self._record(client, None)
        if self.ledger.warn_once(order.job_id):
            buyer.tell(telling.warning(self.ledger.totals(order.job_id)))

    def _record(self, client: ServiceClient[Q, R], error: AdgenError | None) -> None:
        """Tell the circuit breaker how a call ended; what was no fault of the service's tells nothing."""
        if isinstance(error, Cancelled | BudgetExceeded) or (error and error.code == ErrorCode.RATE_LIMIT_EXCEEDED):
            return
        self.ledger.breaker.record(client.stage.service, ok=not isinstance(error, ServiceUnavailable))

    def _fetch(self, client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer, books: Attempts) -> Bought[R] | None:
        """Go on with a call that was answered before. A service that honours keys tells where its files are today;
        at another one they may be gone, and have to be paid again (None), unless a person is to be asked."""
        call = books.call
        if client.limits.idempotent and _has_asked(client, call):
            return self._settle(client, order, books, _told_again(client, order, buyer, books))
        offers = client.files(client.understand(order.request, _result(call)))
        with _paid_for(client, books):
            offered = all(
                self.store.is_offered(url, allowed_hosts=[host_in(client.address.url)]) for url, _ in offers.values()
            )
        if offered:
            return self._settle(client, order, books, _result(call))
        gone = telling.useless(client, call, "was paid for, but its files are not offered any more")
        books.useless(gone)
        if _when_unknown(client) == "hold":
            raise gone
        buyer.tell(f"{gone.message}; it is bought again")
        return None

    def _settle(
        self,
        client: ServiceClient[Q, R],
        order: Order[Q],
        books: Attempts,
        response: dict[str, Any],
        *,
        may_be_gone: bool = False,
    ) -> Bought[R]:
        """Keep the files of an answered call, and the call is done.

        `may_be_gone`: raises _GoneError, the call left as it is, for files that are not offered where the answer says.
        """
        offers = client.files(client.understand(order.request, response))
        try:
            with _paid_for(client, books):
                files = {name: self._keep(client, order, *offer) for name, offer in offers.items()}
        except ArtifactError as error:
            if may_be_gone and error.details.get("status") in _GONE:
                raise _GoneError from error
            wrong = telling.useless(client, books.call, error.message, error.details)
            books.useless(wrong)
            raise wrong from error
        return self._bought(client, order, books.settled(files))

    def _keep(self, client: ServiceClient[Q, R], order: Order[Q], url: str, kind: str) -> Artifact:
        artifact = self.store.keep(url, kind, allowed_hosts=[host_in(client.address.url)])
        self._fetched[url] = time.monotonic()
        _check_length(order.request, artifact)
        return artifact

    def _bought(self, client: ServiceClient[Q, R], order: Order[Q], call: Call) -> Bought[R]:
        """A settled call, for the one who wanted it."""
        answer = call.response or {}
        result = client.understand(order.request, answer["result"])
        reused_from = self.ledger.call(call.reused_from).job_id if call.reused_from else None
        receipt = Receipt(
            service=client.stage.service,
            cost=call.cost,
            seconds=0.0 if reused_from else answer["seconds"],
            attempts=call.attempts,
            key=call.key,
            call=call.id,
            model=_model_of(answer),
            metadata=answer["metadata"],
            reused_from=reused_from,
            saved=call.saved,
            unknown=call.doubted,
        )
        return Bought(result, receipt, call.files)


def _wanted(client: ServiceClient[Any, Any], order: Order[Any]) -> Wanted:
    """The order as the ledger books it. The embedded studio charges nothing."""
    stage = client.stage
    return Wanted(
        job_id=order.job_id,
        stage=stage.name,
        scene=order.scene,
        service=stage.service,
        payee=client.identity,
        key=order.key(stage.name),
        request_hash=order.request_hash(stage.name, client.identity),
        body=order.body,
        ceiling=Decimal(0) if client.embedded else client.limits.max_call_cost,
    )


class _GoneError(Exception):
    """The files of an answer that has just come are not offered any more; the same key may tell where they are."""


def _told_again(client: ServiceClient[Q, R], order: Order[Q], buyer: Buyer, books: Attempts) -> dict[str, Any]:
    """The answer once more, from a service that honours keys: for nothing, and with URLs that are valid today."""
    known: dict[str, Any] = {"key": books.call.idempotency_key, "stop": buyer.stop, "tell": buyer.tell}
    with _paid_for(client, books):
        return client.call(order.request, books.call.body, **known).response


def _has_asked(client: ServiceClient[Any, Any], call: Call) -> bool:
    """Whether the call went to the service that the client speaks to today; a newer studio has its forerunner's."""
    return call.payee in (None, client.identity) or (client.embedded and str(call.payee).startswith("studio "))


def _when_unknown(client: ServiceClient[Any, Any]) -> WhenUnknown:
    return "reattach" if client.limits.idempotent else client.limits.on_unknown


def _stored(answer: Answer[Any]) -> dict[str, Any]:
    """An answer as the ledger keeps it."""
    return {
        "result": answer.response,
        "metadata": answer.metadata,
        "seconds": round(answer.seconds, 3),
        "request_id": answer.request_id,
    }


def _model_of(answer: Mapping[str, Any]) -> str | None:
    """Which model made it, where the service says so in words: both places are free for it to fill."""
    told = (answer[part].get("model") for part in ("result", "metadata"))
    return next((model for model in told if isinstance(model, str) and model), None)


def _result(call: Call) -> dict[str, Any]:
    return dict((call.response or {})["result"])


def _check_length(request: Frozen, artifact: Artifact) -> None:
    if not isinstance(request, ClipRequest) or artifact.duration is None:
        return
    if artifact.duration < request.duration - SHORTER:
        raise ArtifactError(
            f"{shown(artifact.source_url)} lasts {artifact.duration:g} s, but {request.duration:g} s were ordered"
        )


@contextmanager
def _paid_for(client: ServiceClient[Any, Any], books: Attempts) -> Iterator[None]:
    """An answered call whose files cannot be had just now: it is left as it is for whoever asks next."""
    try:
        yield
    except ServiceError:
        books.left()
        raise
    except ArtifactUnavailable as error:
        books.left()
        raise telling.kept_for_later(client, books.call, error) from error
