"""From a brief to the estimate of its ad: no call is made, and the ledger is only read."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from adgen_pipeline.clients.base import RETRY_DELAYS, Limits, ServiceClient
from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.estimates.figures import MICRO, Estimate, StageEstimate, in_all
from adgen_pipeline.estimates.prices import price_of
from adgen_pipeline.estimates.scenes import Scenes, foresee
from adgen_pipeline.estimates.walk import Clients, PlannedCall, Walk, counted
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.purchases.reach import check_reachable
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storyboards import storyboard_for
from adgen_pipeline.studio.fingerprint import fingerprint

ClientT = TypeVar("ClientT", bound=ServiceClient[Any, Any])

_UNPAID = Receipt(service="", cost=Decimal(0), seconds=0, attempts=0, key="", call=0)


@dataclass(frozen=True)
class _Plan:
    """The scenes, the calls that are likely, and those that there may be at most."""

    scenes: Scenes
    likely: list[PlannedCall]
    most: list[PlannedCall]

    def calls(self, stage: str) -> list[PlannedCall]:
        """The likely calls of a stage."""
        return [call for call in self.likely if call.stage == stage]

    def to_buy_at_most(self, stage: str) -> int:
        """The calls of a stage that there may be to buy."""
        return sum(call.stage == stage and not call.reused for call in self.most)


def estimate(brief: Brief, settings: Settings) -> Estimate:
    """What an ad of `brief` would cost now, in USD.

    Raises InvalidBrief when its scenes do not fit the storyboard that is known to come, ArtifactError when the services
    could not reach each other's files, and LedgerError when the ledger is out of reach.
    """
    with open_ledger(settings) as ledger, _clients(settings) as clients:
        media_url = str(settings.media_url) if settings.media_url else None
        check_reachable(clients.all, media_url, MediaStore.of(settings).any_link())
        plan = _plan(brief, settings, clients, ledger)
        stages = [_stage(client, plan, ledger) for client in clients.all]
    return in_all(
        stages,
        brief.max_cost or settings.max_cost_per_video,
        plan=plan.scenes.told,
        exact=plan.scenes.sure,
        scenes=plan.scenes.likely,
        scenes_at_most=plan.scenes.most,
        cost_warning=settings.cost_warning,
    )


def _plan(brief: Brief, settings: Settings, clients: Clients, ledger: Ledger) -> _Plan:
    per_scene = settings.keyframes == "per_scene"
    walk = Walk(brief, clients, ledger, MediaStore.of(settings), per_scene=per_scene)
    parsing, parser = walk.parsing(), clients.prompt_parser
    scenes = foresee(brief, parsing, parser, ledger.history.bought(parser.stage.service, parser.identity))
    most = counted(scenes.most, per_scene=per_scene)
    if scenes.parsed is None:
        return _Plan(scenes, counted(scenes.likely, per_scene=per_scene), most)
    storyboard = storyboard_for("", brief, scenes.parsed, _UNPAID)
    likely = [parsing, *walk.after_parsing(storyboard)]
    return _Plan(scenes, likely, likely if scenes.sure else most)


def _stage(client: ServiceClient[Any, Any], plan: _Plan, ledger: Ledger) -> StageEstimate:
    calls, at_most = plan.calls(client.stage.name), plan.to_buy_at_most(client.stage.name)
    to_buy = [call for call in calls if not call.reused]
    price = price_of(client, ledger, len(calls))
    ceiling = Decimal(0) if client.embedded else client.limits.max_call_cost
    at_ceilings, attempts = at_most * max(ceiling, price.each), len(RETRY_DELAYS) + 1
    return StageEstimate(
        stage=client.stage.name,
        payee=client.identity,
        embedded=client.embedded,
        calls=len(calls),
        reused=len(calls) - len(to_buy),
        to_buy=len(to_buy),
        to_buy_at_most=at_most,
        scenes=[call.scene for call in to_buy if call.scene] if plan.scenes.parsed else [],
        attempts=attempts,
        price=price.each,
        price_from=price.told,
        ceiling=ceiling,
        expected=(price.each * len(to_buy)).quantize(MICRO),
        at_ceilings=at_ceilings,
        worst_case=at_ceilings * attempts,
        saved=sum((call.saved for call in calls), Decimal(0)),
    )


@contextmanager
def _clients(settings: Settings) -> Iterator[Clients]:
    """The clients of the services that the settings name."""
    with ExitStack() as stack:
        kinds: tuple[Any, ...] = (PromptParser, ImageGen, VideoGen, Composition)
        yield Clients(*(stack.enter_context(closing(_client(kind, settings))) for kind in kinds))


def _client(kind: type[ClientT], settings: Settings) -> ClientT:
    service = settings.service(kind.stage)
    limits = Limits(service.timeout, service.deadline, service.idempotent, service.max_call_cost, settings.on_unknown)
    address = Address(service.url or "", service.token)
    return kind(lambda: address, limits, studio=None if service.url else f"studio {fingerprint()}")
