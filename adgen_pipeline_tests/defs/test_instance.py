"""Dagster's home, as it is opened."""

import resource
from pathlib import Path

import pytest
import yaml
from dagster import DefaultRunLauncher

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.errors import AdgenError, LedgerError
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab


class Watching(DefaultRunLauncher):
    """As those of Kubernetes, Docker and the like: the daemon asks it how each run does."""

    supports_check_run_worker_health = True


def test_where_a_daemon_would_end_it_no_run_is_made_here(
    home: Path, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A team's instance whose runs are pods: refused before anything is bought, with the ways that work."""
    launcher = {"module": Watching.__module__, "class": Watching.__name__}
    watched = {"run_launcher": launcher, "run_monitoring": {"enabled": True}}
    (tmp_path / "dagster.yaml").write_text(yaml.safe_dump(watched))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with pytest.raises(AdgenError, match=r"its Watching, .*\(Re-execute\), or by the REST API \(POST"):
        make()
    with instance() as opened:
        assert opened.get_runs_count() == 0 and not lab.calls


@pytest.mark.sqlite_files("Dagster's files in the state folder")
def test_a_disk_without_room_is_told(home: object) -> None:
    """Where the home is first made: which folder, and how to look; with room again it is made after all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # bytes a file, as little as a full disk has
    try:
        with pytest.raises(LedgerError, match=rf"the Dagster home {home}/dagster cannot be used: .*`df -h"):
            open_instance()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with open_instance() as instance:
        assert instance.get_runs_count() == 0
