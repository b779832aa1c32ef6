"""What became of each ad, and whether the ledger and the services' invoice agree on what it cost."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from adgen_pipeline.ledger import Ledger
from adgen_pipeline_tests.chaos import invariants
from adgen_pipeline_tests.chaos.invoice import billed
from adgen_pipeline_tests.chaos.schedules import Schedule
from adgen_pipeline_tests.chaos.world import Services
from adgen_pipeline_tests.soak.fate import ENDS_AN_AD


@dataclass(frozen=True)
class Verdict:
    """One ad. `status` as the API has it; `invoiced`, `booked` and `doubted` in USD; `failed_calls` of `calls`."""

    number: int
    status: str
    rightly_failed: bool
    invoiced: Decimal
    booked: Decimal
    doubted: Decimal
    calls: int
    failed_calls: int
    wrong: list[str] = field(default_factory=list)


def judge(schedule: Schedule, job: dict[str, Any], services: Services, ledger: Ledger) -> Verdict:
    """`job` is the API's answer about the ad of `schedule`."""
    diary, lines = services.diary(schedule.number), services.invoice(schedule.number)
    posts = [event for event in diary if event["what"] == "post"]
    refused = job["status"] == "failed" and any(event["kind"] in ENDS_AN_AD for event in posts)
    totals = ledger.totals(job["job_id"])
    wrong = [
        *invariants.nothing_twice(schedule, diary, lines),
        *invariants.no_claim_open(ledger.calls(job["job_id"])),
        *invariants.no_conflicts(diary),
        *invariants.to_the_cent(schedule, lines, totals, finished=job["status"] == "completed"),
    ]
    if job["status"] != "completed" and not refused:
        wrong.append(f"it is {job['status']}, and no service refused it: {(job['error'] or {}).get('message')}")
    return Verdict(
        number=schedule.number,
        status=job["status"],
        rightly_failed=refused,
        invoiced=billed(lines),
        booked=totals.spent,
        doubted=totals.unknown + totals.reserved,
        calls=len(posts),
        failed_calls=sum(bool(event["kind"]) for event in posts),
        wrong=wrong,
    )


def figures(verdicts: list[Verdict]) -> dict[str, Any]:
    """All ads together, in the order in which they are read."""
    calls = sum(verdict.calls for verdict in verdicts)
    return {
        "ads": len(verdicts),
        "finished": sum(verdict.status == "completed" for verdict in verdicts),
        "rightly failed": sum(verdict.rightly_failed for verdict in verdicts),
        "wrong": sum(bool(verdict.wrong) for verdict in verdicts),
        "calls": calls,
        "failed calls": sum(verdict.failed_calls for verdict in verdicts),
        "failed share": round(sum(verdict.failed_calls for verdict in verdicts) / max(1, calls), 4),
        "invoice, USD": str(sum((verdict.invoiced for verdict in verdicts), Decimal(0))),
        "ledger, USD": str(sum((verdict.booked for verdict in verdicts), Decimal(0))),
        "in doubt, USD": str(sum((verdict.doubted for verdict in verdicts), Decimal(0))),
    }
