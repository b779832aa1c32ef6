"""The job as everybody is shown it: what the ledger knows of it, and what Dagster says of its runs.

reporting   `report_of`: the one report that REST, events, pages and webhooks show
report      its fields: frozen models, JSON as the contract has it
runs        `RunState`: what Dagster says of a job's runs, in the job's own words
status      which of the two is right about how the job stands
progress    how far it is, counted call by call
scenes      its storyboard, and what has been made of each scene
ending      what came of it: the ad, or the error
experience  when it will be done, from how long such ads have taken
"""

from adgen_pipeline.reports.report import (
    Cost,
    JobReport,
    Problem,
    Progress,
    Result,
    SceneReport,
)
from adgen_pipeline.reports.reporting import report_of
from adgen_pipeline.reports.runs import JobStatus, RunState
from adgen_pipeline.reports.status import status_of

__all__ = [
    "Cost",
    "JobReport",
    "JobStatus",
    "Problem",
    "Progress",
    "Result",
    "RunState",
    "SceneReport",
    "report_of",
    "status_of",
]
