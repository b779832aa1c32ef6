"""Camera moves."""

import itertools

import pytest

from adgen_pipeline.studio.drawing.framing import Framing
from adgen_pipeline.studio.drawing.recipe import STILL
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.families import FAMILIES, Family
from adgen_pipeline.studio.video_gen.camera import MOVES, Move, Reframing, move_named, reframing_in, view_at, views
from adgen_pipeline.studio.video_gen.pace import PACES

Path = list[tuple[float, float, float]]


def filmed(move: Move, family: Family = "minimal", seconds: float = 3.0) -> list[View]:
    """The view of every frame of a clip of `seconds`, 30 a second; the keyframe's moment is one of them."""
    count = round(seconds * 30)
    until = STILL * count / 30
    return [view_at(move, PACES[family], n / count, n / 30 - until, until) for n in range(count + 1)]


def path(views: list[View]) -> Path:
    """Where a point of the product near the corner of a 1080x1920 picture is seen, and one behind it (pixels)."""
    nears = [(view.shift(1), view.scale(1), view.shift(0.35)[0]) for view in views]
    return [(500 * scale + 1080 * x, 800 * scale + 1080 * y, 1080 * far) for (x, y), scale, far in nears]


def steps(points: Path) -> Path:
    """How far it goes from each frame to the next."""
    return [(c - a, d - b, f - e) for (a, b, e), (c, d, f) in itertools.pairwise(points)]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_every_move_passes_through_the_keyframe(move: Move, family: Family) -> None:
    """At the keyframe's moment the camera stands where the keyframe was drawn, however the family moves."""
    assert view_at(move, PACES[family], STILL, 0.0, 1.2) == View()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_move_rests_or_jumps(family: Family) -> None:
    """Every frame goes on from the one before it, at nearly the speed of the step before: no jolt, and no stop."""
    settled = 24 if PACES[family].punch else 0
    for move in MOVES.values():
        going = steps(path(filmed(move, family)))
        assert min(max(map(abs, step)) for step in going) > 0.01
        assert max(max(map(abs, jolt)) for jolt in steps(going)[settled:]) < 0.35


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1080, 1080)])
@pytest.mark.parametrize("family", FAMILIES)
def test_no_layer_ever_shows_its_edge(family: Family, size: tuple[int, int]) -> None:
    """Backdrop, product and foreign picture are drawn larger than the frame: enough for every move's far ends."""
    reaches = {0.35: (0.10, 0.2), 1.0: (0.13, 0.2), 0.75: (0.09, 0.5)}  # by depth: beyond the frame, nearest pivot
    for move, seconds in itertools.product(MOVES.values(), (1.2, 5.0)):
        for view, (depth, (over, pivot)) in itertools.product(filmed(move, family, seconds), reaches.items()):
            for side, shift in zip(size, view.shift(depth), strict=True):
                away = abs(shift) * min(size) / side
                covered = (1 - pivot + over) * view.scale(depth) - (1 - pivot)
                assert covered > away or view.scale(depth) > 1 + away / pivot


def test_moves_go_where_their_names_say() -> None:
    """In, out, left, right, up and down, between the first and the last frame; what is behind follows less."""
    first, last = ({name: filmed(move)[n] for name, move in MOVES.items()} for n in (0, -1))
    assert last["push_in"].zoom > first["push_in"].zoom
    assert last["pull_out"].zoom < first["pull_out"].zoom
    assert last["pan_left"].x < first["pan_left"].x
    assert last["pan_right"].x > first["pan_right"].x
    assert last["tilt_up"].y < first["tilt_up"].y
    assert last["tilt_down"].y > first["tilt_down"].y
    assert last["orbit"].swing > first["orbit"].swing
    assert first["reveal"].light < 0.2 < last["reveal"].light == 1
    assert first["focus"].focus < 0.2 < last["focus"].focus == 1
    behind, before = last["orbit"].shift(0.35)[0], last["orbit"].shift(1.9)[0]
    assert behind > 0 > before


def test_each_family_moves_in_its_own_way() -> None:
    """The same push: hard in for sport, bouncing for playful, soon on its way for tech, gently for minimal."""
    zooms = {family: [view.zoom for view in filmed(MOVES["push_in"], family)] for family in FAMILIES}
    assert zooms["sport"][0] > 1.1 and min(zooms["sport"]) < 0.99 < zooms["sport"][-1]
    heights = [view.y for view in filmed(MOVES["push_in"], "playful")]
    falls = [after > before for before, after in itertools.pairwise(heights)]
    assert sum(one != other for one, other in itertools.pairwise(falls)) >= 3
    assert 1 - zooms["tech"][0] > zooms["tech"][-1] - 1
    assert zooms["minimal"][-1] - zooms["minimal"][0] < 0.8 * (zooms["playful"][-1] - zooms["playful"][0])


FRAMING = Framing(point=(540.0, 520.0), to=(540.0, 900.0), zoom=1.3)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_picture_takes_the_words_place_once_they_are_gone(family: Family) -> None:
    """As before until then, at rest in its new place well before the end, in steps that grow and shrink evenly."""
    plain = views(MOVES["orbit"], PACES[family], 151, 30)
    moved = views(MOVES["orbit"], PACES[family], 151, 30, Reframing.planned(FRAMING, 3.0, 151 / 30))
    assert moved[:90] == plain[:90] and moved[60] == (0.0, View())
    shares = [view.framed for _, view in moved]
    assert shares[-8:] == [1.0] * 8 and shares == sorted(shares)
    steps = [b - a for a, b in itertools.pairwise(shares)]
    assert max(abs(b - a) for a, b in itertools.pairwise(steps)) < 0.025 and max(steps) < 0.12
    assert moved[-1][1].veiled == 0 and plain[-1][1].veiled == 1


def test_a_framing_brings_its_point_where_it_belongs() -> None:
    """All the way the point lies between its places, and what is beyond the frame's edges is drawn that far."""
    for share in (0.0, 0.3, 1.0):
        scale, x, y = FRAMING.at(share)
        assert (scale * 540 + x, scale * 520 + y) == pytest.approx((540, 520 + 380 * share))
    scale, _, y = FRAMING.at(1.0)
    assert FRAMING.beyond((1080, 1920)).top > y / scale / 1920 > 0.08
    assert FRAMING.beyond((1080, 1920)).bottom == 0.10


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("push_in, then centre the product from 3.2 s", 3.2),
        ("pan left, then travel over the product from 4 s", 4.0),
        ("push_in", None),
        ("centred, from 3 s", None),
        (None, None),
    ],
)
def test_another_framing_is_asked_for_in_words(words: str | None, start: float | None) -> None:
    """Where nothing is said of it, the clip moves as its move alone does; too near the end there is no time for it."""
    assert reframing_in(words) == start
    assert move_named(words, 3) is move_named((words or "").split(", then")[0], 3)
    assert Reframing.planned(FRAMING, 4.6, 5.0) is None


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
