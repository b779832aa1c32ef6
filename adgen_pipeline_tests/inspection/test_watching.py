"""Files doctored by an independent ffmpeg, each with one fault, and what the rules say of them."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import pytest

from adgen_pipeline.inspection import judging
from adgen_pipeline.inspection.colour import lab
from adgen_pipeline.inspection.findings import Finding
from adgen_pipeline.inspection.sound import listen
from adgen_pipeline.inspection.stills import still
from adgen_pipeline.inspection.stretches import Stretch
from adgen_pipeline.inspection.watching import Watched, watch

SIZE, SECONDS, FPS = (144, 256), 6, 30
MOVING = f"testsrc2=s={SIZE[0]}x{SIZE[1]}:r={FPS}:d={SECONDS}"
TONE = f"sine=f=440:r=48000:d={SECONDS},loudnorm=I=-14:TP=-2,aresample=48000"

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Writes an ad; `filters` change the picture, `tone` the sound (None: no sound), `options` the encoding."""
    folder = tmp_path_factory.mktemp("ads")

    def write(
        name: str,
        filters: str = "null",
        tone: str | None = TONE,
        picture: str = MOVING,
        options: tuple[str, ...] = (),
    ) -> Path:
        sound = ["-f", "lavfi", "-i", tone] if tone else []
        how = ["-vf", filters, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        path = folder / f"{name}.mp4"
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", picture, *sound, *how]
        subprocess.run([*command, *options, "-movflags", "+faststart", str(path)], check=True)
        return path

    return write


def verdicts(watched: Watched) -> dict[str, Finding]:
    """What the rules about the file itself say of an ad ordered as above, with sound."""
    found = (
        judging.decodes(watched),
        judging.duration(watched, SECONDS),
        judging.size(watched, SIZE),
        judging.frame_rate(watched, FPS),
        judging.loudness(watched.sound, wanted=True),
        judging.black_stretches(watched),
        judging.frozen_stretches(watched),
    )
    return {finding.name: finding for finding in found}


def test_a_sound_ad_passes_every_rule(make: Make) -> None:
    """Measured as it was made: 180 frames, 6 s, 30 a second, -14 LUFS; nothing black, nothing frozen."""
    watched = watch(make("good"))
    assert {finding.verdict for finding in verdicts(watched).values()} == {"passed"}
    assert (watched.frames, watched.seconds, watched.fps, watched.size) == (180, 6.0, 30.0, SIZE)
    assert watched.sound and abs(watched.sound.loudness + 14) <= 1 and watched.sound == listen(make("good"))


FAULTS = [
    ("black", {"filters": "drawbox=t=fill:c=black:enable='between(t,2,3.6)'"}, {"black_stretches": "warned"}),
    ("all-black", {"picture": MOVING.replace("testsrc2=", "color=c=black:")}, {"black_stretches": "failed"}),
    ("frozen", {"filters": "loop=loop=75:size=1:start=60,trim=end=6"}, {"frozen_stretches": "warned"}),
    ("silent", {"tone": f"anullsrc=r=48000:d={SECONDS}"}, {"loudness": "failed"}),
    ("no-sound", {"tone": None}, {"loudness": "failed"}),
    ("quiet", {"tone": f"{TONE},volume=-8dB"}, {"loudness": "warned"}),
    ("long", {"filters": "tpad=stop_mode=add:color=red:stop_duration=0.3"}, {"duration": "warned"}),
    ("short", {"filters": "trim=end=5"}, {"duration": "failed"}),
    ("small", {"filters": "scale=72:128"}, {"size": "warned"}),
    ("wide", {"filters": "scale=256:144,setsar=1"}, {"size": "failed"}),
    ("slower", {"filters": "fps=25"}, {"frame_rate": "warned"}),
    ("slide-show", {"filters": "fps=10"}, {"frame_rate": "failed"}),
    (
        "uneven",
        {"filters": "select='not(between(n,60,64))'", "options": ("-fps_mode", "vfr")},
        {"frame_rate": "warned"},
    ),
]


@pytest.mark.parametrize(("name", "how", "expected"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_found_and_nothing_else(
    make: Make, name: str, how: dict[str, Any], expected: dict[str, str]
) -> None:
    """Each doctored file is told by the rule that is about it, with the severity that it deserves, and by no other."""
    found = verdicts(watch(make(name, **how)))
    assert {name: f.verdict for name, f in found.items() if f.verdict != "passed"} == expected, found


def test_it_is_told_when_it_is_black_and_when_it_stands_still(make: Make) -> None:
    """To the frame where it is black; a still picture is one once the encoder has finished it."""
    black = watch(make("black", "drawbox=t=fill:c=black:enable='between(t,2,3.6)'"))
    assert [(round(s.start, 1), round(s.end, 1)) for s in black.black] == [(2.0, 3.6)]
    frozen = watch(make("frozen", "loop=loop=75:size=1:start=60,trim=end=6"))
    (stretch,) = frozen.frozen
    assert 2.0 <= stretch.start < 2.4 and stretch.end == pytest.approx(4.5, abs=0.05)
    assert f"{stretch.start:.1f} to 4.5 s" in judging.frozen_stretches(frozen).told


def test_an_end_card_may_stand_still() -> None:
    """The last 3 s of a picture that stands are no fault; the same in the middle, and 5 s at the end, are."""
    ad = Watched(SIZE, 900, 900, (), 30.0, (1 / 30, 1 / 30))
    for stretch, verdict in ((Stretch(27, 30), "passed"), (Stretch(12, 15), "warned"), (Stretch(25, 30), "warned")):
        still_there = Watched(SIZE, 900, 900, (), 30.0, ad.gaps, frozen=(stretch,))
        assert judging.frozen_stretches(still_there).verdict == verdict


def test_a_file_that_was_cut_off_or_damaged_is_found_out(make: Make, tmp_path: Path) -> None:
    """Its index, in front, promises more than is there; bytes overwritten in the middle are noticed, too."""
    whole = make("good").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) * 2 // 3])
    cut = watch(tmp_path / "cut.mp4")
    assert 0 < cut.frames < cut.promised == 180 and judging.decodes(cut).verdict == "failed"
    assert "of 180 frames are missing" in judging.decodes(cut).told
    middle = len(whole) // 2
    noise = np.random.default_rng(1).integers(0, 256, 4000, np.uint8).tobytes()
    (tmp_path / "noisy.mp4").write_bytes(whole[:middle] + noise + whole[middle + 4000 :])
    assert judging.decodes(watch(tmp_path / "noisy.mp4")).verdict == "failed"
    (tmp_path / "page.mp4").write_text("<html>")
    with pytest.raises((av.FFmpegError, OSError)):
        watch(tmp_path / "page.mp4")
    assert still(tmp_path / "page.mp4") is None and listen(tmp_path / "page.mp4") is None


def test_the_brands_colour_is_found_where_it_is_seen(make: Make) -> None:
    """A small gold button for two seconds is enough; another brand's colour is not there."""
    ad = make(
        "gold",
        "drawbox=x=20:y=180:w=100:h=20:t=fill:c=0xD4AF37:enable='gt(t,4)'",
        TONE,
        "color=c=navy:s=144x256:r=30:d=6",
    )
    gold, green = (judging.brand_colour(watch(ad, colour), colour) for colour in ("#D4AF37", "#00A651"))
    assert (gold.verdict, green.verdict) == ("passed", "warned")
    assert gold.figures["largest_share_percent"] == pytest.approx(100 * 100 * 20 / (144 * 256), rel=0.15)


def test_colours_are_measured_as_the_cie_says() -> None:
    """White, sRGB red and sRGB blue in L*a*b* (D65), as colour science tables have them."""
    known = {(255, 255, 255): (100, 0, 0), (255, 0, 0): (53.24, 80.09, 67.20), (0, 0, 255): (32.30, 79.19, -107.86)}
    for rgb, expected in known.items():
        assert lab(np.array(rgb, np.uint8)) == pytest.approx(expected, abs=0.2)


def test_a_still_is_taken_from_the_middle(make: Make) -> None:
    """A clip that is red first and blue in its second half is shown by a blue picture."""
    path = make("halves", "drawbox=t=fill:c=blue:enable='gte(t,2.5)'", None, "color=c=red:s=144x256:r=30:d=6")
    picture = still(path)
    assert picture and picture.size == SIZE
    red, _, blue = picture.getpixel((70, 120))  # type: ignore[misc]
    assert blue > 200 and red < 60
