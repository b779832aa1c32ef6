"""Worlds: six families that are told apart at a glance, and in which words can stand."""

from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.studio.drawing.layout import default_words
from adgen_pipeline.studio.drawing.oklch import lch
from adgen_pipeline.studio.drawing.paint import surface
from adgen_pipeline.studio.drawing.palette import from_hex
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.recipe import MotifName, Recipe, Shot, Style
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.drawing.worlds import WORLDS
from adgen_pipeline.studio.drawing.worlds.base import Room
from adgen_pipeline.studio.families import FAMILIES, Family
from adgen_pipeline.studio.frame import Box, words_zone

SIZES: dict[AspectRatio, tuple[int, int]] = {"9:16": (162, 288), "16:9": (288, 162), "1:1": (200, 200)}
GOLD, BLUE, NONE = ("#D4AF37", "#000000"), ("#2563EB",), ()
Picture = NDArray[np.float64]


def recipe(family: Family, light: bool = False, **more: Any) -> Recipe:
    """A bottle in a world."""
    ratio, shot = more.get("ratio", "9:16"), more.get("shot", "hero")
    plain = {"motif": "bottle", "palette": BLUE, "ratio": ratio, "shot": shot, "words": default_words(ratio, shot)}
    style = Style(family=family, light=light, **more.pop("style", {}))
    return Recipe.model_validate(plain | {"seed": 3, "style": style} | more)


@cache
def drawn(wanted: Recipe, *clocks: float) -> tuple[Picture, ...]:
    """The scene's pictures at `clocks` (default: the keyframe's moment), red, green and blue from 0 to 1."""
    size = SIZES[wanted.ratio]
    scene, made = Scene(wanted, size), surface(*size)
    pictures = []
    for clock in clocks or (0.0,):
        scene.draw(made.getCanvas(), clock, View())
        pictures.append(as_pixels(made.makeImageSnapshot())[..., 2::-1] / 255.0)
    return tuple(pictures)


def kept(family: Family, before: float, after: float) -> float:
    """How much of what floats in the air is still where it was: 0 nothing, 1 all of it."""
    room = Room(SIZES["9:16"], (81, 90), Box(40, 40, 120, 150), None, "hero", "bottom", words_zone("bottom", "9:16"))
    world, rng = WORLDS[family], np.random.default_rng(1)
    air = world.air(room, world.tones(list(BLUE), light=False), Style(family=family), rng)
    seen = []
    for clock in (before, after):
        made = surface(*room.size)
        for _, each in air:
            each.draw(made.getCanvas(), clock)
        seen.append(as_pixels(made.makeImageSnapshot())[..., 3].astype(float))
    return float(np.minimum(*seen).sum() / np.maximum(*seen).sum())


