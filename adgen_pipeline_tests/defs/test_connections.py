"""A run keeps its connections to Dagster's storage, and what it writes there is what it always wrote."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dagster import DagsterEventType, DagsterInstance

from adgen_pipeline.defs.connections import keep_for_a_webserver, kept_open
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.postgres import new_database

LIMITS = sa.text("SELECT * FROM concurrency_limits FOR UPDATE")


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Dagster and the ledger on SQLite files, or both on a Postgres server as in production."""
    kind = str(request.param)
    if kind == "postgres":
        on_postgres(request.getfixturevalue("postgres"), tmp_path, monkeypatch)
    return kind


def on_postgres(server: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let both be there; the URL of Dagster's database."""
    url = new_database(server).replace("postgresql:", "postgresql+psycopg2:")
    home = folder / "dagster"
    home.mkdir()
    (home / "dagster.yaml").write_text(
        f"storage:\n  postgres:\n    postgres_url: {url}\ntelemetry:\n  enabled: false\n"
    )
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    monkeypatch.setenv("DATABASE_URL", new_database(server))
    return url


@contextmanager
def counting_connections() -> Iterator[list[str]]:
    """The databases that were connected to meanwhile, one entry a connection."""
    made: list[str] = []

    @sa.event.listens_for(sa.Engine, "engine_connect")
    def _(connection: sa.Connection) -> None:
        fresh = connection.connection.dbapi_connection
        if not any(fresh is seen for seen in known):
            known.append(fresh)
            made.append(str(connection.engine.url.database))

    known: list[object] = []
    try:
        yield made
    finally:
        sa.event.remove(sa.Engine, "engine_connect", _)


def events_of(opened: DagsterInstance, run_id: str) -> list[DagsterEventType]:
    entries = opened.all_logs(run_id)
    return [entry.dagster_event.event_type for entry in entries if entry.dagster_event]


def test_an_ad_opens_a_database_few_times(lab: Lab, storage: str) -> None:
    """Fewer connections than events: without them kept, an event opens one or two of its own."""
    make(seed=1)
    with counting_connections() as made:
        ad = make(seed=2)
    with instance() as opened:
        events = events_of(opened, ad.job_id)
    assert len(events) > 100
    assert len(made) < len(events) * 2 / 3


def test_the_log_of_an_ad_is_whole(lab: Lab, storage: str) -> None:
    """Each step that started has ended, each asset is materialised, in the run's log and for the UI's asset pages."""
    ad = make()
    with instance() as opened:
        events = events_of(opened, ad.job_id)
        assets = [key for key in opened.all_asset_keys() if opened.get_latest_materialization_event(key)]
    assert events.count(DagsterEventType.STEP_START) == events.count(DagsterEventType.STEP_SUCCESS) > 0
    assert events[-1] == DagsterEventType.RUN_SUCCESS
    assert {key.to_user_string() for key in assets} == {
        "parsed_prompt",
        "keyframe_images",
        "video_clips",
        "final_ad",
    }


def test_what_was_changed_is_put_back(home: Path, storage: str) -> None:
    """After the run, the instance connects as Dagster does: nothing is held open in a process that lives on."""
    with instance() as opened:
        with kept_open(opened):
            kept = _pool_of(opened)
            assert kept is _pool_of(opened) and not isinstance(kept, sa.NullPool)
        assert isinstance(_pool_of(opened), sa.NullPool)
        assert kept.checkedin() == 0  # type: ignore[attr-defined]


def test_runs_of_one_process_may_overlap(home: Path, storage: str) -> None:
    """The one that ends first takes nothing from the other, and nothing of either is left."""
    with instance() as opened, ExitStack() as first, ExitStack() as second:
        first.enter_context(kept_open(opened))
        second.enter_context(kept_open(opened))
        first.close()
        opened.report_engine_event("still here", job_name="generate_ad", run_id="a run")
        second.close()
        assert isinstance(_pool_of(opened), sa.NullPool)
        assert [entry.message for entry in opened.all_logs("a run")] == ["still here"]


def test_a_connection_that_was_cut_is_made_anew(
    home: Path, postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is restarted while an ad waits for its clips: the next event finds its way into the log."""
    url = on_postgres(postgres, tmp_path, monkeypatch)
    with instance() as opened, kept_open(opened):
        opened.report_engine_event("before", job_name="generate_ad", run_id="a run")
        with sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            cut = connection.execute(sa.text(f"{others} AND pid <> pg_backend_pid()")).fetchall()
        assert cut
        opened.report_engine_event("after", job_name="generate_ad", run_id="a run")
        assert [entry.message for entry in opened.all_logs("a run")] == ["before", "after"]


def test_who_stands_still_in_a_transaction_of_dagsters_loses_it(
    home: Path, postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is frozen there, or gone with its machine, holds no rows that all others wait for."""
    monkeypatch.setattr("adgen_pipeline.ledger.database.STILL_SECONDS", 0.3)
    url = on_postgres(postgres, tmp_path, monkeypatch)
    with instance() as opened, kept_open(opened):
        log: Any = opened.event_log_storage
        log.set_concurrency_slots("clips", 1)
        with (
            pytest.raises(sa.exc.DBAPIError, match=r"closed the connection|terminating connection"),
            log.index_transaction() as frozen,
        ):
            frozen.execute(LIMITS)
            with sa.create_engine(url, poolclass=sa.NullPool).connect() as other:
                other.execute(sa.text("SET lock_timeout = '60s'"))
                assert len(other.execute(LIMITS).all()) == 1
            frozen.execute(LIMITS)


def _pool_of(opened: DagsterInstance) -> sa.Pool:
    """Of the connections for events."""
    with opened.event_log_storage.index_connection() as connection:  # type: ignore[attr-defined]
        pool: sa.Pool = connection.engine.pool
        return pool


def test_a_webservers_connections_may_be_cut(postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by a server that restarts: what is asked next, of each storage, is answered on a new connection."""
    url = on_postgres(postgres, tmp_path, monkeypatch)
    with instance() as opened:
        keep_for_a_webserver(opened, 15_000, 3600, 20)
        for _ in range(2):
            assert opened.get_runs() == [] == list(opened.schedule_storage.all_instigator_state())
            assert opened.event_log_storage.get_maximum_record_id() is None
            assert _cut_all(url) == 3


def _cut_all(url: str) -> int:
    """End the connections to the database; how many there were."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        return len(connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) {others}")).all())
