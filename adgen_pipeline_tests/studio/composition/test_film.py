"""Ads that are stitched together, held frame by frame against the same ads encoded anew, by another ffmpeg.

Every picture of a clip carries its number in its upper rows, as eight bright or dark fields, over ground that moves.
"""

import hashlib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.errors import Cancelled
from adgen_pipeline.studio.composition.render import compose
from adgen_pipeline.studio.encoding import CLIP, Frame, Quality, VideoWriter
from adgen_pipeline_tests.studio.composition.conftest import ffmpeg, heard

SIZE = WIDTH, HEIGHT = 108, 192
FIELD, BITS = 12, 8
FADE = {"type": "fade", "duration": 0.4}


def numbered(number: int, tint: int, size: tuple[int, int] = SIZE) -> Frame:
    """Picture `number` of a clip, of a tint of its own."""
    down, across = np.mgrid[0 : size[1], 0 : size[0]]
    ground = 100 + 50 * np.sin((across + 2 * down + 5 * number) / 23 + tint)
    frame = np.dstack([ground, ground * 0.8, 200 - ground, np.full_like(ground, 255)]).astype(np.uint8)
    for bit in range(BITS):
        frame[:32, bit * FIELD : (bit + 1) * FIELD, :3] = 235 if number >> bit & 1 else 20
    return frame


def clip(
    path: Path, seconds: float, fps: int, quality: Quality = CLIP, size: tuple[int, int] = SIZE, tint: int = 0
) -> Path:
    """A clip of numbered pictures."""
    with VideoWriter(path, size, fps, quality) as writer:
        for number in range(round(seconds * fps)):
            writer.write(numbered(number, tint, size))
    return path


