"""The ads of a matrix as a batch: what they share is bought once, one that fails stops no other."""

from decimal import Decimal
from typing import Any

import pytest

from adgen_pipeline.campaigns.batches import batch_id, commission_batch
from adgen_pipeline.campaigns.matrix import expand
from adgen_pipeline.defs.launch import make_commissioned
from adgen_pipeline.errors import AdgenError, InvalidBrief, NotInLedger
from adgen_pipeline.estimates.batches import estimate_batch
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.reports.batches import BatchReport, batch_report
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.campaigns.at_once import make_at_once
from adgen_pipeline_tests.lab import COSTS, Call, Lab, envelope, failure

BRIEF = {"prompt": "Create an ad for a luxury watch", "duration": 15, "brand_guidelines": {"call_to_action": "Shop"}}
RATIOS = ["9:16", "16:9", "1:1"]


def commissioned(matrix: dict[str, Any], batch: str = "spring") -> list[Commission]:
    with open_ledger(Settings.read()) as ledger:
        return commission_batch(ledger, batch, expand(BRIEF | {"matrix": matrix}), "batch spring.yaml", "here")


def report(batch: str = "spring") -> BatchReport:
    with open_ledger(Settings.read()) as ledger:
        return batch_report(ledger, batch, lambda file, called="": file.sha256)


def bought(lab: Lab) -> list[int]:
    return [len(lab.of(path)) for path in COSTS]


@pytest.fixture
def busy(lab: Lab) -> Lab:
    """Calls that take long enough for equal ones to meet."""
    lab.latency |= dict.fromkeys(COSTS, 0.1)

    def composed(call: Call) -> Any:
        shade = sum(map(ord, str(call.body["text_overlays"]) + call.body["aspect_ratio"])) % 100
        return envelope(lab.result(call) | {"thumbnail_url": f"{lab.url}/media/{shade}.jpg"}, COSTS["/compose"])

    lab.on("/compose", composed, always=True)
    return lab


@pytest.mark.dear
def test_nine_ads_at_once_buy_each_shape_once(busy: Lab) -> None:
    """Three shapes with three headlines: three storyboards, nine keyframes and clips, nine compositions; $3.42 where
    nine single ads would cost $9."""
    ads = commissioned({"aspect_ratios": RATIOS, "headlines": ["One.", "Two.", "Three."]})
    assert make_at_once(ads) == []
    assert bought(busy) == [3, 9, 9, 9]
    told = report()
    assert (told.bought, told.reused, told.cost, told.saved) == (30, 42, Decimal("3.42"), Decimal("5.58"))
    assert [ad.variant for ad in told.ads] == [ad.variant for ad in ads]
    assert all(ad.video_url and ad.job_id for ad in told.ads)


def test_calls_to_action_share_pictures_and_clips_and_seeds_do_not(busy: Lab) -> None:
    """The button is no matter of the parser's; another seed is another ad on purpose."""
    assert make_at_once(commissioned({"seeds": [1, 2], "calls_to_action": ["Buy", "Try"]})) == []
    assert bought(busy) == [2, 6, 6, 4]
    shown = [call.body["text_overlays"][-1] for call in busy.of("/compose")]
    assert sorted(words["text"] for words in shown) == ["Buy", "Buy", "Try", "Try"]


def test_one_that_fails_stops_no_other(lab: Lab) -> None:
    """Its error stands in the summary beside the others' ads."""

    def picky(call: Call) -> Any:
        if "refused" in str(call.body["text_overlays"]):
            return failure(422, "these words are not shown here", code="CONTENT_POLICY")(call)
        return envelope(lab.result(call), COSTS["/compose"])

    lab.on("/compose", picky, always=True)
    (error,) = make_at_once(commissioned({"headlines": ["One.", "To be refused."]}))
    assert "these words are not shown here" in error
    told = {ad.variant: (ad.video_url is not None, ad.cost > 0) for ad in report().ads}
    assert {label for label, (made, _) in told.items() if not made} == {"headline 2"} and len(told) == 2


def test_a_batch_is_asked_for_once(lab: Lab) -> None:
    """The same ads again are the same batch; its ads are made once; its id is not given to others."""
    variants = expand(BRIEF | {"matrix": {"headlines": ["One.", "Two."]}})
    assert batch_id("spring", variants) == batch_id("spring", variants) != batch_id("spring", variants[:1])
    first, again = commissioned({"headlines": ["One."]}), commissioned({"headlines": ["One."]})
    assert [ad.key for ad in first] == [ad.key for ad in again] == ["batch/spring/001"]
    make_commissioned(first[0], lambda progress: None)
    with pytest.raises(AdgenError, match="was launched as the job"):
        make_commissioned(first[0], lambda progress: None)
    assert bought(lab) == [1, 3, 3, 1]
    with pytest.raises(InvalidBrief, match="batch of other ads"):
        commissioned({"headlines": ["One.", "Two."]})


def test_the_summary_knows_ads_that_wait_or_could_not_be_launched() -> None:
    """Queued until there is a run; refused ones are failed, and say why."""
    ads = commissioned({"headlines": ["One.", "Two."]})
    with open_ledger(Settings.read()) as ledger:
        ledger.commissions.refused(ads[0].key, "prompt: is missing")
    told = report()
    assert told.statuses == {"failed": 1, "queued": 1} and not told.is_over
    assert told.ads[0].error and told.ads[0].error.message == "prompt: is missing"
    with pytest.raises(NotInLedger, match="there is no batch 'other'"):
        report("other")


def test_the_estimate_counts_once_what_is_shared(lab: Lab) -> None:
    """Before anything is known, when one of two ads is made, and when both are."""
    matrix = {"headlines": ["One.", "Two."]}
    briefs = [variant.brief for variant in expand(BRIEF | {"matrix": matrix})]
    before = estimate_batch(briefs, Settings.read())
    assert before.calls == 2 * before.to_buy - 2 and before.expected < before.alone and not before.is_free
    for ad, left in zip(commissioned(matrix), (1, 0), strict=True):
        make_commissioned(ad, lambda progress: None)
        assert estimate_batch(briefs, Settings.read()).to_buy == left
    assert estimate_batch(briefs, Settings.read()).is_free
