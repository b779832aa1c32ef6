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
    ("said", "ads"),
    [
        ("run_queue: {max_concurrent_runs: 2}", 2),
        ("concurrency: {runs: {max_concurrent_runs: 2}}", 2),
        ("concurrency: {pools: {default_limit: 5}}", 4),
        ("concurrency: {runs: {tag_concurrency_limits: []}}\nrun_queue: {dequeue_interval_seconds: 1}", 4),
    ],
)
def test_what_the_file_says_of_its_queue_wins(tmp_path: Path, said: str, ads: int) -> None:
    """A number of its own, in the old words or the new; beside other limits in the new words, ours is one of them."""
    (tmp_path / "dagster.yaml").write_text(with_limit(said, 4, "dagster.yaml"))
    with DagsterInstance.from_config(str(tmp_path)) as opened:
        assert opened.get_concurrency_config().run_queue_config.max_concurrent_runs == ads


def test_an_instance_without_a_queue_gets_none() -> None:
    """Whoever launches runs at once has no room to limit."""
    said = "run_coordinator: {module: dagster._core.run_coordinator, class: DefaultRunCoordinator}"
    assert yaml.safe_load(with_limit(said, 4, "dagster.yaml")) == yaml.safe_load(said)


def test_a_teams_own_instance_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into a DAGSTER_HOME that somebody else looks after."""
    (tmp_path / "dagster.yaml").write_text("nux: {enabled: false}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert prepare_home() == tmp_path
    assert (tmp_path / "dagster.yaml").read_text() == "nux: {enabled: false}\n"