def foreign(path: Path, seconds: float, fps: int, *_: Any, **__: Any) -> Path:
    """A clip of another codec, whose pictures are four times as many and as large."""
    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream("mpeg4", rate=fps * 4)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 2 * WIDTH, 2 * HEIGHT, "yuv420p", 3_000_000
        for number in range(round(seconds * fps * 4)):
            picture = np.kron(numbered(number // 4, 0)[..., 2::-1], np.ones((2, 2, 1), np.uint8))
            shown = av.VideoFrame.from_ndarray(picture, format="rgb24")
            shown.pts, shown.time_base = number, Fraction(1, fps * 4)
            container.mux(stream.encode(shown))
        container.mux(stream.encode(None))
    return path


def asked(*scenes: tuple[float, float, Any], fps: int, words: list[tuple[float, float]], **more: Any) -> ComposeRequest:
    """Scenes as (start, end, transition), words as (start, end) at the bottom."""
    listed = [{"video_url": "x", "start_time": s, "end_time": e, "transition": t} for s, e, t in scenes]
    overlays = [{"text": "Timeless", "start_time": s, "duration": e - s, "position": "bottom"} for s, e in words]
    small = {"resolution": f"{WIDTH}x{HEIGHT}", "fps": fps, "seed": 5, "text_overlays": overlays}
    return ComposeRequest.model_validate({"scenes": listed, **small, **more})


def planes(video: Path) -> NDArray[np.int16]:
    """The luma of all frames, n x height x width, by an ffmpeg that takes no error for granted."""
    strict = ("-xerror", "-err_detect", "explode", "-i", str(video))
    raw, log = ffmpeg("-v", "warning", *strict, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-")
    assert log == ""
    return np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH).astype(np.int16)


def numbers(frames: NDArray[np.int16]) -> list[int]:
    """The number that each frame carries."""
    return [int((row > 120) @ (1 << np.arange(BITS))) for row in fields(frames)]


def fields(frames: NDArray[np.int16]) -> NDArray[np.float64]:
    """How bright each digit of that number is: black, white, or, while two pictures are mixed, between."""
    return frames[:, 8:24, : FIELD * BITS].reshape(len(frames), 16, BITS, FIELD)[..., 3:9].mean((1, 3))


def copied(video: Path, clips: list[Path]) -> int:
    """How many pictures of the clips are in `video` bit by bit."""
    ad = video.read_bytes()
    packets = [bytes(packet) for path in clips for packet in av.open(str(path)).demux(video=0) if packet.size > 24]
    return sum(packet[-24:] in ad for packet in packets)


def times(video: Path) -> list[tuple[int, int]]:
    """(pts, dts) of the pictures in frames, in the order of decoding."""
    with av.open(str(video)) as container:
        rate: Any = container.streams.video[0].average_rate
        return [
            (int(packet.pts * packet.time_base * rate), int(packet.dts * packet.time_base * rate))
            for packet in container.demux(video=0)
            if packet.pts is not None and packet.dts is not None
        ]


def starts(video: Path) -> list[bool]:
    """Which pictures begin a GOP, in the order of decoding."""
    with av.open(str(video)) as container:
        return [packet.is_keyframe for packet in container.demux(video=0) if packet.size]


ONE, TWO, CUT = [(0, 3, "cut")], [(0, 2, FADE), (1.6, 3.6, "cut")], [(0, 1.5, "cut"), (1.5, 3, "cut")]


@pytest.mark.parametrize(
    ("scenes", "fps", "words", "seconds", "least"),
    [
        pytest.param(ONE, 30, [(0.7, 1.3)], 3, 0.6, id="words within GOPs"),
        pytest.param(ONE, 15, [], 3, 1.0, id="a draft without words"),
        pytest.param(CUT, 30, [(1.7, 2.4)], 1.5, 0.6, id="a cut on the border of GOPs"),
        pytest.param([(0, 1.3, "cut"), (1.3, 2.7, "cut")], 30, [], 1.4, 0.9, id="a cut within a GOP"),
        pytest.param([(0, 1.5, FADE), (1.5, 3, "cut")], 15, [(0, 0.4)], 1.5, 0.4, id="a held picture"),
        pytest.param(
            [(0, 31 / 30, "cut"), (31 / 30, 61 / 30, "cut")], 30, [(0, 1)], 1.1, 0.4, id="a picture more than GOPs"
        ),
        pytest.param(ONE, 15, [(2.6, 3)], 3 - 1 / 15, 0.7, id="a clip short of one picture"),
        *(
            pytest.param([(0, 2, {"type": kind, "duration": 0.4}), (1.6, 3.6, "cut")], 15, [(2.5, 3)], 2, 0.4, id=kind)
            for kind in ("fade", "slide", "wipe", "zoom")
        ),
    ],
)
def test_a_stitched_ad_is_the_ad(
    tmp_path: Path, scenes: Any, fps: int, words: Any, seconds: float, least: float
) -> None:
    """Much of it is copied, and still all frames are there, in their order, each as if it had been encoded anew. No IDR
    picture follows another one: both would need numbers of their own."""
    clips = [clip(tmp_path / f"{n}.mp4", seconds, fps, tint=n) for n in range(len(scenes))]
    request = asked(*scenes, fps=fps, words=words)
    stitched, full = both(request, clips, tmp_path)
    frames, expected = planes(stitched), planes(full)
    assert len(frames) == round(scenes[-1][1] * fps) and copied(stitched, clips) >= least * len(frames)
    assert copied(full, clips) == 0
    apart = np.abs(frames - expected)
    assert apart.mean((1, 2)).max() < 1.5 and apart.max() < 80
    assert np.abs(fields(frames) - fields(expected)).max() < 20
    pts, dts = zip(*times(stitched), strict=True)
    assert sorted(pts) == list(range(len(frames))) and list(dts) == list(range(-2, len(frames) - 2))
    assert not any(one and next_one for one, next_one in pairwise(starts(stitched)))


def both(request: ComposeRequest, clips: list[Path], folder: Path) -> tuple[Path, Path]:
    """The ad stitched, and encoded anew."""
    for name in ("stitched", "full"):
        (folder / name).mkdir()
    stitched = compose(request, clips, None, folder / "stitched")
    return stitched.video, compose(request, clips, None, folder / "full", copying=False).video


def test_every_frame_shows_the_picture_of_its_moment(tmp_path: Path) -> None:
    """Counted by hand, not against ourselves: a cut within a GOP, words from and to within GOPs, a scene that begins
    late in its GOP."""
    clips = [clip(tmp_path / f"{n}.mp4", 2, 30, tint=n) for n in range(2)]
    request = asked((0, 1.3, "cut"), (1.3, 3.3, "cut"), fps=30, words=[(0.2, 0.6), (1.8, 2.4)])
    ad = compose(request, clips, None, tmp_path)
    assert numbers(planes(ad.video)) == [*range(39), *range(60)] and copied(ad.video, clips) > 40


def test_a_clip_that_does_not_start_at_0_is_copied_from_its_first_picture(tmp_path: Path) -> None:
    """One that another program has packed in fragments: its first picture has the time 2 / fps."""
    own = clip(tmp_path / "own.mp4", 2, 30)
    packed = tmp_path / "packed.mp4"
    ffmpeg("-i", str(own), "-c", "copy", "-movflags", "frag_keyframe+empty_moov", str(packed))
    assert av.open(str(packed)).streams.video[0].start_time
    ad = compose(asked((0, 2, "cut"), fps=30, words=[]), [packed], None, tmp_path)
    assert numbers(planes(ad.video)) == [*range(60)] and copied(ad.video, [own]) == 60


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda path: foreign(path, 2, 15), id="another codec, rate and size"),
        pytest.param(lambda path: clip(path, 2, 15, Quality("ultrafast", 20)), id="other headers"),
        pytest.param(lambda path: clip(path, 2, 15, size=(2 * WIDTH, 2 * HEIGHT)), id="another size"),
        pytest.param(lambda path: clip(path, 2, 30), id="another rate"),
    ],
)
def test_a_foreign_clip_is_encoded_anew_among_copied_ones(tmp_path: Path, other: Any) -> None:
    """What was encoded otherwise is drawn, the clips before and after it are copied, and the frames are the same."""
    own = [clip(tmp_path / f"own_{n}.mp4", 2, 15, tint=n) for n in range(2)]
    clips = [own[0], other(tmp_path / "other.mp4"), own[1]]
    stitched, full = both(asked((0, 2, "cut"), (2, 4, "cut"), (4, 6, "cut"), fps=15, words=[]), clips, tmp_path)
    frames, expected = planes(stitched), planes(full)
    assert len(frames) == 90 and np.abs(frames - expected).mean((1, 2)).max() < 1.5
    assert copied(stitched, own) == 60 and copied(stitched, clips[1:2]) == 0
    assert numbers(frames[:30]) == numbers(frames[60:]) == list(range(30))


