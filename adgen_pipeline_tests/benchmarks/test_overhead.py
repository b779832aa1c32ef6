"""The overhead benchmark, run as people run it, and how its figures are held against their targets."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.overhead import COMMAND, FORKSERVER, LAUNCHED, PLAIN_COMMAND, SPAWN, WARM, Result, verdicts
from benchmarks.rivals import Figures

_CHECKOUT = Path(__file__).parents[2]


def test_a_quick_run_writes_all_its_figures(home: Path) -> None:
    """Both contenders make a real ad of the same fake services; table, meanings and JSON are there."""
    command = [sys.executable, "-m", "benchmarks.overhead", "--quick"]
    told = subprocess.run(command, cwd=_CHECKOUT, capture_output=True, text=True, timeout=120, check=True).stdout
    assert "what each row means" in told and "ours, warm" in told
    data = json.loads((home / "bench" / "overhead.json").read_text())
    assert {"machine", "runs", "fakes_lag_ms", "results", "targets", "meaning"} <= data.keys()
    plain, ours = data["results"]
    assert (plain["contender"], ours["contender"]) == ("plain script, warm", "ours, warm")
    for figures in (plain["figures"], ours["figures"]):
        assert figures["paths"] == [6.5] and figures["cpu"] > 0 and figures["memory"] > 0
    assert ours["figures"]["events"] > 100 and len(ours["figures"]["inside"]) == 1
    assert all(pair[0] is None for pair in data["targets"].values()), "nothing that was not measured is judged"


def test_figures_are_held_against_their_targets() -> None:
    """By median, each ad against its own critical path, and against the better of Dagster's two ways."""

    def result(profile: str, contender: str, **figures: list[float]) -> Result:
        paths = [6.0, 8.0, 10.0]
        return Result(profile, "SQLite", 4, contender, Figures(paths, **figures))

    verdict = verdicts(
        [
            result("short", LAUNCHED, inside=[6.5, 8.25, 11.0], whole=[9.0, 12.0, 13.0]),
            result("short", WARM, inside=[6.5, 8.5, 10.5]),
            result("short", SPAWN, inside=[50.0, 50.0, 50.0]),
            result("short", FORKSERVER, inside=[26.0, 28.0, 30.0]),
            result("real-life", COMMAND, whole=[103.0, 103.0, 103.0]),
            result("real-life", PLAIN_COMMAND, whole=[100.0, 100.0, 100.0]),
        ]
    )
    measured = {name: figure for name, (figure, _) in verdict.items() if figure is not None}
    assert measured == {"inside, SQLite": 0.5, "against plain script": 1.03, "against Dagster": 40.0}
