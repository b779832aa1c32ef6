"""`adgen batch`: from a matrix's file to the summary of its ads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.lab import COSTS, Lab

MATRIX = {
    "prompt": "Create an ad for a luxury watch",
    "duration": 15,
    "matrix": {"headlines": ["One.", "Two."]},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "watch.yaml"
    path.write_text(yaml.safe_dump(MATRIX))
    return path


def _of(told: str) -> dict[str, object]:
    """The JSON object that was printed among other words."""
    found: dict[str, object] = json.JSONDecoder().raw_decode(told[told.index("{") :])[0]
    return found


def test_without_a_daemon_the_ads_are_made_here(adgen: Callable[..., Ended], lab: Lab, file: Path) -> None:
    """The estimate first, then ad by ad, then the summary; the same file again makes nothing twice."""
    ended = adgen("batch", str(file), "--yes")
    assert ended.code == 0
    assert "2 ads of 16 calls, 9 of them to buy" in ended.told and "bought one by one they would cost" in ended.told
    assert [len(lab.of(path)) for path in COSTS] == [1, 3, 3, 2]
    again = adgen("batch", str(file), "--yes", "--json")
    summary = _of(again.told)
    assert [len(lab.of(path)) for path in COSTS] == [1, 3, 3, 2]
    assert (summary["bought"], summary["reused"], summary["cost"], summary["saved"]) == (9, 7, 1.07, 0.93)
    status = adgen("batch", "--status", str(summary["batch"]))
    assert status.code == 0 and "headline 2" in status.told and ".mp4" in status.told


def test_it_asks_before_money_is_spent(adgen: Callable[..., Ended], lab: Lab, file: Path) -> None:
    """Nobody there to answer is a no: nothing is written down and nothing bought."""
    ended = adgen("batch", str(file))
    assert ended.code == 2 and "nothing was asked for; --yes goes on" in ended.told
    assert not lab.calls
    with open_ledger(Settings.read()) as ledger:
        assert ledger.commissions.waiting() == []


def test_it_leaves_the_ads_to_the_daemon(adgen: Callable[..., Ended], lab: Lab, file: Path) -> None:
    """They wait for it in the ledger."""
    ended = adgen("batch", str(file), "--yes", "--queue", "--id", "spring")
    assert ended.code == 0 and "adgen batch --status spring" in ended.told and "2 queued" in ended.told
    with open_ledger(Settings.read()) as ledger:
        assert [each.batch for each in ledger.commissions.waiting()] == ["spring", "spring"]
    assert not lab.calls


def test_bad_input_is_told_before_anything_is_loaded(adgen: Callable[..., Ended], file: Path) -> None:
    """A bad variant, an unknown batch, neither file nor id."""
    file.write_text(yaml.safe_dump(MATRIX | {"matrix": {"variants": [{"duration": 5}, {"duration": 20}]}}))
    ended = adgen("batch", str(file))
    assert ended.code == 2 and "variant 1: duration" in ended.told
    assert "there is no batch 'x'" in adgen("batch", "--status", "x").told
    assert adgen("batch").code == 2
