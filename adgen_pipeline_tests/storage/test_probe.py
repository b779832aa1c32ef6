"""What is let in, and that the traps of `test_hostile` would work without the guard."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.claims import check_claims
from adgen_pipeline.storage.probe import probe
from adgen_pipeline_tests.lab import clip_bytes
from adgen_pipeline_tests.storage.traps import changed_video, elsewhere


def write_video(path: Path, sound: str | None = None, **options: str) -> None:
    """Half a second of grey, 64x64 at 30 frames a second."""
    with av.open(str(path), "w", format="mov", options=options) as container:
        pictures = container.add_stream("libx264", rate=30)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 64, "yuv420p"
        noise = container.add_stream(sound, rate=48_000) if sound else None
        for _ in range(15):
            container.mux(pictures.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), "rgb24")))
        if noise:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 24_000), np.int16), "s16", "mono")
            frame.sample_rate = 48_000
            container.mux(noise.encode(frame))
        container.mux(pictures.encode(None))


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "png"), ("WEBP", "webp"), ("JPEG", "jpeg"), ("MPO", "jpeg")])
def test_pictures(tmp_path: Path, kind: str, media_type: str) -> None:
    """PNG, WebP and JPEG, also the JPEG with a second picture behind it that phones take."""
    second = {"save_all": True, "append_images": [Image.new("RGB", (40, 30))]} if kind == "MPO" else {}
    Image.new("RGB", (40, 30), "teal").save(tmp_path / "file", kind, **second)
    assert probe(tmp_path / "file", "image", "it") == {"media_type": f"image/{media_type}", "width": 40, "height": 30}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param({}, id="plain"),
        pytest.param({"movflags": "faststart"}, id="header first"),
        pytest.param({"movflags": "frag_keyframe+empty_moov"}, id="fragments"),
        pytest.param({"sound": "pcm_s16le"}, id="sound as plain samples"),
    ],
)
def test_videos(tmp_path: Path, made: dict[str, str]) -> None:
    """The shapes in which services deliver; the claims' limit leaves room for uncompressed sound."""
    write_video(tmp_path / "file", **made)
    facts = probe(tmp_path / "file", "video", "it")
    assert (facts["width"], facts["height"], facts["fps"], facts["duration"]) == (64, 64, 30.0, 0.5)


def test_a_minute_of_plain_samples_is_no_absurd_claim(tmp_path: Path) -> None:
    """48,000 samples a second are entries of a table that nobody makes room for."""
    minute = changed_video(stsz=lambda body: body[:4] + (2).to_bytes(4) + (60 * 48_000).to_bytes(4))
    (tmp_path / "file").write_bytes(minute)
    check_claims(tmp_path / "file")


def test_a_video_that_names_another_file_does_not_open_it(tmp_path: Path) -> None:
    """The trap works where a demuxer is told to follow it, and ours is told not to."""
    (tmp_path / "secret.mp4").write_bytes(clip_bytes(1.0))
    trap = tmp_path / "trap.mp4"
    trap.write_bytes(changed_video(dref=lambda body: elsewhere("secret.mp4"), mdat=lambda body: bytes(len(body))))
    with av.open(str(trap), "r", format="mov", options={"enable_drefs": "1"}) as followed:
        assert next(followed.decode(video=0)).width == 36
    with pytest.raises(ArtifactError, match="is not an MP4 video that can be played"):
        probe(trap, "video", "it")
