"""Whole ads, looked at and listened to by another ffmpeg."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.contracts.brief import SIZES
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.render import Composed, compose
from adgen_pipeline.studio.frame import words_zone
from adgen_pipeline_tests.studio.composition.conftest import (
    FPS,
    SIZE,
    MakeClip,
    ffmpeg,
    heard,
    loudness,
    pictures,
)

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 40), (30, 40, 200)


def request(*scenes: tuple[float, float, Any], **more: Any) -> ComposeRequest:
    """Scenes as (start, end, transition), small and at 15 fps."""
    listed = [{"video_url": "x", "start_time": s, "end_time": e, "transition": t} for s, e, t in scenes]
    small = {"resolution": f"{SIZE[0]}x{SIZE[1]}", "fps": FPS, "seed": 5}
    return ComposeRequest.model_validate({"scenes": listed, **small, **more})


def overlay(text: str, start: float, duration: float, **more: Any) -> dict[str, Any]:
    """One text overlay."""
    return {"text": text, "start_time": start, "duration": duration, **more}


def dominant(frame: np.ndarray) -> str:
    """Which of the three clips' colours a frame mostly is."""
    return "RGB"[int(frame.reshape(-1, 3).mean(0).argmax())]


def test_a_whole_ad_is_exact(make_clip: MakeClip, tmp_path: Path) -> None:
    """Two scenes, words, music and voice: container, frame count, lengths, loudness, poster and captions are right."""
    clips = [make_clip("a", RED, 2.5), make_clip("b", BLUE, 2.5)]
    progress: list[float] = []
    asked = request(
        (0, 2.5, {"type": "fade", "duration": 0.4}),
        (2.1, 4.6, "cut"),
        text_overlays=[overlay("Timeless", 0.2, 1.8, position="top"), overlay("Precise", 2.4, 2, position="bottom")],
        audio={
            "music": {"mood": "elegant", "tempo": 80},
            "voiceover": {"segments": [{"text": "Own your time.", "start_time": 1.0}]},
        },
    )
    ad = compose(asked, clips, None, tmp_path, progress.append)
    files = {
        "video": tmp_path / "ad.mp4",
        "thumbnail": tmp_path / "thumbnail.jpg",
        "captions": tmp_path / "captions.vtt",
    }
    assert replace(ad, text_boxes=()) == Composed(**files, duration=4.6, size=SIZE)
    _, log = ffmpeg("-i", str(ad.video), "-f", "null", "-")
    assert "h264 (High)" in log and "yuv420p(tv, bt709" in log and f"{SIZE[0]}x{SIZE[1]}" in log and "15 fps" in log
    assert "aac (LC)" in log and "48000 Hz, stereo" in log and "frame=   69" in log
    data = ad.video.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert abs(len(heard(ad.video)) - 4.6 * 48_000) <= 1024
    level, peak = loudness(ad.video)
    assert abs(level + 14) < 1 and peak <= -0.9
    with Image.open(ad.thumbnail) as poster:
        assert (poster.format, poster.size) == ("JPEG", SIZE)
        assert dominant(np.asarray(poster, np.int16)) == "B"
    assert "00:00:01.000 -->" in (tmp_path / "captions.vtt").read_text()
    assert progress == sorted(progress) and progress[-1] == pytest.approx(1)


def test_words_stand_where_the_ad_says(make_clip: MakeClip, tmp_path: Path) -> None:
    """Light letters fill the box that is told from edge to edge while they are on, and there are none beside it."""
    asked = request((0, 3.0, "cut"), text_overlays=[overlay("Timeless", 0.2, 2.4, position="top")])
    ad = compose(asked, [make_clip("a", RED, 3.0)], None, tmp_path)
    (box,) = ad.text_boxes
    assert (box.text, box.start_time, box.end_time) == ("Timeless", 0.2, 2.6)
    letters = pictures(ad.video)[round(1.5 * 15)].min(axis=-1) > 150
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    assert box.left - 2 <= columns[0] <= box.left + 6 and box.right - 6 <= columns[-1] <= box.right + 2
    assert box.top <= rows[0] and rows[-1] <= box.bottom and rows[-1] - rows[0] > (box.bottom - box.top) / 2


