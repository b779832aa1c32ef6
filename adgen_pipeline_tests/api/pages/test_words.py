"""Money, lengths and moments as people read them, and the captions of the player."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from adgen_pipeline.api.pages.captions import captions_of
from adgen_pipeline.api.pages.words import ago, clock, here, money, span
from adgen_pipeline.reports import SceneReport

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def test_money_is_never_rounded_to_nothing() -> None:
    """To the cent; a fraction of one as it is."""
    told = [money(Decimal(amount)) for amount in ("0", "1.255", "1234.5", "0.0035")]
    assert told == ["$0.00", "$1.26", "$1,234.50", "$0.0035"]


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (3, "just now"),
        (59, "59 s ago"),
        (150, "2 min ago"),
        (7300, "2 h ago"),
        (90_000, "1 day ago"),
        (3e6, "15 April 2026"),
    ],
)
def test_moments_are_told_from_now(seconds: float, told: str) -> None:
    """As near as one says it."""
    assert ago(NOW - timedelta(seconds=seconds), NOW) == told


def test_lengths() -> None:
    """On the player's clock, and as a time that was taken."""
    assert [clock(7.9), clock(61)] == ["0:07", "1:01"]
    assert [span(45.4), span(190), span(120), span(7500)] == ["45 s", "3 min 10 s", "2 min", "2 h 5 min"]


def test_links_of_a_page_lead_to_the_server_it_came_from() -> None:
    """Whatever name API_URL has for it; the path and the signature stay."""
    assert (
        here("https://ads.example.com/api/media/a.mp4?expires=1&signature=x")
        == "/api/media/a.mp4?expires=1&signature=x"
    )


def test_captions_begin_with_the_words_and_end_with_the_scene() -> None:
    """WebVTT, escaped; a long sentence in parts that follow each other."""
    spoken = "Made slowly & <carefully>, for people who value every second of the day, and most of the night"
    told = captions_of(
        [_scene("one", 0.0, 8.0, spoken), _scene("two", 7.5, 3.0, None), _scene("three", 10.0, 1.0, "Now.")]
    )
    assert told.startswith("WEBVTT\n\n00:00:00.400 --> 00:00:")
    assert "Made slowly &amp; &lt;carefully&gt;" in told and told.count("-->") == 3
    assert told.endswith("\n\n00:00:10.400 --> 00:00:10.686\nNow.\n")


def _scene(name: str, start: float, seconds: float, narration: str | None) -> SceneReport:
    return SceneReport(
        scene=name,
        start_time=start,
        seconds=seconds,
        prompt="a watch",
        words=[],
        narration=narration,
        state="waiting",
        keyframe_url=None,
        clip_url=None,
        cost=Decimal(0),
    )
