"""The logo is opened with suspicion and shown untouched."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.logo import open_logo
from adgen_pipeline.studio.drawing.paint import PIXELS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_shape_and_the_colours_stay(tmp_path: Path, kind: str) -> None:
    """A 400 x 100 logo in 200 x 200 is 200 x 50, in its own colours."""
    path = tmp_path / "logo"
    Image.new("RGB", (400, 100), (200, 30, 90)).save(path, kind)
    logo = open_logo(path, 200, 200)
    assert (logo.width(), logo.height()) == (200, 50)
    assert np.abs(logo.toarray(colorType=PIXELS)[25, 100, :3].astype(int) - (90, 30, 200)).max() <= 4


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nbroken", b""])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    """SVG, a broken PNG and nothing at all are errors that say which formats do."""
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(RenderError, match="PNG, JPEG or WEBP"):
        open_logo(path, 200, 200)


def test_other_formats_are_refused_although_pillow_knows_them(tmp_path: Path) -> None:
    """A TIFF under the name of a PNG is not opened."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (10, 10)).save(path, "TIFF")
    with pytest.raises(RenderError, match="PNG, JPEG or WEBP"):
        open_logo(path, 200, 200)


def test_a_bomb_is_not_decoded(tmp_path: Path) -> None:
    """Small as a file, 28 million pixels as a picture: refused by its header."""
    path = tmp_path / "logo.png"
    Image.new("1", (7000, 4000)).save(path)
    with pytest.raises(RenderError, match="7000x4000 pixels"):
        open_logo(path, 200, 200)
