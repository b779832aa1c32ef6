"""Honest copy: what the ads of two hundred briefs claim is what the briefs claim."""

import pytest

from adgen_pipeline.studio.prompt_parser.categories import CATEGORIES
from adgen_pipeline_tests.copy_tracing.briefs import COUNT, Written, briefs
from adgen_pipeline_tests.copy_tracing.claims import claims_in, is_traced
from adgen_pipeline_tests.copy_tracing.report import Report, plan, shown_in, trace
from adgen_pipeline_tests.studio.prompt_parser.briefs import BRIEFS

CALLS_AND_ALL = 0.2
LINE = 0.05


@pytest.fixture(scope="module")
def report() -> Report:
    """All of them, at 30 s."""
    return trace(briefs())


def test_every_claim_can_be_traced_to_its_brief(report: Report) -> None:
    """Numbers, sums, dates, superlatives, origins and proofs, shown and spoken: hundreds of claims, none invented."""
    assert report.ads == COUNT and report.traced.total() > 1000 and set(report.traced) >= {"money", "proof", "origin"}
    assert not report.untraced, report.table()


def test_the_briefs_differ() -> None:
    """Two hundred, no two alike, the same every time."""
    assert len({brief.typed for brief in briefs()}) == COUNT and briefs() == briefs()


@pytest.mark.parametrize(
    "planted",
    [
        "The best watch in town", "Award-winning", "Handmade in Italy", "Now 30% off", "Only $99", "Rated 4.9",
        "Loved by 5,000 customers", "Free shipping", "Until Sunday", "Clinically tested", "New", "A lighter watch",
        "Twice the power", "Natural", "Guaranteed",
    ],
)  # fmt: skip
def test_a_planted_claim_is_found(planted: str) -> None:
    """One false line among true ones is enough."""
    brief = "A steel watch, free engraving, $129, 20% off, tested by us"
    found = Report()
    found.add(brief, ["A steel watch", planted], ["129 dollars.", "20 per cent off."])
    assert {claim.line for _, claim in found.untraced} == {planted}


def test_a_word_is_traced_with_its_company() -> None:
    """ "Free shipping" is not said by a brief of free samples; "39 dollars 99" is said by "$39.99"."""
    shipping, price = next(claims_in("Free shipping")), next(claims_in("39 dollars 99."))
    assert not is_traced(shipping, "free samples") and is_traced(shipping, "Free shipping this week")
    assert is_traced(price, "for $39.99") and not is_traced(price, "for $39")


def test_the_house_does_not_repeat_itself(report: Report) -> None:
    """No line of the studio's own is in more than 5 % of two hundred ads, and no call to act in more than 20 %."""
    (_, often), *_ = report.house.most_common(1)
    assert often <= CALLS_AND_ALL * COUNT
    lines = [(line, times) for line, times in report.house.items() if times > LINE * COUNT]
    assert all(len(line.split()) <= 4 and line in _calls() for line, _ in lines), lines


def test_another_seed_is_another_ad() -> None:
    """The words of nearly all briefs vary with the seed; what the brief says stays."""
    sample = [Written(brief, brief) for brief in BRIEFS[:40]]
    varied = sum(shown_in(plan(brief.typed, seed=1)) != shown_in(plan(brief.typed, seed=2)) for brief in sample)
    assert varied >= 0.9 * len(sample)


def _calls() -> set[str]:
    return {call for category in CATEGORIES.values() for call in category.calls}
