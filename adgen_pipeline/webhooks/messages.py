"""What a receiver is told: the job's report, as of the end (or the warning) that it is told of."""

import json
from typing import Any

from adgen_pipeline.ledger import Delivery, Ledger
from adgen_pipeline.reports import JobReport, report_of
from adgen_pipeline.reports.report import Problem
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks

_MOMENTS = ("completed_at", "failed_at", "cancelled_at")


def body_of(ledger: Ledger, delivery: Delivery, settings: Settings) -> bytes:
    """The JSON of one attempt: `type`, `timestamp` (of what happened) and `data`, the report.

    Written anew for each attempt, so that its links play when it arrives. What the job had become at the time stays
    as it was, though it may have gone on since. Raises AdgenError where the report cannot be made.
    """
    links, per_scene = MediaLinks.of(settings), settings.keyframes == "per_scene"
    report = report_of(ledger, delivery.job_id, None, links.link, per_scene=per_scene)
    data = _as_of(report, delivery).model_dump(mode="json")
    told = {"type": delivery.type, "timestamp": delivery.created_at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _as_of(report: JobReport, delivery: Delivery) -> JobReport:
    """`report` with the status that the news is of."""
    status: Any = delivery.outcome or "processing"
    if report.status == status:
        return report
    problem = Problem.model_validate(delivery.error) if delivery.error else None
    ended = dict.fromkeys(_MOMENTS) | ({f"{status}_at": delivery.created_at} if delivery.outcome else {})
    return report.model_copy(update={"status": status, "error": problem, "result": None, **ended})
