"""`adgen resume` and `adgen remake`: nothing paid twice, only what was asked for bought again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.lab import COSTS, Lab, envelope, failure

Adgen = Callable[..., Ended]
MAKE = ("make", "Create a luxury watch ad", "--duration", "15")


def bought(lab: Lab) -> list[int]:
    """How often each of the four services was asked."""
    return [len(lab.of(path)) for path in COSTS]


def last_job(adgen: Adgen) -> str:
    """The newest job in the ledger."""
    return str(json.loads(adgen("ledger", "--json").told)["calls"][-1]["job_id"])


def test_a_failed_ad_goes_on_with_what_is_paid(lab: Lab, adgen: Adgen) -> None:
    """One clip fails, its siblings finish and are kept; resumed, only that clip and the composition are bought."""
    lab.on("/generate-video", failure(422, "not today"))
    assert adgen(*MAKE).code == 1
    assert bought(lab) == [1, 3, 3, 0]
    ended = adgen("resume", last_job(adgen)[:8])
    assert ended.code == 0 and bought(lab) == [1, 3, 4, 1]
    assert "1.00" in ended.told


def test_an_ad_stopped_by_its_budget_goes_on_with_a_higher_one(lab: Lab, adgen: Adgen) -> None:
    """It is stopped before its limit, says how to go on, and keeps the paid work."""
    ended = adgen(*MAKE, "--max-cost", "1.00")
    assert ended.code == 1 and "COST_LIMIT_EXCEEDED" in ended.told and "higher max_cost" in ended.told
    job = last_job(adgen)
    assert f"`adgen resume {job} --max-cost USD` goes on" in ended.told
    spent = float(json.loads(adgen("ledger", job, "--json").told)["totals"]["spent"])
    assert spent <= 1.0
    assert adgen("resume", job).code == 1
    ended = adgen("resume", job, "--max-cost", "5")
    assert ended.code == 0 and bought(lab) == [1, 3, 3, 1]


def test_a_killed_ad_goes_on_by_hand(lab: Lab, adgen: Adgen) -> None:
    """SIGKILL in the middle of the clips: the next command says so, and resume finishes the same ad."""
    lab.latency["/generate-video"] = 1.0
    process = subprocess.Popen([sys.executable, "-m", "adgen_pipeline.cli", *MAKE], stderr=subprocess.DEVNULL)
    while not lab.of("/generate-video"):
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    ended = adgen("resume", last_job(adgen))
    assert "was cut off at video_generation" in ended.told and ended.code == 0
    assert bought(lab)[:2] == [1, 3] and bought(lab)[3] == 1
    totals = json.loads(adgen("ledger", last_job(adgen), "--json").told)["totals"]
    charged = sum(len(lab.of(path)) * COSTS[path] for path in COSTS)
    assert float(totals["spent"]) + float(totals["unknown"]) >= charged


def test_a_finished_ad_costs_nothing_again(lab: Lab, adgen: Adgen) -> None:
    """Resumed although it is done: everything is read back."""
    adgen(*MAKE)
    assert adgen("resume", last_job(adgen)).code == 0
    assert bought(lab) == [1, 3, 3, 1]


@pytest.mark.parametrize(
    ("what", "more"),
    [
        (("--scene", "2"), [0, 1, 1, 0]),
        (("--stage", "composition"), [0, 0, 0, 1]),
        (("--stage", "video_generation", "--scene", "1"), [0, 1, 3, 0]),
    ],
)
def test_only_what_is_named_is_bought_again(lab: Lab, adgen: Adgen, what: tuple[str, ...], more: list[int]) -> None:
    """A scene is its keyframe and its clip, a stage all its calls; equal files keep the calls behind them equal."""
    adgen(*MAKE)
    assert adgen("remake", last_job(adgen), *what).code == 0
    assert bought(lab) == [a + b for a, b in zip([1, 3, 3, 1], more, strict=True)]


def test_a_remake_takes_the_rest_from_the_ad_it_names(lab: Lab, adgen: Adgen) -> None:
    """Scene 2 as it was bought again for another remake is not slipped into a remake of the first ad."""
    adgen(*MAKE)
    first = last_job(adgen)
    shown = lab.result
    lab.on("/generate-image", lambda call: envelope(shown(call) | {"image_url": f"{lab.url}/media/3.jpg"}, 0.05))
    assert adgen("remake", first, "--scene", "2").code == 0
    assert adgen("remake", first, "--stage", "composition").code == 0
    sources = {call["reused_from_job"] for call in json.loads(adgen("ledger", last_job(adgen), "--json").told)["calls"]}
    assert sources == {first, None}


def test_a_remake_of_nothing_says_what_to_name(lab: Lab, adgen: Adgen) -> None:
    """No scene, no such scene, no such ad: exit 2, and nothing is bought."""
    adgen(*MAKE)
    job = last_job(adgen)
    ended = adgen("remake", job)
    assert "say what to buy again" in ended.told and "`adgen remake --help`" in ended.told
    assert "has the scenes 1 to 3" in adgen("remake", job, "--scene", "7").told
    ended = adgen("remake", "nothing", "--scene", "1")
    assert ended.code == 2 and "no jobs begin with 'nothing'" in ended.told
    for command in (("remake", job, "--scene", "1"), ("resume", job)):
        assert "leaves nothing to spend" in adgen(*command, "--max-cost", "0").told
    assert bought(lab) == [1, 3, 3, 1]
