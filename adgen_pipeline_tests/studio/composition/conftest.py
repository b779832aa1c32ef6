"""Small real clips, and an ffmpeg of another build to look at what was made of them."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from adgen_pipeline.studio.encoding import Frame, Quality, VideoWriter

SIZE, FPS = (270, 480), 15

Paint = Callable[[int], tuple[int, int, int]]
MakeClip = Callable[..., Path]


def plain(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> Frame:
    """A picture of one colour (red, green, blue)."""
    return np.full((size[1], size[0], 4), (*colour[::-1], 255), np.uint8)


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    """Writes a clip of one colour a frame: `colour` is a colour, or gives one for each frame."""

    def make(
        name: str,
        colour: tuple[int, int, int] | Paint,
        seconds: float = 1.0,
        *,
        size: tuple[int, int] = SIZE,
        fps: int = FPS,
    ) -> Path:
        path = tmp_path / f"{name}.mp4"
        with VideoWriter(path, size, fps, Quality("ultrafast", 8)) as writer:
            for n in range(round(seconds * fps)):
                writer.write(plain(colour(n) if callable(colour) else colour, size))
        return path

    return make


def ffmpeg(*arguments: str) -> tuple[bytes, str]:
    """Standard output and error of the independent ffmpeg."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout, done.stderr.decode()


def pictures(video: Path, size: tuple[int, int] = SIZE) -> NDArray[np.int16]:
    """All frames of `video`, n x height x width x (red, green, blue), as the independent ffmpeg decodes them."""
    raw, _ = ffmpeg("-i", str(video), "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3).astype(np.int16)


def heard(video: Path) -> NDArray[np.float32]:
    """The sound of `video`, n x 2 at 48 kHz."""
    raw, _ = ffmpeg("-i", str(video), "-vn", "-f", "f32le", "-ac", "2", "-ar", "48000", "-")
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def loudness(video: Path) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP), by ffmpeg's ebur128."""
    _, log = ffmpeg("-i", str(video), "-vn", "-af", "ebur128=peak=true", "-f", "null", "-")
    summary = log[log.rindex("Summary:") :]
    level, peak = re.search(r"I:\s+(-?[\d.]+) LUFS", summary), re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert level and peak, summary
    return float(level[1]), float(peak[1])
