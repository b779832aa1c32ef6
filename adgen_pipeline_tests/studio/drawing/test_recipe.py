"""The recipe in a picture's comment, which anybody may have written."""

from pathlib import Path

import pytest
from PIL import Image

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.drawing.recipe import Recipe, read_recipe, write_picture

RECIPE = Recipe(motif="watch", palette=("#D4AF37", "#000000"), ratio="1:1", shot="hero", words="bottom", seed=7)
GREY = Image.new("RGB", (64, 64), "grey")


def test_recipe_survives_the_file(tmp_path: Path) -> None:
    """What was written is read."""
    write_picture(GREY, RECIPE, tmp_path / "still.jpg")
    assert read_recipe(tmp_path / "still.jpg") == RECIPE


@pytest.mark.parametrize(
    "comment",
    [
        b"made with love",
        b"\xff\xfe\x00{",
        b"[" * 3000,
        RECIPE.as_comment().replace(b"watch", b"../../etc"),
        RECIPE.as_comment().replace(b"#D4AF37", b"url(x)"),
        RECIPE.as_comment().replace(b'"seed":7', b'"seed":1e400'),
        RECIPE.as_comment()[:-1] + b',"brand":"' + b"A" * 50 + b'"}',
        RECIPE.as_comment() + b" " * 60_000,
    ],
)
def test_hostile_comments_are_no_recipe(tmp_path: Path, comment: bytes) -> None:
    """A comment that is not exactly a recipe is ignored, whatever its size and bytes."""
    GREY.save(tmp_path / "still.jpg", comment=comment)
    assert read_recipe(tmp_path / "still.jpg") is None


def test_other_files_are_refused(tmp_path: Path) -> None:
    """A file that is no picture of a known kind, or too large a one, is an error that names it."""
    (tmp_path / "text.jpg").write_text("#EXTM3U")
    GREY.save(tmp_path / "still.gif")
    Image.new("1", (8000, 6000)).save(tmp_path / "huge.png")
    for name in ("text.jpg", "still.gif", "huge.png"):
        with pytest.raises(RenderError, match=name):
            read_recipe(tmp_path / name)
