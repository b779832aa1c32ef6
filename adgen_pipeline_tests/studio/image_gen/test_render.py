"""Keyframes: real pictures, measured."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from adgen_pipeline.contracts.brief import SIZES
from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.drawing.recipe import read_recipe
from adgen_pipeline.studio.frame import words_zone
from adgen_pipeline.studio.image_gen.render import render_keyframe

SMALL = {"9:16": "270x480", "16:9": "480x270", "1:1": "300x300"}
GOLD, BLUE = ["#D4AF37", "#000000"], ["#2563EB", "#0B1020"]


def asked(product: str = "watch", shot: str = "Hero shot", ratio: str = "1:1", **more: Any) -> ImageRequest:
    """A small keyframe's request."""
    direction = {"product": product, "product_category": product, "palette": more.pop("palette", GOLD)}
    direction |= {"style": more.pop("style", "dark")}
    return ImageRequest.model_validate(
        {
            "prompt": f"{shot} of a {product}",
            "visual_direction": direction,
            "aspect_ratio": ratio,
            "resolution": SMALL[ratio],
        }
        | more
    )


def drawn(request: ImageRequest, folder: Path, reference: Path | None = None) -> NDArray[np.float64]:
    """The keyframe's pixels, from 0 to 1."""
    target = folder / "keyframe.jpg"
    render_keyframe(request, reference, target)
    with Image.open(target) as picture:
        return np.asarray(picture.convert("RGB"), float) / 255


@pytest.mark.parametrize("ratio", list(SIZES))
def test_size_seed_and_recipe(tmp_path: Path, ratio: Any) -> None:
    """The file has the resolution asked for, else the finished ad's; it knows its seed and how it was made."""
    target = tmp_path / "keyframe.jpg"
    seed = render_keyframe(asked(ratio=ratio, seed=11), None, target)
    recipe = read_recipe(target)
    assert recipe is not None
    assert (seed, recipe.seed, recipe.motif, recipe.ratio) == (11, 11, "watch", ratio)
    with Image.open(target) as picture:
        assert picture.format == "JPEG"
        assert picture.size == tuple(int(side) for side in SMALL[ratio].split("x"))


def test_full_size_is_the_default(tmp_path: Path) -> None:
    """Without a resolution the picture is as large as the finished ad."""
    assert drawn(asked(ratio="1:1", resolution=None), tmp_path).shape == (1080, 1080, 3)


def test_equal_requests_are_equal_bytes(tmp_path: Path) -> None:
    """The same request draws the same file, also with a reference when it says all about its look itself."""
    other = tmp_path / "other.jpg"
    render_keyframe(asked("sneaker", palette=BLUE), None, other)
    files = []
    for number, reference in enumerate((None, None, other)):
        files.append(tmp_path / f"{number}.jpg")
        render_keyframe(asked(), reference, files[-1])
    first, *rest = (file.read_bytes() for file in files)
    assert all(again == first for again in rest)


def test_look_is_taken_over_from_the_reference(tmp_path: Path) -> None:
    """A request that leaves the look open gets the reference's product and colours."""
    render_keyframe(asked(palette=BLUE), None, tmp_path / "first.jpg")
    render_keyframe(ImageRequest(prompt="Detail", resolution="270x480"), tmp_path / "first.jpg", tmp_path / "next.jpg")
    first, following = read_recipe(tmp_path / "first.jpg"), read_recipe(tmp_path / "next.jpg")
    assert first is not None and following is not None
    assert (following.motif, following.palette, following.style) == (first.motif, first.palette, first.style)


def test_other_products_and_shots_are_other_pictures(tmp_path: Path) -> None:
    """Each product and each shot is visibly different from the others."""
    pictures = [drawn(asked(product, seed=3), tmp_path) for product in ("watch", "perfume", "sneaker", "app")]
    pictures += [drawn(asked(shot=shot, seed=3), tmp_path) for shot in ("Macro", "Detail", "Wide", "End card")]
    for index, picture in enumerate(pictures):
        for other in pictures[:index]:
            assert np.abs(picture - other).mean() > 0.02


@pytest.mark.parametrize("product", ["watch", "perfume", "sneaker", "app"])
@pytest.mark.parametrize(("palette", "channel"), [(["#2563EB", "#0B1020"], 2), (["#DC2626", "#110808"], 0)])
def test_brand_colour_is_seen(tmp_path: Path, product: str, palette: list[str], channel: int) -> None:
    """The brand's hue rules the saturated part of the picture."""
    picture = drawn(asked(product, palette=palette), tmp_path)
    strong = picture[(picture.max(axis=2) - picture.min(axis=2)) > 0.25]
    assert len(strong) > 0.01 * picture.shape[0] * picture.shape[1]
    assert (strong.argmax(axis=1) == channel).mean() > 0.9


@pytest.mark.parametrize("ratio", list(SIZES))
@pytest.mark.parametrize("product", ["watch", "sneaker"])
def test_words_zone_is_calm(tmp_path: Path, product: str, ratio: Any) -> None:
    """Where words will stand there is little contrast and an ink that reads on all of it, in every shot and light."""
    for shot in ("Macro", "Hero", "Detail", "Wide", "End card"):
        for palette, style in ((GOLD, "dark"), (["#2563EB", "#FFFFFF"], "airy")):
            picture = drawn(asked(product, shot, ratio, palette=palette, style=style), tmp_path)
            recipe = read_recipe(tmp_path / "keyframe.jpg")
            assert recipe is not None
            height, width, _ = picture.shape
            left, top, right, bottom = (round(v) for v in words_zone(recipe.words, recipe.ratio).pixels(width, height))
            tone = picture[top:bottom, left:right] @ [0.2126, 0.7152, 0.0722]
            assert tone.std() < 0.08, (shot, style)
            low, high = np.quantile(tone, [0.01, 0.99])
            assert (low > 0.6) if style == "airy" else (high < 0.35), (shot, style)


def test_light_style_is_light(tmp_path: Path) -> None:
    """An airy brand is drawn on a pale ground, a dark one on a dark ground."""
    airy = drawn(asked(palette=["#2563EB", "#FFFFFF"], style="airy"), tmp_path)
    assert airy.mean() > 0.7 > 0.3 > drawn(asked(), tmp_path).mean()


def test_sizes_that_cannot_be_encoded_are_refused(tmp_path: Path) -> None:
    """Odd or outsized pictures end in an error that names the size."""
    for resolution in ("271x480", "9998x9998"):
        with pytest.raises(RenderError, match=resolution):
            render_keyframe(asked(resolution=resolution), None, tmp_path / "keyframe.jpg")
