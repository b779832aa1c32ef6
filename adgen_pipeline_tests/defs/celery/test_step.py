"""A step on its worker."""

import threading
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline.defs.celery import step
from adgen_pipeline.defs.celery.app import celery_app
from adgen_pipeline.defs.celery.signs import Signs
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.postgres import new_database, restart, running_postgres

MESSAGE = {"run_id": "of nobody", "step_key": "parsed_prompt", "attempt": 0, "known_state": "", "retries": "enabled"}


@pytest.mark.parametrize(("opened", "away"), [(True, 13.0), (False, 3.0)], ids=["a warm process", "a fresh process"])
def test_one_that_is_taken_while_the_database_is_away_waits_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, opened: bool, away: float
) -> None:
    """Longer than Dagster itself does (some 11 s). It is found to be of a run that has ended, and fails nothing."""
    with running_postgres() as server:
        monkeypatch.setenv("DATABASE_URL", new_database(server))
        monkeypatch.setenv("BROKER_URL", "redis://127.0.0.1:1/0")  # never asked
        monkeypatch.setattr(step, "_instances", {})
        signs = Signs(celery_app(Settings.read()))
        if opened:
            assert _make(signs) == []
        down = threading.Event()
        back = threading.Thread(target=lambda: restart(server, away=away, down=down))
        back.start()
        assert down.wait(60) and _make(signs) == []
        back.join()
        step._instance().dispose()


def _make(signs: Signs) -> Any:
    return step._Step(signs, "adgen_pipeline.definitions", MESSAGE).make(None)
