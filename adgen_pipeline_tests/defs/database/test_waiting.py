"""A database that restarts while an ad is made costs time, and nothing else."""

import threading
from collections import Counter
from typing import Any

import pytest
from dagster import DagsterRunStatus

from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.postgres import new_database, restart, running_postgres

CLIP = "/generate-video"


def test_a_restart_in_the_middle_of_the_clips(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run waits and goes on: every call was made once and is paid once, and every event is stored once."""
    with running_postgres() as server:
        monkeypatch.setenv("DATABASE_URL", new_database(server))
        lab.latency[CLIP] = 0.5
        restarts = threading.Thread(target=_restart_at_the_first_clip, args=(server, lab))
        restarts.start()
        ad = make()
        restarts.join()
        assert ad.total_cost == 1
        assert Counter(call.path for call in lab.calls)[CLIP] == 3
        with instance() as opened:
            run, events = opened.get_runs()[0], opened.all_logs(ad.job_id)
        assert run.status == DagsterRunStatus.SUCCESS
        ended = Counter(e.dagster_event.step_key for e in events if e.dagster_event and e.dagster_event.is_step_success)
        assert ended and set(ended.values()) == {1}


def _restart_at_the_first_clip(server: Any, lab: Lab) -> None:
    while not lab.of(CLIP):
        threading.Event().wait(0.01)
    restart(server, away=1.0)
