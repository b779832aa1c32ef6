"""Frames in, frames out, sound in."""

from pathlib import Path

import av
import numpy as np
import pytest

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.aac import SAMPLE_RATE, encoded_sound
from adgen_pipeline.studio.decoding import length_in_frames, read_frames, sample_frames
from adgen_pipeline.studio.encoding import Frame, Quality, VideoWriter
from adgen_pipeline_tests.studio.composition.conftest import ffmpeg, heard

SIZE = (160, 96)


def grey(level: int) -> Frame:
    """A picture of one grey."""
    return np.full((SIZE[1], SIZE[0], 4), (level, level, level, 255), np.uint8)


def write_ramp(path: Path, fps: int = 10, count: int = 20) -> Path:
    """A clip that brightens by 10 levels a frame."""
    with VideoWriter(path, SIZE, fps, Quality("ultrafast", 4)) as writer:
        for n in range(count):
            writer.write(grey(10 + 10 * n))
    return path


def levels(frames: list[Frame]) -> list[int]:
    """The grey of each frame, to the nearest step of the ramp."""
    return [round((float(frame[..., 1].mean()) - 10) / 10) for frame in frames]


def test_what_is_written_is_what_players_expect(tmp_path: Path) -> None:
    """H.264 High, yuv420p, Rec. 709, constant rate, AAC 48 kHz stereo, the index in front, all frames there."""
    path = tmp_path / "a.mp4"
    with VideoWriter(path, SIZE, 30, Quality("veryfast", 18), audio=True) as writer:
        writer.write_sound(encoded_sound(np.zeros((SAMPLE_RATE * 2, 2), np.float32)))
        for n in range(60):
            writer.write(grey(n * 4))
    _, log = ffmpeg("-i", str(path), "-f", "null", "-")
    assert "h264 (High)" in log and "yuv420p(tv, bt709" in log and "30 fps" in log
    assert "aac (LC)" in log and "48000 Hz, stereo" in log
    assert "frame=   60" in log
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_picture_may_be_drawn_over_once_it_is_written(tmp_path: Path) -> None:
    """One array for all frames, changed right after each `write`: every picture is as it was when it was given."""
    frame = grey(0)
    with VideoWriter(tmp_path / "a.mp4", SIZE, 10, Quality("ultrafast", 4)) as writer:
        for n in range(20):
            frame[..., :3] = 10 + 10 * n
            writer.write(frame)
            frame[..., :3] = 255
    assert levels(list(read_frames(tmp_path / "a.mp4", SIZE))) == list(range(20))


def test_what_cannot_be_encoded_is_an_error(tmp_path: Path) -> None:
    """The encoder works beside its caller, and still its errors arrive there, at the next picture or at the end."""
    for pictures in (1, 3):
        with pytest.raises(av.FFmpegError), VideoWriter(tmp_path / "a.mp4", SIZE, 10, Quality("none", 4)) as writer:
            for _ in range(pictures):
                writer.write(grey(10))


@pytest.mark.parametrize("before", [True, False])
def test_sound_is_whole_and_in_step(tmp_path: Path, before: bool) -> None:
    """A click at 1.5 s is heard at 1.5 s and nothing is lost, whether sound is given before or after the frames."""
    path = tmp_path / "a.mp4"
    sound = np.zeros((SAMPLE_RATE * 2, 2), np.float32)
    sound[72_000:72_480] = 0.8 * np.sin(np.arange(480) * 0.5)[:, None]
    with VideoWriter(path, SIZE, 30, Quality("ultrafast", 30), audio=True) as writer:
        if before:
            writer.write_sound(encoded_sound(sound))
        for _ in range(60):
            writer.write(grey(90))
        if not before:
            writer.write_sound(encoded_sound(sound))
    out = heard(path)
    assert abs(len(out) - len(sound)) <= 1024
    assert abs(int(np.argmax(np.abs(out[:, 0]) > 0.3)) - 72_000) < 100


