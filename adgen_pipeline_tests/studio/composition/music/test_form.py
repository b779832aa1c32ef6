"""The beat is laid under the picture."""

import pytest

from adgen_pipeline.studio.composition.music.form import form, laid


def test_changes_on_the_beat_leave_the_tempo_alone() -> None:
    """The studio's own parser cuts on whole beats: the beats stay exactly even, beat 0 at second 0."""
    beats = laid(112.5, 15, (8 * 8 / 15, 20 * 8 / 15))
    assert beats.times[:28] == pytest.approx([n * 8 / 15 for n in range(28)], abs=1e-9)


def test_changes_beside_the_beat_bend_it() -> None:
    """Where 5 % is enough a beat falls on the change; the tempo is never bent further."""
    changes = (5.0, 9.9, 16.3, 21.0)
    beats = laid(100, 30, changes)
    assert all(abs(beats.times[beats.nearest(change)] - change) < 1e-6 for change in changes)
    steps = [b - a for a, b in zip(beats.times, beats.times[1:], strict=False)]
    assert min(steps) > 0.6 / 1.0501 and max(steps) < 0.6 / 0.9499


def test_what_cannot_be_bent_is_not() -> None:
    """A change half a beat after the first is out of reach: the beat keeps within 5 %, and is caught up later."""
    beats = laid(60, 20, (1.5, 11.0))
    assert beats.times[1] == pytest.approx(1 / 1.05, abs=0.06)
    assert abs(beats.times[beats.nearest(11.0)] - 11.0) < 1e-6


def test_the_form_follows_the_scenes() -> None:
    """Bars begin with scenes, grow stronger up to the end card, breathe before it; the last chord has time to ring."""
    plan = form(120, 20, (4.0, 9.0, 15.0), 0.3, 2.0)
    opening = {bar.first: bar.strength for bar in plan.bars if bar.opens}
    assert list(opening) == [0, 8, 18, 30] and plan.changes == (8, 18, 30)
    assert opening[0] == 0.3 < opening[8] < opening[18] == 1.0 > opening[30]
    assert [bar.first + bar.beats for bar in plan.bars if bar.breath] == [30]
    assert 2.0 <= 20 - plan.beats.at(plan.last) <= 3.6


@pytest.mark.parametrize("seconds", [2.0, 5.5, 60.0])
def test_any_length_has_a_form(seconds: float) -> None:
    """Without changes, however short: bars without a gap up to the last chord, which lies inside the ad."""
    plan = form(97, seconds, (), 0.3, 2.0)
    assert plan.bars[0].first == 0 and plan.bars[-1].first + plan.bars[-1].beats == plan.last
    assert all(a.first + a.beats == b.first for a, b in zip(plan.bars, plan.bars[1:], strict=False))
    assert plan.beats.at(plan.last) < seconds - 0.5
