"""Runs as a dead process leaves them: in Dagster's books they go on, and the process they name has ended."""

import subprocess
import sys
from functools import cache
from typing import Any

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline_tests.defs.runs import PROMPT

BRIEF = {"prompt": PROMPT, "duration": 15}
HERE = RegisteredCodeLocationOrigin("here")
"""The code location that launched them."""


@cache
def dead_process() -> str:
    """The identity of a process that has lived and ended."""
    tell = "from adgen_pipeline.processes import this_process; print(this_process())"
    return subprocess.run([sys.executable, "-c", tell], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def left_behind(
    opened: DagsterInstance, status: DagsterRunStatus = DagsterRunStatus.STARTED, *, stamped: bool = True, **known: Any
) -> DagsterRun:
    """A run of an ad that a code server launched and that is `status` for ever; `known` as for a run's creation."""
    defs, job = build_defs(), known.pop("job", "generate_ad")
    run = opened.create_run_for_job(
        job_def=defs.resolve_implicit_global_asset_job_def() if job == "__ASSET_JOB" else defs.resolve_job_def(job),
        run_config=known.pop("run_config", BRIEF),
        status=status,
        remote_job_origin=RemoteJobOrigin(RemoteRepositoryOrigin(known.pop("location", HERE), "__repository__"), job),
        **known,
    )
    if stamped:
        opened.add_run_tags(run.run_id, {PROCESS_TAG: f"{run.run_id}/{dead_process()}"})
    return again(opened, run)


def again(opened: DagsterInstance, run: DagsterRun) -> DagsterRun:
    """The run as it is now."""
    now = opened.get_run_by_id(run.run_id)
    assert now is not None
    return now