@pytest.mark.parametrize(("fps", "expected"), [(10, list(range(20))), (5, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18])])
def test_frames_are_resampled_in_time(tmp_path: Path, fps: int, expected: list[int]) -> None:
    """Half the rate shows every other picture; the clip's length is known without decoding."""
    path = write_ramp(tmp_path / "ramp.mp4")
    assert levels(list(read_frames(path, SIZE, fps))) == expected
    assert length_in_frames(path, fps) == len(expected)


def test_a_higher_rate_repeats_pictures(tmp_path: Path) -> None:
    """From 10 to 25 fps each picture stands two or three times, and the length in seconds stays."""
    shown = levels(list(read_frames(write_ramp(tmp_path / "ramp.mp4"), SIZE, 25)))
    assert len(shown) == 50 and sorted(set(shown)) == list(range(20)) and shown == sorted(shown)


def test_other_shapes_are_covered_and_cropped_in_the_middle(tmp_path: Path) -> None:
    """A wide picture in a tall frame keeps its middle and its proportions: the sides go, no bars appear."""
    path = tmp_path / "wide.mp4"
    frame = grey(40)
    frame[:, 60:100, :3] = 220
    with VideoWriter(path, SIZE, 10, Quality("ultrafast", 4)) as writer:
        writer.write(frame)
    (tall,) = read_frames(path, (96, 192))
    assert tall.shape == (192, 96, 4)
    bright = tall[96, :, 1] > 130
    assert 74 <= bright.sum() <= 86 and bright[48] and not bright[2] and not bright[-3]
    assert tall[2, 48, 1] > 200 and tall[-2, 48, 1] > 200


def test_samples_are_spread_over_the_clip(tmp_path: Path) -> None:
    """Sampling gives a few pictures with their seconds, from the beginning to near the end."""
    seen = list(sample_frames(write_ramp(tmp_path / "ramp.mp4"), (40, 24), 0.5))
    assert 3 <= len(seen) <= 5 and seen[0][0] == 0 and seen[-1][0] >= 1.3
    for seconds, frame in seen:
        assert frame.shape == (24, 40, 4) and abs(levels([frame])[0] - seconds * 10) <= 1


def test_what_is_no_mp4_is_refused(tmp_path: Path) -> None:
    """Text that names other files (a concat list) and a broken file are errors that name the file."""
    listing = tmp_path / "list.mp4"
    listing.write_text("ffconcat version 1.0\nfile other.mp4\n")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(write_ramp(tmp_path / "ramp.mp4").read_bytes()[:900])
    for path in (listing, cut):
        with pytest.raises(RenderError, match=path.name):
            list(read_frames(path, SIZE))


def test_equal_pictures_are_equal_files(tmp_path: Path) -> None:
    """Whatever lies in memory around them, and read back they are equal too: same brief and seed, same ad."""
    noise = np.random.default_rng(3)
    grain = noise.integers(0, 255, (960, 540)).astype(np.uint8)
    moved = [np.roll(grain, (5 * n, 3 * n), (0, 1)) for n in range(16)]
    pictures = [np.dstack([blue, blue // 2, 255 - blue, np.full_like(blue, 255)]) for blue in moved]
    files, read = set(), set()
    for n in range(6):
        litter = [noise.bytes(int(noise.integers(1, 2_000_000))) for _ in range(20)]
        with VideoWriter(tmp_path / f"{n}.mp4", (540, 960), 15, Quality("veryfast", 18)) as writer:
            for picture in pictures:
                writer.write(picture)
        files.add((tmp_path / f"{n}.mp4").read_bytes())
        assert litter
    for _ in range(4):
        read.add(b"".join(frame.tobytes() for frame in read_frames(tmp_path / "0.mp4", (540, 960))))
    assert len(files) == len(read) == 1


@pytest.mark.parametrize("fps", [10, 5, 25])
def test_reading_may_begin_anywhere(tmp_path: Path, fps: int) -> None:
    """From each picture on, at the clip's rate and others, the same pictures come as after reading all before it."""
    path = write_ramp(tmp_path / "ramp.mp4")
    shown = levels(list(read_frames(path, SIZE, fps)))
    for first in range(len(shown)):
        assert levels(list(read_frames(path, SIZE, fps, first))) == shown[first:]
