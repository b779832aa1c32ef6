"""What all tests stand on: a state folder of their own, no settings from outside, and the lab."""

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline_tests.lab import Lab, running_lab
from adgen_pipeline_tests.postgres import Databases, new_database, running_postgres
from adgen_pipeline_tests.s3 import S3, running_s3

_PREFIXES = (
    *("PROMPT_PARSER_", "IMAGE_GEN_", "VIDEO_GEN_", "COMPOSITION_"),
    *(
        "ADGEN_",
        "MEDIA_",
        "DAGSTER_HOME",
        "DATABASE_URL",
        "MAX_",
        "COST_WARNING",
        "ON_UNKNOWN",
        "KEYFRAMES",
        "STEP_EXECUTOR",
        "RUN_START",
        "INBOX",
        "CAMPAIGNS",
        "DAGSTER_URL",
        "UI_",
        "API_",
        "CORS_ORIGINS",
        "WEBHOOK_",
        "BROKER_URL",
        "KEEP_",
        "LOG_",
        "SENTRY_",
        "C2PA_",
        "AWS_",
    ),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database=postgres`: the same tests, with ledger and Dagster on a server. `--dear`: all of them."""
    told = "where tests that do not say keep ledger and Dagster: in SQLite files, or in a Postgres started for them"
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help=told)
    parser.addoption("--dear", action="store_true", help="run the tests that are marked dear, too")


def pytest_configure(config: pytest.Config) -> None:
    """Heed SIGINT, also where a script started the tests in its background, which ignores it: Dagster has SIGTERM do
    what SIGINT does, and processes that tests start inherit it, so that nothing could be ended."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On Postgres, tests about SQLite files have nothing to show; dear ones are for whoever asks for them."""
    for item in items:
        for mark in item.iter_markers("sqlite_files"):
            if config.getoption("--database") != "sqlite":
                item.add_marker(pytest.mark.skip(reason=f"about SQLite files: {mark.args[0]}"))
        if item.get_closest_marker("dear") and not config.getoption("--dear"):
            item.add_marker(pytest.mark.skip(reason="dear: runs with --dear, as by `make test-all`"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own, and no settings of the machine's."""
    for name in list(os.environ):
        if name.startswith(_PREFIXES):
            monkeypatch.delenv(name)
    monkeypatch.setattr("adgen_pipeline.settings.model.CHECKOUT", None)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "home"
    monkeypatch.setenv("ADGEN_HOME", str(folder))
    # Processes that tests start find the tests, too: only the package itself is installed.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    # Restored after the test: code under test may set it for its process.
    monkeypatch.setenv("DAGSTER_HOME", "")
    return folder


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where asked for, a database of the test's own on Postgres."""
    if request.config.getoption("--database") == "sqlite":
        yield
        return
    with request.getfixturevalue("databases").lent() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """The four services, played by one server; the settings point at it."""
    with running_lab() as lab:
        for name, value in lab.environment().items():
            monkeypatch.setenv(name, value)
        yield lab


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """One server for all tests that need one."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """One S3 server for all tests that need one."""
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(s3: S3, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket of that server; MEDIA_STORE is in it."""
    name = f"test-{uuid.uuid4().hex}"
    for setting, value in s3.environment(name).items():
        monkeypatch.setenv(setting, value)
    return name


@pytest.fixture(scope="session")
def databases(postgres: Any) -> Databases:
    """Empty ones, to be lent."""
    return Databases(postgres)


@pytest.fixture(scope="session")
def own_database(request: pytest.FixtureRequest) -> Callable[[], dict[str, str]]:
    """For what lives longer than a test: the DATABASE_URL of an empty database, where Postgres is asked for."""

    def setting() -> dict[str, str]:
        if request.config.getoption("--database") == "sqlite":
            return {}
        return {"DATABASE_URL": new_database(request.getfixturevalue("postgres"))}

    return setting
