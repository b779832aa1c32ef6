"""Where the ledger is, and that any number of processes may open an empty one."""

from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from adgen_pipeline.errors import InvalidSetting, LedgerError, LedgerUnavailable
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.migrations import FOLDER
from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.schema import REVISION, VERSION_TABLE, metadata
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import race


def _begin(ledger: Ledger, number: int) -> str:
    return ledger.begin_job(f"ad-{number}", 1).job_id


def _checks(engine: sa.Engine) -> set[str]:
    return {str(check["name"]) for check in sa.inspect(engine).get_check_constraints("ledger_calls")}


def test_eight_processes_open_one_empty_database(settings: Settings) -> None:
    """It is migrated once, and all of them can write at once."""
    assert sorted(race(settings, _begin)) == [f"ad-{number}" for number in range(8)]
    with open_ledger(settings) as ledger:
        assert ledger.job("ad-7").max_cost == 1


def test_the_migrations_lead_to_the_tables_of_the_schema(settings: Settings) -> None:
    """Alembic finds nothing to add, in types neither, and the newest migration is the one that `schema` names."""
    with open_ledger(settings), sa.create_engine(database_url(settings)).connect() as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert _checks(connection.engine) == {"ck_ledger_calls_money", "ck_ledger_calls_state"}
        connection.engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_no_reference_is_looked_for_in_a_whole_table(settings: Settings) -> None:
    """Each foreign key begins an index: what it refers to is deleted without a look through all rows that may."""
    with open_ledger(settings), sa.create_engine(database_url(settings)).connect() as connection:
        known = sa.inspect(connection)
        for table in metadata.tables:
            indexed = {index["column_names"][0] for index in known.get_indexes(table)}
            assert {key["constrained_columns"][0] for key in known.get_foreign_keys(table)} <= indexed, table
        connection.engine.dispose()


def test_a_ledger_of_a_newer_version_is_left_alone(settings: Settings) -> None:
    """The message says that the package is to be updated."""
    open_ledger(settings).close()
    engine = sa.create_engine(database_url(settings))
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerError, match="newer version of adgen-pipeline"):
        open_ledger(settings)


@pytest.mark.sqlite_files("where the file lies by default")
def test_the_ledger_lies_in_the_state_folder_by_default(home: Path) -> None:
    """And readers go on while others write (WAL)."""
    open_ledger(Settings.read()).close()
    assert (home / "ledger.db").read_bytes()[18:20] == b"\x02\x02"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgres://u:p%40ss@h/ads", "postgresql+psycopg2://u:p%40ss@h/ads"),
        ("postgresql://u@h:5433/ads", "postgresql+psycopg2://u@h:5433/ads"),
        ("postgresql+asyncpg://u@h/ads?ssl=require", "postgresql+psycopg2://u@h/ads?sslmode=require"),
        ("postgresql+psycopg://u@h/ads", "postgresql+psycopg2://u@h/ads"),
        ("sqlite+aiosqlite:////var/ads.db", "sqlite:////var/ads.db"),
    ],
)
def test_the_usual_spellings_are_understood(monkeypatch: pytest.MonkeyPatch, written: str, read: str) -> None:
    """Whichever driver a DATABASE_URL was written for."""
    monkeypatch.setenv("DATABASE_URL", written)
    assert database_url(Settings.read()).render_as_string(hide_password=False) == read


@pytest.mark.parametrize("url", ["mysql://u:s3cret@h/ads", "sqlite:///:memory:", "s3cret"])
def test_another_database_is_refused_without_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """The message names the setting and the way out, not the value."""
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(InvalidSetting, match=r"DATABASE_URL: \(hidden\).*must be postgresql://") as caught:
        Settings.read()
    assert "s3cret" not in caught.value.message


def test_a_database_out_of_reach_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Postgres that is not there, and a folder that cannot be made."""
    for url in ("postgresql://u:s3cret@127.0.0.1:1/ads", "postgresql://127.0.0.1:1/ads?user=u&password=s3cret"):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(LedgerUnavailable, match=r"127\.0\.0\.1:1/ads.*check DATABASE_URL") as caught:
            open_ledger(Settings.read())
        assert "s3cret" not in caught.value.message and caught.value.code == "SERVICE_UNAVAILABLE"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/file/ledger.db")
    with pytest.raises(LedgerError, match="cannot be kept in"):
        open_ledger(Settings.read())


def test_a_wait_for_a_free_connection_that_lasts_too_long_is_an_error_of_the_ledger() -> None:
    """More threads than connections: who must write an answer tries again, as when the database is away."""
    with open_ledger(Settings.read()) as ledger, ExitStack() as stack:
        engine = ledger._database.engine
        engine.pool._timeout = 0.1  # type: ignore[attr-defined]
        for _ in range(engine.pool.size() + engine.pool._max_overflow):  # type: ignore[attr-defined]
            stack.enter_context(engine.connect())
        with pytest.raises(LedgerError, match="cannot be read: QueuePool limit"):
            ledger.jobs()
