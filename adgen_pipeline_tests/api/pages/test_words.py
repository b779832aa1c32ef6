"""Money, lengths and moments as people read them, and the captions of the player."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from adgen_pipeline.api.pages.words import ago, clock, here, money, span

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
