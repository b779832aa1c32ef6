"""When a delivery is tried again."""

from adgen_pipeline.webhooks.schedule import PAUSES, pause_after


def test_the_pauses_grow_as_the_specification_suggests() -> None:
    """Ten attempts over some three days, each pause up to a tenth longer than said; then no more."""
    assert PAUSES == (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
    for attempts, pause in enumerate(PAUSES, 1):
        waits = {pause_after(attempts) for _ in range(20)}
        assert len(waits) > 1 and all(wait and pause <= wait <= 1.1 * pause for wait in waits)
    assert pause_after(len(PAUSES) + 1) is None


def test_more_time_is_given_up_to_a_day() -> None:
    """A receiver that asks for a year is asked tomorrow; one that asks for nothing gets the usual pause."""
    assert pause_after(1, asked_for=3600) == 3600 and pause_after(1, asked_for=1e9) == 86400
    assert pause_after(3, asked_for=1) >= 1800  # type: ignore[operator]