def test_the_same_request_gives_the_same_pictures_and_sound(make_clip: MakeClip, tmp_path: Path) -> None:
    """Composed twice, the files are equal to the byte."""
    clips = [make_clip("a", RED, 1)]
    asked = request((0, 1, "cut"), text_overlays=[overlay("Hello", 0, 1)], audio={"music": {"mood": "tech"}})
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files.append(compose(asked, clips, None, tmp_path / name).video.read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("transition", ["fade", "slide", "wipe", "zoom"])
def test_a_transition_between_held_pictures(make_clip: MakeClip, tmp_path: Path, transition: str) -> None:
    """Scenes that do not overlap: pure before, a mixture of held and incoming at the start of the next, pure after."""
    clips = [make_clip("a", RED, 1), make_clip("b", BLUE, 1)]
    shown = pictures(compose(request((0, 1, transition), (1, 2, "cut")), clips, None, tmp_path).video)
    means = shown.reshape(len(shown), -1, 3).mean(1)
    assert len(shown) == 30
    assert np.abs(means[:15] - RED).max() < 8 and np.abs(means[24:] - BLUE).max() < 8
    middle = means[18]
    assert 40 < middle[0] < 190 and 50 < middle[2] < 190


def test_pictures_come_in_their_order_and_time(make_clip: MakeClip, tmp_path: Path) -> None:
    """Each output frame shows its clip's frame of that moment: from another rate and size, after a cut, held last.

    The clips brighten by the frame; the second is one frame short of its slot.
    """

    def brighter(n: int) -> tuple[int, int, int]:
        return (10 + 4 * n,) * 3

    clips = [
        make_clip("a", brighter, 1, fps=30, size=(320, 180)),
        make_clip("b", lambda n: (10 + 8 * n,) * 3, 14 / 15),
    ]
    shown = pictures(compose(request((0, 1, "cut"), (1, 2, "cut")), clips, None, tmp_path).video)
    levels = shown[:, 200:280, 100:170].mean((1, 2, 3))
    expected = [10 + 8 * n for n in range(15)] + [10 + 8 * min(n, 13) for n in range(15)]
    assert np.abs(levels - expected).max() < 3


def test_words_change_their_zone_in_their_time_only(make_clip: MakeClip, tmp_path: Path) -> None:
    """With and without overlays: a zone differs while its words are up, and nowhere else at no other time."""
    clips = [make_clip("a", (90, 90, 100), 4)]
    overlays = [overlay("Early", 0.5, 1.2, position="top"), overlay("Later on", 2.2, 1.2, position="bottom")]
    (tmp_path / "bare").mkdir()
    bare = pictures(compose(request((0, 4, "cut")), clips, None, tmp_path / "bare").video)
    shown = pictures(compose(request((0, 4, "cut"), text_overlays=overlays), clips, None, tmp_path).video)
    difference = np.abs(shown - bare).max(3)

    def changed(position: Any, start: float, stop: float) -> float:
        left, top, right, bottom = (round(v) for v in words_zone(position, "9:16").pixels(*SIZE))
        return float(difference[round(start * FPS) : round(stop * FPS), top:bottom, left:right].max())

    assert changed("top", 0.9, 1.4) > 100 and changed("bottom", 2.7, 3.1) > 100
    assert changed("top", 0, 0.5) < 12 and changed("top", 1.8, 4) < 12
    assert changed("bottom", 0, 2.1) < 12 and changed("bottom", 3.5, 4) < 12


def test_words_move_in_and_fade_out(make_clip: MakeClip, tmp_path: Path) -> None:
    """A headline's ink grows as it slides in, stands, and weakens at the end; a button breathes to the last frame."""
    clips = [make_clip("a", (20, 20, 20), 5)]
    overlays = [
        overlay("Timeless", 0, 2.6, position="top"),
        overlay("Go", 2, 3, role="call_to_action", position="bottom"),
    ]
    shown = pictures(compose(request((0, 5, "cut"), text_overlays=overlays), clips, None, tmp_path).video)
    ink = (shown[:, :200] > 170).any(3).sum((1, 2))
    assert ink[4] < ink[8] < ink[24] and abs(int(ink[24]) - int(ink[20])) < 0.03 * ink[24]
    assert ink[36] < 0.7 * ink[24] and ink[40] == 0
    button = (shown[:, 240:] > 90).any(3).sum((1, 2))
    assert button[74] > 1000 and len({int(area) for area in button[60:]}) > 5


def test_the_end_card_and_the_logo(make_clip: MakeClip, tmp_path: Path) -> None:
    """The last seconds show the logo in its own colours above the brand and its button; before, nothing of it."""
    logo = tmp_path / "logo.png"
    Image.new("RGB", (200, 100), (0, 255, 80)).save(logo)
    brand = {"name": "Aurum", "call_to_action": "Discover now", "primary_color": "#FF5500"}
    asked = request((0, 6, "cut"), brand_guidelines=brand)
    shown = pictures(compose(asked, [make_clip("a", (20, 20, 30), 6)], logo, tmp_path).video)
    green = (shown[..., 1] > 200) & (shown[..., 0] < 60)
    orange = (shown[..., 0] > 200) & (shown[..., 2] < 60)
    assert not green[:36].any() and not orange[:36].any()
    rows, columns = np.nonzero(green[-1])
    assert np.ptp(columns) == pytest.approx(2 * np.ptp(rows), abs=4)
    assert orange[-1].sum() > 1500 and rows.max() < np.nonzero(orange[-1])[0].min()


def test_burned_captions_follow_the_voice(make_clip: MakeClip, tmp_path: Path) -> None:
    """Caption ink near the bottom of the safe area, and sound, are there while the segment is spoken and not before."""
    voice = {"voiceover": {"segments": [{"text": "Own your time, every day.", "start_time": 1.5}]}}
    asked = request((0, 4, "cut"), audio=voice, captions="burned")
    ad = compose(asked, [make_clip("a", (40, 40, 40), 4)], None, tmp_path)
    ink = (pictures(ad.video)[:, 330:400] > 200).any(3).sum((1, 2))
    assert ink[:22].max() == 0 and ink[33] > 150
    sound = np.abs(heard(ad.video)).max(1)
    assert sound[: round(1.4 * 48_000)].max() < 0.01 < 0.1 < sound[round(1.6 * 48_000) : round(2.4 * 48_000)].max()


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (128, 128, 128)])
def test_words_stand_out_on_any_ground(make_clip: MakeClip, tmp_path: Path, ground: tuple[int, int, int]) -> None:
    """Measured in the finished video: the words against what lies around them reach 4.5:1."""
    asked = request((0, 2, "cut"), text_overlays=[overlay("TIMELESS", 0, 2, position="center", style="sans")])
    frame = pictures(compose(asked, [make_clip("a", ground, 2)], None, tmp_path).video)[22, 215:245] / 255.0
    linear = np.where(frame <= 0.04045, frame / 12.92, ((frame + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)
    low, high = np.percentile(linear, (2, 98))
    assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("ratio", SIZES)
def test_every_ratio(make_clip: MakeClip, tmp_path: Path, ratio: str) -> None:
    """Each shape gets its size, from a clip of any other."""
    width, height = (side // 4 for side in SIZES[ratio])
    width, height = width - width % 2, height - height % 2
    asked = request((0, 1, "cut"), aspect_ratio=ratio, resolution=f"{width}x{height}")
    ad = compose(asked, [make_clip("a", GREEN, 1, size=(200, 200))], None, tmp_path)
    shown = pictures(ad.video, (width, height))
    assert shown.shape == (15, height, width, 3) and np.abs(shown - GREEN).max() < 12


def test_a_clip_that_is_too_short_is_named(make_clip: MakeClip, tmp_path: Path) -> None:
    """Three frames short is an error with the scene and both lengths, before anything is drawn."""
    clips = [make_clip("a", RED, 1), make_clip("b", BLUE, 12 / 15)]
    with pytest.raises(RenderError, match=r"scene 2: its clip has 12 frames \(0.80 s at 15 fps\), its slot needs 15"):
        compose(request((0, 1, "cut"), (1, 2, "cut")), clips, None, tmp_path)
    assert not (tmp_path / "ad.mp4").exists()


def test_requests_that_cannot_be_composed(make_clip: MakeClip, tmp_path: Path) -> None:
    """An unknown transition, a missing clip, an odd size and a hostile logo are errors that say so."""
    clips = [make_clip("a", RED, 1)]
    with pytest.raises(RenderError, match="scene 1: there is no transition 'swirl'"):
        compose(request((0, 1, "swirl")), clips, None, tmp_path)
    with pytest.raises(RenderError, match="2 scenes need as many clips"):
        compose(request((0, 1, "cut"), (1, 2, "cut")), clips, None, tmp_path)
    with pytest.raises(RenderError, match="271x480"):
        compose(request((0, 1, "cut"), resolution="271x480"), clips, None, tmp_path)
    hostile = tmp_path / "logo.png"
    hostile.write_text("<svg/>")
    with pytest.raises(RenderError, match="the logo is no PNG, JPEG or WEBP"):
        compose(request((0, 1, "cut")), clips, hostile, tmp_path)


@pytest.mark.parametrize(("style", "heavy"), [("sport style: loud", True), ("minimal style: quiet", False)])
def test_the_brand_is_set_in_the_headlines_type(make_clip: MakeClip, tmp_path: Path, style: str, heavy: bool) -> None:
    """The family of the first headline sets all words: heavy strokes in sport, hairlines where it is minimal."""
    words = [overlay("Hi", 0, 0.4, style=style), overlay("Aurum", 0.5, 1.5, style="brand", position="top")]
    asked = request((0, 2, "cut"), text_overlays=words, audio={"music": {"mood": "electronic"}})
    shown = pictures(compose(asked, [make_clip("a", (20, 20, 20), 2)], None, tmp_path).video)
    ink = shown[27, :190].max(2) > 130
    assert (ink.sum() > 1500) == heavy
