"""MAX_CONCURRENT_JOBS reaches Dagster's queue, unless a dagster.yaml says itself how its queue is run."""

from pathlib import Path

import pytest
import yaml
from dagster import DagsterInstance

from adgen_pipeline.defs.instance import prepare_home
from adgen_pipeline.defs.run_queue import with_limit


def test_the_queue_of_our_own_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dagster reads the number from the file that is written at each start."""
    for ads in ("3", "12"):
        monkeypatch.setenv("MAX_CONCURRENT_JOBS", ads)
        monkeypatch.setenv("DAGSTER_HOME", "")
        with DagsterInstance.from_config(str(prepare_home())) as opened:
            assert opened.get_concurrency_config().run_queue_config.max_concurrent_runs == int(ads)


def test_the_rest_of_the_file_is_kept() -> None:
    """What the file says besides stays, and its first line says where to change it."""
    text = with_limit("run_queue:\n  dequeue_interval_seconds: 1\nnux: {enabled: false}\n", 4, "dagster.yaml")
    assert yaml.safe_load(text) == {
        "run_queue": {"dequeue_interval_seconds": 1, "max_concurrent_runs": 4},
        "nux": {"enabled": False},
    }
    assert text.startswith("# ") and "dagster.yaml and MAX_CONCURRENT_JOBS" in text.splitlines()[0]


@pytest.mark.parametrize(
    "said",
    [
        "run_queue: {max_concurrent_runs: 2}",
        "concurrency: {runs: {max_concurrent_runs: 2}}",
        "run_coordinator: {module: dagster._core.run_coordinator, class: DefaultRunCoordinator}",
    ],
)
def test_what_the_file_says_of_its_queue_wins(said: str) -> None:
    """A number of its own, in the old words or the new, or no queue at all."""
    assert yaml.safe_load(with_limit(said, 4, "dagster.yaml")) == yaml.safe_load(said)


def test_a_teams_own_instance_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into a DAGSTER_HOME that somebody else looks after."""
    (tmp_path / "dagster.yaml").write_text("nux: {enabled: false}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert prepare_home() == tmp_path
    assert (tmp_path / "dagster.yaml").read_text() == "nux: {enabled: false}\n"
