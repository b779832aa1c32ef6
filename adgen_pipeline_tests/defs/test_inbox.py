"""The sensors as the daemon runs them: a dropped file becomes requests for runs, and the tick says what was done."""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterInstance

from adgen_pipeline.defs.inbox import inbox
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.defs.test_commissions import look as launches
from adgen_pipeline_tests.inbox_drill import drill

SPRING = "prompt,duration\nCreate an ad for a luxury watch,15\nCreate an ad for a running shoe,99\n"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look is late enough, however soon it comes."""
    monkeypatch.setattr("adgen_pipeline.intake.looking.SETTLE_SECONDS", 0.0)


@pytest.fixture
def opened() -> Iterator[DagsterInstance]:
    with instance() as found:
        yield found


def look(opened: DagsterInstance, cursor: str | None = None) -> tuple[str, str | None]:
    """One look of the sensor: what the tick says, and its cursor."""
    context = dg.SensorEvaluationContext(None, instance=opened, sensor_name="inbox", cursor=cursor)
    found = inbox.evaluate_tick(context)
    assert not found.run_requests
    return str(found.skip_message), found.cursor


def test_a_dropped_file_becomes_a_request_for_a_run(opened: DagsterInstance, home: Path) -> None:
    """The tick says how many ads, and how many were set aside; the other sensor launches them."""
    assert look(opened) == (f"Nothing new in {home / 'inbox'}.", "{}")
    (home / "inbox" / "spring.csv").write_text(SPRING)
    told, cursor = look(opened, "{}")
    assert told == "spring.csv: 1 ad, 1 set aside" and "spring.csv" in json.loads(str(cursor))
    ((request,), _) = launches(opened)
    assert request.run_config == {"prompt": "Create an ad for a luxury watch", "duration": 15}
    assert request.tags["adgen/origin"] == "inbox: spring.csv, row 2"


def test_an_inbox_that_cannot_be_used_is_told_of_in_the_tick(
    opened: DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place, and what to do; what was seen before is kept."""
    monkeypatch.setenv("INBOX", str(tmp_path / "share"))
    told, _ = look(opened, '{"a.csv": ["1", 5.0]}')
    assert "share cannot be read: No such file or directory; make that folder, or set INBOX" in told


def test_the_daemon_is_killed_in_the_middle_and_each_ad_is_made_once() -> None:
    """A real daemon, killed with its code server and its runs: as many runs as good briefs, each bad one reported, no
    ad begun twice."""
    found = drill(briefs=6, bad=2, kills=1)
    assert (found.runs, found.reported, found.doubles, found.kills) == (4, 2, 0, 1)
    assert found.finished == found.jobs == found.parsed == 4
