"""What a batch would cost: pictures and clips that several of its ads share are counted once."""

from collections.abc import Sequence

from adgen_pipeline.contracts.brief import Brief, Money, Words
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.stages import COMPOSITION
from adgen_pipeline.estimates.estimating import estimate
from adgen_pipeline.estimates.figures import Estimate, StageEstimate
from adgen_pipeline.settings import Settings

_NO_PICTURE_DEPENDS_ON_IT = {"words": Words(), "captions": "off", "max_cost": None, "callback_url": None}


class BatchEstimate(Frozen):
    """What a batch would cost in USD: `expected`, every call `at_ceilings`, and `limits`, the sum of its ads' limits.

    `alone` is what the same ads would be expected to cost one by one, each bought for itself. `calls` are those of all
    ads, `to_buy` those that have to be bought. `stopped` names a stage that an ad's limit would stop, if there is one.
    """

    ads: int
    calls: int
    to_buy: int
    expected: Money
    alone: Money
    at_ceilings: Money
    limits: Money
    stopped: str | None

    @property
    def is_free(self) -> bool:
        """True when nothing that is charged for has to be bought."""
        return not self.at_ceilings


def estimate_batch(briefs: Sequence[Brief], settings: Settings) -> BatchEstimate:
    """What the ads of `briefs` would cost together. Raises as `estimate`.

    Ads that differ in what no picture depends on share all but the composition; what else is equal between them is
    found when it is bought, and not counted here.
    """
    found, known = [], set[str]()
    for brief in briefs:
        pictures = brief.model_copy(update=_NO_PICTURE_DEPENDS_ON_IT).model_dump_json()
        shares = brief.reuse == "on" and pictures in known
        known.add(pictures)
        each = estimate(brief, settings)
        found.append((each, _to_pay(each, shares=shares)))
    paid = [stage for _, stages in found for stage in stages]
    return BatchEstimate(
        ads=len(briefs),
        calls=sum(stage.calls for each, _ in found for stage in each.stages),
        to_buy=sum(stage.to_buy for stage in paid),
        expected=sum(stage.expected for stage in paid),
        alone=sum(stage.price * stage.calls for each, _ in found for stage in each.stages),
        at_ceilings=sum(stage.at_ceilings for stage in paid),
        limits=sum(each.max_cost for each, _ in found),
        stopped=next((each.stopped_in for each, _ in found if each.stopped_in), None),
    )


def _to_pay(each: Estimate, *, shares: bool) -> list[StageEstimate]:
    return [stage for stage in each.stages if not shares or stage.stage == COMPOSITION.name]
