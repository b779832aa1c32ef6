"""The estimate's conclusion, in words."""

from decimal import ROUND_UP, Decimal

from adgen_pipeline.errors import dollars
from adgen_pipeline.estimates.figures import Estimate

_CENT = Decimal("0.01")


def conclusion(estimate: Estimate) -> str:
    """What the estimate means for the one who pays, and whether COST_WARNING is passed."""
    if estimate.is_free:
        return _free(estimate)
    return f"{_under_the_limit(estimate)} {_of_the_warning(estimate)}"


def _free(estimate: Estimate) -> str:
    if not any(stage.reused for stage in estimate.stages):
        return "Nothing is charged: the embedded studio makes it all."
    if any(stage.to_buy for stage in estimate.stages):
        return "Nothing is charged: what is not at hand in the ledger, the embedded studio makes."
    return (
        f"Nothing has to be bought: every answer is at hand in the ledger, and had cost {dollars(estimate.saved)}. "
        "For another ad, set another `seed` or `reuse: off`."
    )


def _under_the_limit(estimate: Estimate) -> str:
    expected, needed = dollars(estimate.expected.quantize(_CENT)), dollars(estimate.needed.quantize(_CENT, ROUND_UP))
    at_ceilings, limit = dollars(estimate.at_ceilings), dollars(estimate.max_cost)
    if estimate.stopped_in:
        return (
            f"The limit of {limit} is too low: {expected} expected, but the ad would be stopped in "
            f"{estimate.stopped_in}, as a call is made only where its ceiling fits; set max_cost to at least "
            f"{needed}, or to {at_ceilings} for every call at its ceiling."
        )
    if estimate.stopped_at_ceilings_in:
        return (
            f"{expected} expected, which fits below the limit of {limit}; {at_ceilings} if every call costs its "
            f"ceiling: then the ad would be stopped in {estimate.stopped_at_ceilings_in}."
        )
    return (
        f"{expected} expected, {at_ceilings} if every call costs its ceiling: both fit below the limit of {limit}"
        f"{_with_failures(estimate)}."
    )


def _with_failures(estimate: Estimate) -> str:
    if estimate.at_most == estimate.worst_case:
        return f", and so does {dollars(estimate.worst_case)} if all attempts fail and are billed"
    return ", the most it can cost if attempts fail and are billed"


def _of_the_warning(estimate: Estimate) -> str:
    warning = f"COST_WARNING ({dollars(estimate.cost_warning)})"
    if estimate.expected > estimate.cost_warning:
        return f"{warning} is passed."
    if estimate.at_ceilings > estimate.cost_warning:
        return f"{warning} is passed only with calls at their ceilings."
    return f"{warning} is not passed."
