"""Camera moves."""

import itertools

import pytest

from adgen_pipeline.studio.drawing.recipe import STILL
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.video_gen.camera import MOVES, Move, move_named, view_at


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_every_move_passes_through_the_keyframe(move: Move) -> None:
    """At the keyframe's moment the camera stands where the keyframe was drawn."""
    assert view_at(move, STILL, 0.0) == View()


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_no_move_rests_or_jumps(move: Move) -> None:
    """From frame to frame something changes, and never much."""
    views = [view_at(move, step / 120, (step - 48) / 30) for step in range(121)]
    for before, after in itertools.pairwise(views):
        assert before != after
        assert max(abs(after.x - before.x), abs(after.y - before.y), abs(after.zoom - before.zoom)) < 0.004


def test_moves_go_where_their_names_say() -> None:
    """In, out, left, right, up and down, between the first and the last frame."""
    first, last = ({name: view_at(move, at, 0) for name, move in MOVES.items()} for at in (0.0, 1.0))
    assert last["push_in"].zoom > first["push_in"].zoom
    assert last["pull_out"].zoom < first["pull_out"].zoom
    assert last["pan_left"].x < first["pan_left"].x
    assert last["pan_right"].x > first["pan_right"].x
    assert last["tilt_up"].y < first["tilt_up"].y
    assert last["tilt_down"].y > first["tilt_down"].y
    assert last["orbit"].swing > first["orbit"].swing
    assert first["reveal"].light < 0.2 < last["reveal"].light == 1


@pytest.mark.parametrize(
    ("words", "name"),
    [("push_in", "push_in"), ("slow push in", "push_in"), ("Dolly out", "pull_out"), ("locked off", "static")],
)
def test_moves_are_found_by_name(words: str, name: str) -> None:
    """Common ways to say it lead to the same move."""
    assert move_named(words, 0) is MOVES[name]


def test_unknown_moves_are_chosen_by_seed() -> None:
    """Anything else is a lively move, the same one for the same seed."""
    chosen = [move_named("somersault", seed) for seed in range(14)]
    assert chosen == [move_named(None, seed) for seed in range(14)]
    assert len(set(chosen)) > 3
    assert MOVES["static"] not in chosen
