"""An ad that was made and paid for, once; each test has a ledger and a media store of its own that know it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adgen_pipeline_tests.defs.runs import make
from adgen_pipeline_tests.lab import Lab, running_lab


@pytest.fixture(scope="package")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Lab, Path]]:
    home = tmp_path_factory.mktemp("made")
    with running_lab() as lab:
        with pytest.MonkeyPatch.context() as environment:
            environment.setattr("adgen_pipeline.settings.model.CHECKOUT", None)
            environment.chdir(home)
            for name, value in lab.environment().items() | {("ADGEN_HOME", str(home)), ("DAGSTER_HOME", "")}:
                environment.setenv(name, value)
            make()
        yield lab, home


@pytest.fixture
def after_one_ad(_made: tuple[Lab, Path], home: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """The lab, which has sold one ad of three scenes for $1.00; the ledger knows it, and `lab.calls` is empty."""
    lab, made = _made
    monkeypatch.delenv("DATABASE_URL", raising=False)  # the ledger is copied, which is a matter of files
    home.mkdir()
    shutil.copy(made / "ledger.db", home)
    shutil.copytree(made / "media", home / "media")
    for name, value in lab.environment().items():
        monkeypatch.setenv(name, value)
    lab.calls.clear()
    return lab
