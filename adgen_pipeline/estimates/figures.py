"""The estimate: what each stage would cost, and what that means under the job's limit. All money in USD."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from adgen_pipeline.contracts.brief import Money
from adgen_pipeline.contracts.frozen import Frozen

MICRO = Decimal("0.000001")
"""As fine as the ledger keeps money."""


class StageEstimate(Frozen):
    """One stage: its `calls`, those of them that are `reused`, those `to_buy`, and what these cost.

    `to_buy_at_most` counts the scenes that there may be at most. `price` is a call's expected cost (`price_from` says
    how that is known), `ceiling` the most that an attempt may cost, and `attempts` how often a call may be tried.
    `expected`: every call at its price. `at_ceilings`: the most
    calls, each at its ceiling. `worst_case`: each of these with all its attempts billed.
    `scenes` names the scenes to buy, where they are known.
    """

    stage: str
    payee: str
    embedded: bool
    calls: int
    reused: int
    to_buy: int
    to_buy_at_most: int
    scenes: list[str]
    attempts: int
    price: Money
    price_from: str
    ceiling: Money
    expected: Money
    at_ceilings: Money
    worst_case: Money
    saved: Money


class Estimate(Frozen):
    """What the ad would cost, stage by stage and in all.

    `plan` says in words how the scenes are known; `exact`, that the parser's answer is. `worst_case` is the sum of the
    stages'; `at_most` is what the limit `max_cost` leaves of it. `needed` is the least limit under which an ad at the
    expected prices is not stopped: a call is made only where its ceiling fits, too, and waits for those under way if
    theirs leave no room. `stopped_in` is the stage
    that `max_cost` would stop at the expected prices, `stopped_at_ceilings_in` that at the ceilings.
    """

    plan: str
    exact: bool
    scenes: int
    scenes_at_most: int
    stages: list[StageEstimate]
    expected: Money
    at_ceilings: Money
    worst_case: Money
    at_most: Money
    needed: Money
    saved: Money
    max_cost: Money
    cost_warning: Money
    stopped_in: str | None
    stopped_at_ceilings_in: str | None

    @property
    def is_free(self) -> bool:
        """True when nothing that is charged for has to be bought."""
        return not self.at_ceilings


def in_all(stages: Sequence[StageEstimate], max_cost: Decimal, **known: Any) -> Estimate:
    """The estimate of an ad of these `stages` under a limit of `max_cost`."""
    expected = list(accumulate(stage.expected for stage in stages))
    at_ceilings = list(accumulate(stage.at_ceilings for stage in stages))
    worst_case = sum((stage.worst_case for stage in stages), Decimal(0))
    needed = [paid + _beyond_its_price(stage) for paid, stage in zip(expected, stages, strict=True)]
    return Estimate(
        stages=list(stages),
        expected=expected[-1],
        at_ceilings=at_ceilings[-1],
        worst_case=worst_case,
        at_most=min(worst_case, max_cost),
        needed=max(needed),
        saved=sum((stage.saved for stage in stages), Decimal(0)),
        max_cost=max_cost,
        stopped_in=_first_above(max_cost, stages, needed),
        stopped_at_ceilings_in=_first_above(max_cost, stages, at_ceilings),
        **known,
    )


def _beyond_its_price(stage: StageEstimate) -> Decimal:
    """What is reserved for the stage's last call beside its price, in USD."""
    return max(stage.ceiling - stage.price, Decimal(0)).quantize(MICRO) if stage.to_buy else Decimal(0)


def _first_above(max_cost: Decimal, stages: Sequence[StageEstimate], needed: Sequence[Decimal]) -> str | None:
    return next((stage.stage for stage, amount in zip(stages, needed, strict=True) if amount > max_cost), None)
