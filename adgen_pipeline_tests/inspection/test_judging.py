"""Words in the safe area, and money: what is judged without a file."""

from decimal import Decimal
from typing import Any

import pytest

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.inspection import judging
from adgen_pipeline.inspection.watching import Watched
from adgen_pipeline.ledger import Totals

SEEN = Watched((1080, 1920), 900, 900, (), 30.0, (1 / 30, 1 / 30))


def ad(**metadata: Any) -> FinishedAd:
    """An ad whose composition told `metadata`."""
    receipt = Receipt(service="composition", cost=Decimal(0), seconds=1, attempts=1, key="k", call=1, metadata=metadata)
    file = Artifact(sha256="0" * 64, size=1, media_type="video/mp4", source_url="http://x/1.mp4", width=1, height=1)
    known = {"duration": 30, "resolution": "1080x1920", "scenes": 1, "costs": []}
    return FinishedAd(job_id="j", video=file, composed=file, thumbnail=file, receipt=receipt, **known)


def box(left: float, top: float, right: float, bottom: float) -> dict[str, Any]:
    edges = {"left": left, "top": top, "right": right, "bottom": bottom}
    return {"text": "Own your time.", "start_time": 2.0, "end_time": 5.0} | edges


@pytest.mark.parametrize(
    ("where", "ratio", "verdict"),
    [
        (box(90, 200, 990, 400), "9:16", "passed"),
        (box(90, 100, 990, 400), "9:16", "warned"),
        (box(90, 1500, 990, 1700), "9:16", "warned"),
        (box(30, 800, 990, 900), "9:16", "warned"),
        (box(90, 1500, 990, 1700), "1:1", "passed"),
        (box(90, 1700, 990, 1900), "1:1", "warned"),
    ],
)
def test_words_under_a_platforms_own_are_told(where: dict[str, Any], ratio: Any, verdict: str) -> None:
    """Vertical ads keep clear of what is drawn over them, others of the title-safe margin; words and time are named."""
    found = judging.words_in_safe_area(ad(text_boxes=[where]), SEEN, ratio)
    assert found.verdict == verdict
    if verdict == "warned":
        assert "'Own your time.' at 2.0 s" in found.told and found.figures["outside"] == 1


def test_a_service_that_does_not_tell_is_said_to_be_one() -> None:
    """No claim is made of words nobody told of; what cannot be understood is a warning."""
    silent = judging.words_in_safe_area(ad(), SEEN, "9:16")
    assert silent.verdict == "passed" and silent.told.startswith("not told by the service")
    assert judging.words_in_safe_area(ad(text_boxes=[{"text": 1}]), SEEN, "9:16").verdict == "warned"


@pytest.mark.parametrize(
    ("spent", "unknown", "warning", "verdict"),
    [("1.00", "0", False, "passed"), ("6.00", "0", True, "warned"), ("9.90", "0.30", True, "warned"),
     ("1.00", "9.50", False, "warned"), ("10.01", "0", True, "failed")],
)  # fmt: skip
def test_money_is_judged_by_the_ledger(spent: str, unknown: str, warning: bool, verdict: str) -> None:
    """Above max_cost fails; above COST_WARNING, or what may have been billed beside it, warns."""
    amounts = {"spent": Decimal(spent), "unknown": Decimal(unknown), "reserved": Decimal(0), "saved": Decimal(0)}
    found = judging.cost_in_budget(Totals(max_cost=Decimal(10), by_stage={}, warning=warning, **amounts))
    assert found.verdict == verdict and f"${spent}" in found.told


def test_silence_is_no_fault_where_no_sound_was_ordered() -> None:
    """A storyboard without music and voice."""
    assert judging.loudness(None, wanted=False).verdict == "passed"
    assert judging.loudness(None, wanted=True).verdict == "failed"
