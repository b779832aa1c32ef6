"""Nothing overlaps, nothing leaves the safe area."""

from itertools import combinations
from typing import get_args

import pytest

from adgen_pipeline.contracts.brief import SIZES, AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.composition.blocks import block
from adgen_pipeline.studio.composition.layout import Placed, place
from adgen_pipeline.studio.composition.script import Kind, Title
from adgen_pipeline.studio.families import FAMILIES, Family
from adgen_pipeline.studio.frame import buttons, safe_area, words_zone

RATIOS: tuple[AspectRatio, ...] = get_args(AspectRatio)
POSITIONS: tuple[Position, ...] = get_args(Position)


def title(text: str, kind: Kind = "headline", at: Position = "bottom", start: float = 0, end: float = 4) -> Title:
    """A title from 0 to 4 s at the bottom, unless said otherwise."""
    return Title(text, kind, start, end, at)


def placed(titles: list[Title], ratio: AspectRatio = "9:16", family: Family = "minimal") -> list[Placed]:
    """The titles laid out at full size."""
    return place(titles, ratio, SIZES[ratio], family, block)


def assert_clear(items: list[Placed], ratio: AspectRatio) -> None:
    """All boxes are in the safe area, and no two that are on screen together touch."""
    left, top, right, bottom = safe_area(ratio).pixels(*SIZES[ratio])
    for item in items:
        box = item.box
        assert left - 1 <= box[0] and top - 1 <= box[1] and box[2] <= right + 1 and box[3] <= bottom + 1, item.title
    assert not [pair for pair in combinations(items, 2) if pair[0].collides(pair[1])]


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("position", POSITIONS)
def test_a_column_stacks_in_list_order(ratio: AspectRatio, position: Position) -> None:
    """At every position a brand, its line, an offer and a button stand under one another, clear and safe."""
    kinds: list[tuple[str, Kind]] = [
        ("Aurum", "brand"),
        ("Own your time, every day of the year.", "caption"),
        ("20% off this week", "offer"),
        ("Discover now", "button"),
    ]
    items = placed([title(text, kind, position) for text, kind in kinds], ratio)
    assert_clear(items, ratio)
    assert [item.top for item in items] == sorted(item.top for item in items)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("position", POSITIONS)
def test_a_headline_stands_in_its_zone(ratio: AspectRatio, position: Position) -> None:
    """Alone, in every family, words stay in the zone of their position, which the product keeps free."""
    zone, reserved = words_zone(position, ratio).pixels(*SIZES[ratio]), buttons(ratio)
    for family in FAMILIES:
        (item,) = placed([title("Crafted for those who value every second.", at=position)], ratio, family)
        assert zone[0] - 1 <= item.box[0] and zone[1] - 1 <= item.box[1], family
        assert item.box[2] <= zone[2] + 1 and item.box[3] <= zone[3] + 1, family
        if reserved:
            left, top, _, _ = reserved.pixels(*SIZES[ratio])
            assert item.box[2] <= left + 1 or item.box[3] <= top, family


@pytest.mark.parametrize("family", FAMILIES)
def test_headlines_are_set_large(family: Family) -> None:
    """In a tall frame the capitals of a short headline are at least 4 % of its width, whatever the family."""
    (item,) = placed([title("Timeless elegance.")], "9:16", family)
    piece = next(piece for piece in item.block.pieces if piece.letters)
    assert 0.67 * piece.height > 0.04 * SIZES["9:16"][0]


def test_families_differ_in_how_they_stand() -> None:
    """Under the same words, sport is flush with the margin and retro is in the middle."""
    (sport,), (retro,) = (placed([title("Go now.")], "9:16", family) for family in ("sport", "retro"))
    assert sport.left == pytest.approx(0.08 * 1080) and (retro.box[0] + retro.box[2]) / 2 == pytest.approx(540)


def test_captions_stand_with_the_words_they_are_seen_with() -> None:
    """Under a headline at the top, not over the product at the bottom; with words at two places, at the bottom."""
    words, spoken = title("Timeless.", at="top", end=2), title("Every day.", "subtitle", end=2)
    top, other = title("One", at="top", end=2), title("Two", at="right", start=2)
    above, below = placed([words, spoken])
    assert above.title.text == "Timeless." and below.top > above.box[3] and below.box[3] < 1920 / 2
    whole = title("Terms apply.", "legal")
    assert placed([top, other, whole])[0].top > 1920 / 2


@pytest.mark.parametrize("ratio", RATIOS)
def test_crowds_at_every_position_at_once(ratio: AspectRatio) -> None:
    """Overlapping zones (a corner and its edge, the centre and all) end up in common columns, not in each other."""
    items = placed([title("Many words at every place", at=position) for position in POSITIONS], ratio)
    assert len(items) == len(POSITIONS)
    assert_clear(items, ratio)


@pytest.mark.parametrize("ratio", RATIOS)
def test_long_words_stay_safe(ratio: AspectRatio) -> None:
    """An endless word in the narrowest column is still inside the safe area."""
    assert_clear(placed([title("Donaudampfschifffahrtsgesellschaft" * 4, at="left")], ratio), ratio)


def test_titles_that_never_meet_share_a_place() -> None:
    """One after the other at the same position, each has the zone for itself at full size."""
    first, second = placed([title("Timeless", end=2), title("Timeless", start=2)])
    assert first.box == second.box and first.column != second.column


def test_small_print_and_captions_have_a_strip_under_all_else() -> None:
    """A legal line through the whole ad does not make one crowded column of all headlines."""
    legal, first, second = (
        title("Terms apply.", "legal", end=9),
        title("One thing", end=4),
        title("Another", start=5, end=9),
    )
    items = {item.title.text: item for item in placed([first, second, legal])}
    assert items["Terms apply."].top > max(items["One thing"].box[3], items["Another"].box[3])
    (alone,) = placed([title("One thing", end=4)])
    assert items["One thing"].block.height == alone.block.height
