"""Hand-overs of pool slots, on examples worked out by hand."""

from benchmarks.pools import Clip, hand_overs, most_at_once


def test_a_slot_stands_free_from_one_clips_end_to_the_next_ones_start() -> None:
    """Two slots, four clips that wait from the beginning: the first two are no hand-overs."""
    clips = [Clip(0, 1, 4), Clip(0, 1, 5), Clip(0, 4.5, 8), Clip(0, 5.25, 9)]
    assert hand_overs(clips, slots=2) == [0.5, 0.25]


def test_a_slot_that_nobody_waits_for_is_not_lost() -> None:
    """The last clip could start only at 9: that the slot was free from 4 on is nobody's fault."""
    assert hand_overs([Clip(0, 0, 4), Clip(9, 9.5, 12)], slots=1) == [0.5]


def test_the_most_at_once_counts_a_change_of_places_as_one() -> None:
    """A clip that starts at the very moment when another ends takes its place."""
    assert most_at_once([Clip(0, 0, 3), Clip(0, 3, 6), Clip(0, 1, 4)]) == 2
