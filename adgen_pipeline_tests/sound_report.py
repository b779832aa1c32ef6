"""What an ad's sound measures: `python -m adgen_pipeline_tests.sound_report FILES...`, or `--moods`.

FILES are compose requests (.json: the sound is made anew, so that music and voice can be told apart) or finished ads
(.mp4: loudness and true peak alone). `--moods` goes through all moods at several tempi and lengths, with and without
words. Prints a table; `--json` writes the same as JSON.

    LUFS, dBTP   integrated loudness and true peak (oversampled 4 times) of what the AAC decodes to
    cut ms       from each change of scene to the nearest attack that is heard in the music, the farthest
    cut off      segments of the voice that are cut off, overlap, or run past the end of the ad
    late         segments that outlast their scene
    words dB     music under words: how far words stand above it, K-weighted, in nine of ten moments of 0.4 s
    drift s      from each border of a caption to the speech's own border there, the farthest
"""

import argparse
import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, median_filter
from scipy.signal import stft

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.contracts.storyboard import Audio, Music, Voiceover, VoiceSegment
from adgen_pipeline.studio.aac import SAMPLE_RATE
from adgen_pipeline.studio.composition.captions import Cue, cues
from adgen_pipeline.studio.composition.loudness import loudness, true_peaks, weighted
from adgen_pipeline.studio.composition.mastering import mastered
from adgen_pipeline.studio.composition.music.moods import MOODS
from adgen_pipeline.studio.composition.soundtrack import stems
from adgen_pipeline.studio.composition.timeline import timeline
from adgen_pipeline.studio.composition.voice import Spoken, spoken

Sound = NDArray[np.float32]

_LINES = (
    "Look closer. There is no hurry.",
    "Made by hand, in a small workshop high above the lake, for people who like to take their time with things.",
    "It is yours from 49 dollars.",
    "Come and see it.",
)
_CASES = ((0, 15, True), (1, 30, False), (2, 45, True), (-1, 60, True))
_BEATS = {"calm": (11, 14), "elegant": (11, 13), "energetic": (6, 8), "cinematic": (9, 12)}
"""Tempi (900 / k) that suit a mood; others take (7, 10)."""


@dataclass(frozen=True)
class Row:
    """One ad's measures; None where there is nothing to measure."""

    name: str
    seconds: float
    lufs: float | None
    peak: float
    cut_ms: float | None = None
    cut_off: int | None = None
    late: int | None = None
    words_db: float | None = None
    drift: float | None = None


def measured(name: str, audio: Audio, seconds: float, changes: tuple[float, ...], seed: int = 0) -> Row:
    """The sound that composition makes for `audio`, measured part by part and as it is encoded."""
    segments = spoken(audio.voiceover, seconds, changes)
    music, voice = stems(audio, segments, seconds, seed, changes)
    heard = mastered(music + voice[:, None]).heard()
    return Row(
        name, seconds, loudness(heard), decibels(true_peaks(heard).max()),
        farthest_cut(music, changes) if audio.music and changes else None,
        *((cut_off(segments, voice), late(segments, changes)) if segments else (None, None)),
        words_over_music(segments, voice, music) if segments and audio.music else None,
        drift(cues(segments), voice) if segments else None,
    )  # fmt: skip