def test_sound_stays_in_step(tmp_path: Path) -> None:
    """The sound of a stitched ad is that of the ad encoded anew, sample by sample, and as long as its pictures."""
    request = asked(*TWO, fps=15, words=[(2.5, 3)], audio={"music": {"mood": "tech"}})
    stitched, full = both(request, [clip(tmp_path / f"{n}.mp4", 2, 15) for n in range(2)], tmp_path)
    assert np.array_equal(heard(stitched), heard(full)) and abs(len(heard(stitched)) - 3.6 * 48_000) <= 1024


def test_stitched_ads_are_equal_to_the_byte(tmp_path: Path) -> None:
    """Whichever thread ends first: five ads of many parts are one."""
    clips = [clip(tmp_path / f"{n}.mp4", 2, 15, tint=n) for n in range(2)]
    request, made = asked(*TWO, fps=15, words=[(0.3, 1.2), (2.5, 3.6)]), set()
    for _ in range(5):
        made.add(hashlib.sha256(compose(request, clips, None, tmp_path).video.read_bytes()).hexdigest())
    assert len(made) == 1


def test_an_ad_that_nobody_wants_any_more_ends(tmp_path: Path) -> None:
    """What `progress` raises in the midst of the pictures comes out, and the parts that wait are not begun."""
    heard_of: list[float] = []

    def unwanted(share: float) -> None:
        heard_of.append(share)
        if len(heard_of) > 5:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        compose(
            asked((0, 4, "cut"), fps=15, words=[(0, 4)]), [clip(tmp_path / "a.mp4", 4, 15)], None, tmp_path, unwanted
        )
    assert len(heard_of) < 10
