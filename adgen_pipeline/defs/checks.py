"""The checks of a finished ad, as Dagster shows them: one step watches the file once, for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import dagster as dg
from dagster import DagsterEventType, DagsterInstance

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.defs.reporting import clear_failures
from adgen_pipeline.errors import QualityCheckFailed
from adgen_pipeline.inspection.findings import Finding
from adgen_pipeline.inspection.rules import RULES
from adgen_pipeline.purchases import Purchases

_AD, _STORYBOARD = dg.AssetKey("final_ad"), dg.AssetKey("parsed_prompt")


@dataclass(frozen=True)
class CheckResult:
    """What one check of an ad said; `told` is for people."""

    name: str
    told: str


@dg.multi_asset_check(
    name="ad_inspection",
    specs=[
        dg.AssetCheckSpec(name, asset=_AD, additional_deps=[_STORYBOARD], description=asks, blocking=True)
        for name, asks in RULES.items()
    ],
    ins={"final_ad": _AD, "parsed_prompt": _STORYBOARD},
    description="Watches the finished ad once, from its first frame to its last, and applies every rule to it.",
    can_subset=True,
)
def ad_inspection(
    context: dg.AssetCheckExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    final_ad: FinishedAd,
    parsed_prompt: Storyboard,
) -> Iterator[dg.AssetCheckResult]:
    """Give every chosen check its result, and fail then if the ad is of no use: it is kept with its costs anyway."""
    from adgen_pipeline.inspection.inspecting import inspect  # numpy and the codecs: of no use to the other steps

    chosen = {key.name for key in context.selected_asset_check_keys}
    with clear_failures():
        totals = purchases.ledger.totals(final_ad.job_id)
        findings = inspect(purchases.store.path(final_ad.video), final_ad, parsed_prompt, totals)
    found = [finding for finding in findings if finding.name in chosen]
    yield from map(_result, found)
    failed = [CheckResult(finding.name, finding.told) for finding in found if finding.verdict == "failed"]
    with clear_failures():
        if failed:
            raise unfit(final_ad, failed, cost=Decimal(0))


def unfit(ad: FinishedAd, failed: list[CheckResult], cost: Decimal | None = None) -> QualityCheckFailed:
    """The error of an ad that was made, and fails checks. Its `cost` (USD): the whole ad's, unless said otherwise."""
    reasons = "; ".join(f"{check.name}: {check.told}" for check in failed)
    told = f"the ad is made and kept, but nobody could use it: {reasons}"
    way_out = f"`adgen remake {ad.job_id} --stage composition` has it put together anew"
    details = {"job_id": ad.job_id, "checks": ", ".join(check.name for check in failed)}
    return QualityCheckFailed(
        f"{told}. {way_out}", ad=ad, details=details, cost=ad.total_cost if cost is None else cost
    )


def failed_checks(instance: DagsterInstance, run_id: str) -> list[CheckResult]:
    """The checks by which the run's ad is of no use; none while they are not done."""
    return _not_passed(instance, run_id, dg.AssetCheckSeverity.ERROR)


def warned_checks(instance: DagsterInstance, run_id: str) -> list[CheckResult]:
    """The checks of the run's ad that say: somebody should look."""
    return _not_passed(instance, run_id, dg.AssetCheckSeverity.WARN)


def _not_passed(instance: DagsterInstance, run_id: str, severity: dg.AssetCheckSeverity) -> list[CheckResult]:
    records = instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION).records
    events = [record.event_log_entry.dagster_event for record in records]
    told = [event.asset_check_evaluation_data for event in events if event is not None]
    return [
        CheckResult(check.check_name, check.description or "")
        for check in told
        if not check.passed and check.severity == severity
    ]


def _result(finding: Finding) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.ERROR if finding.verdict == "failed" else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        check_name=finding.name,
        asset_key=_AD,
        passed=finding.verdict == "passed",
        severity=severity,
        description=finding.told,
        metadata=finding.figures,
    )
