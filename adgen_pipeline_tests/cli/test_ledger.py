"""`adgen ledger`: what was paid, what is in doubt, and a person's word on it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from fastapi import Response

from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.lab import Call, Lab

Adgen = Callable[..., Ended]
MAKE = ("make", "Create a luxury watch ad", "--duration", "15")


def _lost(call: Call) -> Response:
    time.sleep(1.2)
    return Response("")


@pytest.fixture
def held(lab: Lab, adgen: Adgen, monkeypatch: pytest.MonkeyPatch) -> str:
    """The job of an ad that is held: the answer of one clip was lost."""
    monkeypatch.setenv("ON_UNKNOWN", "hold")
    monkeypatch.setenv("VIDEO_GEN_TIMEOUT", "0.5")
    lab.on("/generate-video", _lost)
    ended = adgen(*MAKE)
    assert ended.code == 1 and "ON_UNKNOWN=hold leaves it to a person" in ended.told
    return str(json.loads(adgen("ledger", "--json").told)["calls"][0]["job_id"])


def test_every_call_stands_in_the_ledger_with_its_price(lab: Lab, adgen: Adgen) -> None:
    """Stage, scene, state, cost and attempts of each call; a repeated ad's are marked with what they saved."""
    adgen(*MAKE)
    adgen(*MAKE)
    told = adgen("ledger").told
    assert told.count("settled") == 16 and told.count("saved $0.25") == 3
    first, second = (json.loads(adgen("ledger", job, "--json").told) for job in _jobs(adgen))
    assert all(job in adgen("resume", "").told for job in _jobs(adgen)), "every job that may be meant is named"
    totals = [(float(book["totals"]["spent"]), float(book["totals"]["saved"])) for book in (first, second)]
    assert totals == [(1.0, 0.0), (0.0, 1.0)]
    assert {call["attempts"] for call in first["calls"]} == {1}
    assert all(call["reused"] and call["reused_from_job"] == first["calls"][0]["job_id"] for call in second["calls"])
    assert not any({"body", "response"} & set(call) for call in first["calls"])


def test_the_table_fits_a_terminal_of_80_characters(
    lab: Lab, adgen: Adgen, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole words in every cell, with calls in doubt and reused ones; what is empty throughout has no column."""
    assert "reused from" not in adgen("ledger", held).told
    adgen(*MAKE, "--seed", "7")
    adgen(*MAKE, "--seed", "7")
    monkeypatch.setattr("adgen_pipeline.cli.ledger._WIDE", 80)
    table = adgen("ledger").told.partition("\ncall ")[0].splitlines()
    assert max(len(line.rstrip()) for line in table) <= 80 and not any("…" in line for line in table)
    head = " ".join(table[0].split())
    assert all(word in head for word in ("job", "stage", "scene", "state", "cost", "attempts", "reused"))
    assert sum("image_generation scene_01 settled" in line for line in table) == 3


def test_what_is_in_doubt_is_shown_and_settled_by_a_person(lab: Lab, adgen: Adgen, held: str) -> None:
    """The call's worst case is in doubt; settled with what the invoice says, the ad goes on and pays just the rest."""
    book = json.loads(adgen("ledger", held, "--json").told)
    call = next(call for call in book["calls"] if call["state"] == "unknown")
    assert (call["in_doubt"], call["cost"], book["totals"]["unknown"]) == ("0.6", "0", "0.6")
    assert "did not answer within 0.5 s" in adgen("ledger", held[:8]).told
    settled = adgen("ledger", "settle", str(call["id"]), "--cost", "0.25").told
    assert "is failed; it has cost $0.25" in settled and "makes this call anew" in settled
    assert "nothing is in doubt" in adgen("ledger", "release", str(call["id"])).told
    assert adgen("resume", held).code == 0
    assert json.loads(adgen("ledger", held, "--json").told)["totals"]["spent"] == "1.25"
    assert [len(lab.of(path)) for path in ("/parse", "/generate-image", "/generate-video", "/compose")] == [1, 3, 4, 1]


def test_a_call_that_was_not_billed_is_released(adgen: Adgen, held: str) -> None:
    """Released: nothing is held back any more, and nothing was paid for it."""
    calls = json.loads(adgen("ledger", held, "--json").told)["calls"]
    lost = next(call["id"] for call in calls if call["state"] == "unknown")
    assert "is released; it has cost $0.00" in adgen("ledger", "release", str(lost)).told
    assert json.loads(adgen("ledger", held, "--json").told)["totals"]["unknown"] == "0"


def test_claims_of_a_dead_process_are_shown_as_what_they_are(lab: Lab, adgen: Adgen) -> None:
    """A call under way when its process was killed is unknown, not for ever claimed."""
    lab.latency["/generate-video"] = 30
    process = subprocess.Popen([sys.executable, "-m", "adgen_pipeline.cli", *MAKE], stderr=subprocess.DEVNULL)
    while not lab.of("/generate-video"):
        time.sleep(0.05)
    process.kill()
    process.wait()
    states = {call["state"] for call in json.loads(adgen("ledger", "--json").told)["calls"]}
    assert states == {"settled", "unknown"}


def test_what_is_not_there_is_said_to_be_not_there(adgen: Adgen) -> None:
    """A job, a call or an amount that makes no sense: what, and where to look."""
    assert "No call has been made yet" in adgen("ledger").told
    ended = adgen("ledger", "nothing")
    assert ended.code == 2 and "INVALID_INPUT no jobs begin with 'nothing'" in ended.told
    ended = adgen("ledger", "release", "7")
    assert ended.code == 2 and "no call 7" in ended.told and "adgen make" not in ended.told
    assert "no amount in US dollars" in adgen("ledger", "settle", "7", "--cost", "much").told


def _jobs(adgen: Adgen) -> list[str]:
    calls = json.loads(adgen("ledger", "--json").told)["calls"]
    return list(dict.fromkeys(call["job_id"] for call in calls))
