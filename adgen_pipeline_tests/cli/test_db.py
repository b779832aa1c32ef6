"""`adgen db`: what people and scripts are told of the database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.postgres import new_database


def test_upgrade_and_status(
    adgen: Callable[..., Ended], home: Path, postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to this version, once; a newer version's tables end both with the way out, the password hidden."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres).replace("postgres:@", "postgres:s3cret@"))
    assert f"ledger: from none yet to {REVISION}" in adgen("db", "upgrade").told
    assert f"ledger: at {REVISION} already" in adgen("db", "upgrade").told
    told = adgen("db", "status", "--json")
    assert told.code == 0 and "s3cret" not in told.told
    status = json.loads(told.told)
    assert status["fits"] and {"ledger_jobs", "event_logs"} <= {table["table"] for table in status["tables"]}
    database = open_database(Settings.read())
    with database.write() as connection:
        connection.execute(sa.text("UPDATE ledger_version SET version_num = '9999'"))
    database.engine.dispose()
    for words in (("db", "status"), ("db", "upgrade"), ("ledger",)):
        ended = adgen(*words)
        assert ended.code == 1 and "update this installation" in ended.told and "s3cret" not in ended.told
