"""Waits until no ad is being made: `python -m adgen_pipeline.deployment.draining SECONDS`.

For whoever stops a host's services (deploy/systemd): the doors are closed, so that none comes in, and what is under way
gets its time. Ads that are not over by then are cut off with the code server, and go on at the next start.
"""

import sys
import time

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from adgen_pipeline.defs.instance import open_instance

_UNDER_WAY = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
_LOOK_SECONDS = 1.0


def drain(instance: DagsterInstance, seconds: float) -> list[str]:
    """Wait up to `seconds`; the ids of the runs that are under way still."""
    until = time.monotonic() + seconds
    while (left := _under_way(instance)) and time.monotonic() < until:
        time.sleep(min(_LOOK_SECONDS, max(0.0, until - time.monotonic())))
    return left


def _under_way(instance: DagsterInstance) -> list[str]:
    return [run.run_id for run in instance.get_runs(RunsFilter(statuses=_UNDER_WAY))]


def main() -> None:
    """Says what it waits for, and what it has waited for in vain; the exit code is 0 in both cases."""
    seconds = float(sys.argv[1])
    with open_instance() as instance:
        if waiting := _under_way(instance):
            print(f"{len(waiting)} ads are being made; they have {seconds:g} s to end", flush=True)
        for run in drain(instance, seconds):
            print(f"run {run} is cut off, and goes on with what is paid at the next start", flush=True)


if __name__ == "__main__":
    main()