def decoded(path: Path) -> Sound:
    """The sound of a file as n x 2 samples."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T


def attacks(music: Sound) -> NDArray[np.float64]:
    """The seconds at which something in the music clearly begins: peaks of the rise of its K-weighted spectrum."""
    _, times, bins = stft(weighted(music.mean(1)), SAMPLE_RATE, nperseg=1920, noverlap=1920 - 240)
    height = np.sqrt(np.abs(bins))
    rise = np.pad((height[:, 3:] - height[:, :-3]).clip(0).sum(0), (3, 0))
    enough = 1.5 * median_filter(rise, 161) + 0.1 * np.percentile(rise, 99)
    return np.asarray(times[(rise == maximum_filter1d(rise, 17)) & (rise > enough)])


def farthest_cut(music: Sound, changes: tuple[float, ...]) -> float:
    """Milliseconds from the change that is farthest from any attack to that attack."""
    heard = attacks(music)
    return float(max(np.abs(heard - change).min() for change in changes) * 1000)


def cut_off(segments: list[Spoken], voice: Sound) -> int:
    """Segments that are not heard whole and alone."""
    overlapping = sum(a.end > b.start for a, b in pairwise(segments))
    return overlapping + sum(segment.end * SAMPLE_RATE > len(voice) for segment in segments)


def late(segments: list[Spoken], changes: tuple[float, ...]) -> int:
    """Segments that are still being spoken when the next scene is there."""
    return sum(any(s.start + 0.3 < change < s.end - 0.05 for change in changes) for s in segments)


def words_over_music(segments: list[Spoken], voice: Sound, music: Sound) -> float:
    """LU by which words stand above music in nine of ten moments of 0.4 s in which they are spoken."""
    power = [weighted(sound) ** 2 for sound in (np.stack([voice, voice], 1), music)]
    size, step = SAMPLE_RATE * 4 // 10, SAMPLE_RATE // 20
    over = []
    for segment in segments:
        first, stop = (int(edge * SAMPLE_RATE) for edge in (segment.start, segment.end))
        for at in range(first, max(first + 1, stop - size), step):
            words, under = (float(p[at : at + size].mean()) for p in power)
            over.append((words, 10 * np.log10((words + 1e-12) / (under + 1e-12))))
    loudest = max(words for words, _ in over)
    return float(np.percentile([lu for words, lu in over if words > loudest / 16], 10))


def drift(shown: list[Cue], voice: Sound) -> float:
    """Seconds from the border of a cue that is farthest from a border of speech; borders without a pause left out.

    Speech is what lies less than 38 dB under the voice's loudest moment; a border is where a pause of 50 ms begins or
    ends.
    """
    starts, ends = speech(voice)
    off = [np.abs(starts - cue.start).min() for cue in shown]
    off += [np.abs(ends - cue.end).min() for cue in shown]
    fluent = {n for n, (a, b) in enumerate(pairwise(shown)) if b.start - a.end < 0.05}
    left_out = {n + 1 for n in fluent} | {len(shown) + n for n in fluent}
    return float(max(d for n, d in enumerate(off) if n not in left_out))


def speech(voice: Sound) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """When passages of speech begin and end, in seconds."""
    hop = SAMPLE_RATE // 200
    power = np.convolve((voice[: len(voice) // hop * hop].reshape(-1, hop) ** 2).mean(1), np.ones(3) / 3, "same")
    loud = np.flatnonzero(power > power.max() * 10**-3.8)
    gaps = np.flatnonzero(np.diff(loud) > 10)
    return loud[np.r_[0, gaps + 1]] * hop / SAMPLE_RATE, (loud[np.r_[gaps, len(loud) - 1]] + 1) * hop / SAMPLE_RATE


def decibels(amplitude: float) -> float:
    """dB over 1."""
    return float(20 * np.log10(max(float(amplitude), 1e-9)))


def moods() -> list[Row]:
    """All moods, at two tempi and four lengths, with words and without, changes on the beat and beside it."""
    return [_mood_row(mood, *case) for mood in MOODS for case in _CASES]


def _mood_row(mood: str, number: int, seconds: int, words: bool) -> Row:
    frames = _BEATS.get(mood, (7, 10))[number % 2]
    beat = frames / 15
    shares = np.linspace(0, 1, 2 + max(2, seconds // 8))[1:-1]
    off_beat = 0.31 if number == 2 else 0.0
    changes = tuple(float(round(share * seconds / beat) + off_beat * (n % 2)) * beat for n, share in enumerate(shares))
    starts = [0.4, *(change + 0.4 for change in changes)]
    lines = _LINES[:: 2 if seconds < 20 else 1]
    said = [VoiceSegment(text=t, start_time=s) for t, s in zip(lines, starts, strict=False)] if words else []
    audio = Audio(music=Music(mood=mood, tempo=60 / beat, fade_in=0, fade_out=1.5), voiceover=Voiceover(segments=said))
    name = f"{mood} {60 / beat:.0f}{' off-beat' if off_beat else ''}{' +voice' if words else ''}"
    return measured(name, audio, seconds, changes, number + 7)


def of_file(path: Path) -> Row:
    """A finished ad, or the request for one."""
    if path.suffix == ".json":
        request = ComposeRequest.model_validate_json(path.read_bytes())
        plan = timeline(request, request.fps or 30)
        return measured(path.stem, request.audio, plan.seconds, plan.changes, request.seed or 0)
    heard = decoded(path)
    return Row(path.stem, len(heard) / SAMPLE_RATE, loudness(heard), decibels(true_peaks(heard).max()))


def table(rows: list[Row]) -> str:
    """The rows as text."""
    head = f"{'':32}{'s':>5}{'LUFS':>8}{'dBTP':>7}{'cut ms':>8}{'cut off':>9}{'late':>6}{'words dB':>10}{'drift s':>9}"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    cells = (
        (row.seconds, 5, 0), (row.lufs, 8, 2), (row.peak, 7, 2), (row.cut_ms, 8, 0), (row.cut_off, 9, 0),
        (row.late, 6, 0), (row.words_db, 10, 1), (row.drift, 9, 3),
    )  # fmt: skip
    return f"{row.name[:31]:32}" + "".join(
        f"{'-':>{w}}" if value is None else f"{value:>{w}.{d}f}" for value, w, d in cells
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--moods", action="store_true", help="all moods instead of files")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    asked = parser.parse_args()
    if not asked.files and not asked.moods:
        parser.error("name files, or say --moods")
    rows = [*(of_file(path) for path in asked.files), *(moods() if asked.moods else ())]
    print(table(rows))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
