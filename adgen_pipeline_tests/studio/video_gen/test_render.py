"""Clips: real videos, decoded again by another ffmpeg."""

import itertools
import re
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.decoding import read_frames
from adgen_pipeline.studio.drawing.recipe import STILL, read_recipe
from adgen_pipeline.studio.frame import words_zone
from adgen_pipeline.studio.image_gen.render import render_keyframe
from adgen_pipeline.studio.video_gen.render import render_clip

SIZE = (270, 480)


def asked(**more: Any) -> ClipRequest:
    """A short, small clip's request."""
    plain = {
        "scene_prompt": "A watch",
        "reference_image_url": "http://127.0.0.1/keyframe.jpg",
        "duration": 1.6,
        "aspect_ratio": "9:16",
        "resolution": "270x480",
        "fps": 15,
        "camera_movement": "push_in",
    }
    return ClipRequest.model_validate(plain | more)


def frames(path: Path) -> list[NDArray[np.float64]]:
    """All frames as levels of red, green and blue."""
    return [frame[..., 2::-1].astype(float) for frame in read_frames(path, SIZE)]


def steps(path: Path) -> list[float]:
    """Mean change in levels from each frame to the next."""
    return [float(np.abs(after - before).mean()) for before, after in itertools.pairwise(frames(path))]


@pytest.fixture(scope="module")
def keyframe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn keyframe of a watch."""
    path = tmp_path_factory.mktemp("keyframe") / "keyframe.jpg"
    direction = {"product": "watch", "palette": ["#D4AF37", "#000000"]}
    request = {"prompt": "Hero shot", "visual_direction": direction, "resolution": "270x480", "seed": 5}
    render_keyframe(ImageRequest.model_validate(request), None, path)
    return path


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A picture from elsewhere: wide, without a recipe."""
    across = np.linspace(0, 6, 640)[None, :] + np.linspace(0, 4, 360)[:, None]
    pixels = 127 + 90 * np.sin(across[..., None] * [1.0, 2.0, 3.0])
    path = tmp_path / "photograph.png"
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return path


@pytest.mark.parametrize(("duration", "fps", "count"), [(1.0, 15, 15), (0.51, 24, 12), (0.7, None, 21)])
def test_count_rate_and_size(tmp_path: Path, keyframe: Path, duration: float, fps: int | None, count: int) -> None:
    """Exactly round(duration x fps) frames at that rate, 30 by default, in the resolution asked for."""
    target = tmp_path / "clip.mp4"
    render_clip(asked(duration=duration, fps=fps), keyframe, target)
    probe = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(target), "-f", "null", "-"]
    said = subprocess.run(probe, capture_output=True, text=True, check=True).stderr
    assert f"{SIZE[0]}x{SIZE[1]}" in said
    assert "h264 (High)" in said
    assert f" {fps or 30} fps" in said
    assert re.findall(r"frame=\s*(\d+)", said)[-1] == str(count)


@pytest.mark.parametrize("move", ["push_in", "pan_left", "orbit", "static", "reveal", "anything"])
def test_it_moves_all_the_time_and_never_jumps(tmp_path: Path, keyframe: Path, move: str) -> None:
    """Every frame differs from the one before it, by a little."""
    render_clip(asked(camera_movement=move), keyframe, tmp_path / "clip.mp4")
    changes = steps(tmp_path / "clip.mp4")
    assert min(changes) > 0.2
    assert max(changes) < 12
    assert max(changes) < 8 * float(np.median(changes))


def test_it_shows_its_keyframe(tmp_path: Path, keyframe: Path) -> None:
    """At the keyframe's moment the clip looks like the keyframe; at its ends it does not."""
    render_clip(asked(), keyframe, tmp_path / "clip.mp4")
    shown = frames(tmp_path / "clip.mp4")
    with Image.open(keyframe) as picture:
        still = np.asarray(picture.convert("RGB"), float)
    away = [float(np.abs(frame - still).mean()) for frame in shown]
    at_its_moment = away[round(STILL * (len(shown) - 1))]
    assert at_its_moment == min(away) < 3
    assert min(away[0], away[-1]) > 2 * at_its_moment