@pytest.mark.parametrize("light", [False, True])
def test_families_are_told_apart(light: bool) -> None:
    """The same product and brand look different in each family, and the ground shows it before any shape does."""
    pictures = {family: drawn(recipe(family, light))[0] for family in FAMILIES}
    for one, other in combinations(FAMILIES, 2):
        assert np.abs(pictures[one] - pictures[other]).mean() > 0.02, (one, other)
    grounds = {family: tuple(np.round(WORLDS[family].tones(list(BLUE), light).lit, 2)) for family in FAMILIES}
    assert len(set(grounds.values())) == len(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_seed_and_the_shot_arrange_and_nothing_else_does(family: Family) -> None:
    """Equal recipes are equal to the byte; another seed or shot is another arrangement of the same world."""
    wanted = recipe(family, palette=NONE)
    first, other = drawn(wanted)[0], drawn(wanted.model_copy(update={"seed": 4}))[0]
    drawn.cache_clear()
    assert np.array_equal(first, drawn(wanted)[0])
    assert np.abs(first - other).mean() > 0.0015
    assert np.abs(first - drawn(recipe(family, palette=NONE, shot="wide", words="bottom"))[0]).mean() > 0.01


@pytest.mark.parametrize(("family", "light"), list(product(FAMILIES, (False, True))))
def test_words_stand_on_calm_ground(family: Family, light: bool) -> None:
    """In each ratio the words' zone has little contrast, and is pale in light scenes and dark in dark ones."""
    shots: tuple[tuple[AspectRatio, Shot, MotifName, tuple[str, ...]], ...] = (
        ("9:16", "hero", "bottle", GOLD), ("16:9", "wide", "shoe", ("#FF6B00",)), ("16:9", "macro", "shoe", GOLD),
        ("1:1", "end", "service", ("#FF6B00",)),
    )  # fmt: skip
    for ratio, shot, motif, palette in shots:
        wanted = recipe(family, light, ratio=ratio, shot=shot, motif=motif, palette=palette)
        zone = words_zone(wanted.words, ratio, card=shot == "end")
        left, top, right, bottom = (round(side) for side in zone.pixels(*SIZES[ratio]))
        tone = drawn(wanted)[0][top:bottom, left:right] @ [0.2126, 0.7152, 0.0722]
        low, high = np.quantile(tone, [0.01, 0.99])
        assert tone.std() < 0.06, (ratio, shot)
        assert low > 0.65 if light else high < 0.36, (ratio, shot)


@pytest.mark.parametrize(("family", "light"), list(product(FAMILIES, (False, True))))
def test_the_brand_is_an_accent_and_no_flood(family: Family, light: bool) -> None:
    """The brand's own blue, give or take its shades, is seen, and never in a third of the picture."""
    picture = drawn(recipe(family, light, shot="wide", motif="service"))[0]
    near = np.abs(picture - from_hex(BLUE[0])).max(axis=2) < 0.25
    assert 0.01 < near.mean() < 0.33


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("colour", ["#D4AF37", "#FFC107", "#B8C400", "#FF6B00"])
def test_no_dark_ground_is_olive_or_brown(family: Family, colour: str) -> None:
    """Yellow and orange brands stand on a dark ground that is nearly grey or of another hue."""
    tones = WORLDS[family].tones([colour, "#000000"], light=False)
    for ground in (tones.lit, tones.dim):
        _, chroma, hue = lch(ground)
        assert chroma < 0.035 or not 40 < hue < 130


@pytest.mark.parametrize("family", FAMILIES)
def test_grounds_leave_room_for_ink(family: Family) -> None:
    """A light ground is light and a dark one dark, whatever the brand: even white, black and grey alone."""
    for colour in ("#FFFFFF", "#000000", "#808080", "#FF0000", "#00FF00", "#FFFF00", "#1A0033"):
        light, dark = (WORLDS[family].tones([colour], light) for light in (True, False))
        assert min(lch(light.lit).light, lch(light.dim).light) > 0.84
        assert max(lch(dark.lit).light, lch(dark.dim).light) < 0.45
        assert abs(lch(dark.accent).light - lch(dark.dim).light) > 0.15


def test_each_air_moves_in_its_own_way() -> None:
    """In a twelfth of a second dust and leaves are nearly where they were; what bounces, signals or shoots past is not.

    Old film jumps eight times a second and stands still in between; nothing in any family stands still for longer.
    """
    assert all(kept(family, 0.02, 0.10) > 0.6 for family in ("minimal", "organic"))
    assert all(kept(family, 0.02, 0.10) < 0.5 for family in ("playful", "tech", "sport"))
    assert kept("retro", 0.01, 0.10) > 0.99
    assert kept("retro", 0.10, 0.15) < 0.3
    assert all(kept(family, 0.0, 0.5) < 0.9 for family in FAMILIES)


def test_words_of_style_move_the_light() -> None:
    """More rays, more glow or more lights out of focus are another picture in every family that has them."""
    for family, share in product(FAMILIES, ("rays", "glow")):
        little, much = (drawn(recipe(family, style={share: value}))[0] for value in (0.1, 0.95))
        moved = np.abs(little - much).mean()
        assert moved > 0.001 or (family, share) in {("playful", "rays"), ("organic", "glow"), ("sport", "glow"),
                                                    ("retro", "glow")}, (family, share)  # fmt: skip


def test_a_brand_without_colours_has_the_family_s() -> None:
    """Each family's own colours are used, and are its own."""
    accents = {family: tuple(np.round(from_hex(WORLDS[family].colours[0]), 2)) for family in FAMILIES}
    assert len(set(accents.values())) == len(FAMILIES)
    for family in FAMILIES:
        given = recipe(family, palette=WORLDS[family].colours)
        assert np.array_equal(drawn(recipe(family, palette=NONE))[0], drawn(given)[0])
