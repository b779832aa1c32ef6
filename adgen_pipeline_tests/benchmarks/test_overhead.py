"""The overhead benchmark, run as people run it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).parents[2]


@pytest.mark.dear
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