@pytest.mark.parametrize("move", ["push_in", "pan_left", "tilt_down", "orbit"])
def test_the_words_zone_stays_calm(tmp_path: Path, keyframe: Path, move: str) -> None:
    """No move carries the product or its light into the place of the words."""
    render_clip(asked(camera_movement=move), keyframe, tmp_path / "clip.mp4")
    left, top, right, bottom = (round(side) for side in words_zone("bottom", "9:16").pixels(*SIZE))
    for frame in frames(tmp_path / "clip.mp4"):
        tone = frame[top:bottom, left:right] @ [0.2126, 0.7152, 0.0722]
        assert tone.std() < 12
        assert np.quantile(tone, 0.99) < 70


def test_same_request_same_pictures(tmp_path: Path, keyframe: Path) -> None:
    """A clip that is made again is the same clip."""
    for name in ("a.mp4", "b.mp4"):
        render_clip(asked(camera_movement=None), keyframe, tmp_path / name)
    for one, other in zip(frames(tmp_path / "a.mp4"), frames(tmp_path / "b.mp4"), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("move", ["pan_right", "static"])
def test_a_foreign_picture_is_filmed(tmp_path: Path, photograph: Path, move: str) -> None:
    """A picture without a recipe moves too, fills the frame, and stays recognisable."""
    render_clip(asked(camera_movement=move), photograph, tmp_path / "clip.mp4")
    assert min(steps(tmp_path / "clip.mp4")) > 0.15
    still = frames(tmp_path / "clip.mp4")[9]
    with Image.open(photograph) as picture:
        middle = picture.crop((218, 0, 422, 360)).resize(SIZE)
    likeness = np.corrcoef(np.asarray(middle, float).ravel(), still.ravel())[0, 1]
    assert likeness > 0.8


def test_a_forged_recipe_is_filmed_as_a_picture(tmp_path: Path, photograph: Path) -> None:
    """A picture whose comment only looks like a recipe is treated like any foreign one."""
    forged = tmp_path / "forged.jpg"
    with Image.open(photograph) as picture:
        picture.save(forged, comment=b'{"version":1,"motif":"__import__","palette":[],"seed":-1}')
    assert read_recipe(forged) is None
    render_clip(asked(duration=0.4), forged, tmp_path / "clip.mp4")
    assert frames(tmp_path / "clip.mp4")[0].mean() > 60


def test_progress_is_told(tmp_path: Path, keyframe: Path) -> None:
    """Whoever waits hears how much is done, up to all of it."""
    heard: list[float] = []
    render_clip(asked(duration=0.4), keyframe, tmp_path / "clip.mp4", heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_a_reference_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    """Text in a file called .jpg ends in an error that names the file."""
    (tmp_path / "page.jpg").write_text("<html>")
    with pytest.raises(RenderError, match=r"page\.jpg"):
        render_clip(asked(), tmp_path / "page.jpg", tmp_path / "clip.mp4")


def test_focus_and_light_come_up(tmp_path: Path, keyframe: Path) -> None:
    """A focus pull begins soft, a reveal with hardly a thing to be seen; both end as a plain push does."""
    detail, contrast = {}, {}
    for move in ("push_in", "focus", "reveal"):
        render_clip(asked(camera_movement=move), keyframe, tmp_path / "clip.mp4")
        shown = frames(tmp_path / "clip.mp4")
        detail[move] = [float(np.abs(np.diff(frame, axis=1)).mean()) for frame in (shown[0], shown[-1])]
        contrast[move] = [float(frame.std()) for frame in (shown[0], shown[-1])]
    assert detail["focus"][0] < 0.7 * detail["push_in"][0] and detail["focus"][1] > 0.9 * detail["push_in"][1]
    assert contrast["reveal"][0] < 0.4 * contrast["push_in"][0]
    assert contrast["reveal"][1] > 0.9 * contrast["push_in"][1]
