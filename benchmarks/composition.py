"""Composition that copies what it need not encode, against the same ad with every picture encoded anew.

The clips of one ad are made once, by the studio's own parser and renderers. From them four ads are put together that
differ in how long words are on screen, each stitched and encoded anew in turn, several times. Both draw the same words,
make the same sound, and use the same two threads and the same settings of x264; what differs is what is copied. Each
composition is a process of its own, timed inside it without Python's start.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import av

from adgen_pipeline.cli.options import brief_from
from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.requests import clip_request, compose_request, image_request
from adgen_pipeline.storyboards import parse_request, storyboard_for
from adgen_pipeline.studio.composition.render import compose
from adgen_pipeline.studio.image_gen.render import render_keyframe
from adgen_pipeline.studio.memory import keep_no_pictures
from adgen_pipeline.studio.prompt_parser.planning import plan_ad
from adgen_pipeline.studio.video_gen.render import render_clip
from benchmarks.measure import Explained, environment, say, watched

SHORT_WORDS, END_CARD = 1.6, 2.5
"""Seconds for which words stand in the ad where they are brief."""

VARIANTS = {
    "as planned": "the ad as the parser plans it",
    "brief words": f"each line on screen for {SHORT_WORDS} s at most, the end card for {END_CARD} s",
    "no words": "without words or end card",
    "captions": "as planned, and the spoken words burned in",
}
TARGET = 0.45
"""Of the wall time, for ads whose words leave well before their scenes do: our own aim."""

WAYS = ("stitched", "anew")
REQUEST, SECONDS = "request.json", "seconds.txt"
_TELLING = 48  # bytes by which an encoded picture is known

EXPLAINED = Explained(
    "composition",
    __doc__ or "",
    VARIANTS,
    {
        "words": "share of the ad's time in which words are on screen, captions aside",
        "copied": "share of its pictures that are the clips' own, bit by bit",
        "stitched": "seconds of wall time, the median of all runs",
        "anew": "the same with every picture drawn and encoded",
        "ratio": "the median of what stitched took over anew, run by run",
        "CPU": "CPU seconds of stitched over those of anew, all threads of it",
        "memory": "peak of the composing process while it stitches (MB of 10^6 bytes)",
        "size": "bytes of the stitched file over those of the other",
        "others": "cores that other programs kept busy meanwhile; much above 0, the seconds are too long",
    },
)


@dataclass(frozen=True)
class Clips:
    """An ad's storyboard and its clips, in order."""

    storyboard: Storyboard
    paths: list[Path]

    def request(self, variant: str) -> ComposeRequest:
        """What composition is asked for."""
        plain = compose_request(self.storyboard, {scene.key: scene.key for scene in self.storyboard.scenes})
        if variant == "captions":
            return plain.model_copy(update={"captions": "burned"})
        if variant == "no words":
            return plain.model_copy(update={"text_overlays": [], "brand_guidelines": BrandGuidelines()})
        return _with_brief_words(plain) if variant == "brief words" else plain


def compare(brief: Path, folder: Path, changes: dict[str, Any], runs: int) -> dict[str, dict[str, Any]]:
    """Make the clips of `brief` in `folder`, compose every variant of its ad both ways, and print the table."""
    say("making the clips ...")
    clips = make_clips(brief, folder, changes)
    figures = {variant: _compared(clips, variant, folder, runs) for variant in VARIANTS}
    rows = [[variant, *(figures[variant][column] for column in EXPLAINED.columns)] for variant in VARIANTS]
    width, height = clips.storyboard.brief.size
    EXPLAINED.report(f"Composition of {clips.storyboard.brief.duration} s at {width}x{height}", rows)
    return figures


def make_clips(brief: Path, folder: Path, changes: dict[str, Any]) -> Clips:
    """The storyboard and the clips of `brief`, two of them made at once."""
    wanted = brief_from(str(brief), changes)
    parsed = plan_ad(parse_request(wanted))
    storyboard = storyboard_for("bench", wanted, parsed, Receipt.model_construct())
    paths = [folder / f"{scene.key}.mp4" for scene in storyboard.scenes]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(partial(_make_clip, storyboard), range(len(paths)), paths))
    return Clips(storyboard, paths)


def _make_clip(storyboard: Storyboard, number: int, path: Path) -> None:
    keyframe, scene = path.with_suffix(".jpg"), storyboard.scenes[number]
    render_keyframe(image_request(storyboard, scene, None), None, keyframe)
    render_clip(clip_request(storyboard, scene, "http://127.0.0.1/keyframe.jpg"), keyframe, path)


def _with_brief_words(request: ComposeRequest) -> ComposeRequest:
    """Each line for SHORT_WORDS at most, and what stands until the end for END_CARD."""
    end = request.scenes[-1].end_time
    shorter = []
    for overlay in request.text_overlays:
        stop = overlay.start_time + overlay.duration
        start = overlay.start_time if stop < end - 0.5 else max(overlay.start_time, end - END_CARD)
        lasts = min(overlay.duration, SHORT_WORDS) if stop < end - 0.5 else end - start
        shorter.append(overlay.model_copy(update={"start_time": start, "duration": lasts}))
    return request.model_copy(update={"text_overlays": shorter})


def _compared(clips: Clips, variant: str, folder: Path, runs: int) -> dict[str, Any]:
    """The figures of one variant, stitched and encoded anew in turn."""
    (folder / REQUEST).write_text(clips.request(variant).model_dump_json())
    say(f"{variant}: {runs} times stitched and anew ...")
    taken = [{way: _composed(folder, clips.paths, way) for way in WAYS} for _ in range(runs)]
    stitched, anew = ([one[way] for one in taken] for way in WAYS)
    sizes = [(folder / way / "ad.mp4").stat().st_size for way in WAYS]
    return {
        "words": _share_of_words(clips.request(variant)),
        "copied": _share_copied(folder / "stitched" / "ad.mp4", clips.paths),
        "stitched": round(median(one["wall"] for one in stitched), 2),
        "anew": round(median(one["wall"] for one in anew), 2),
        "ratio": round(median(a["wall"] / b["wall"] for a, b in zip(stitched, anew, strict=True)), 3),
        "CPU": round(median(a["cpu"] / b["cpu"] for a, b in zip(stitched, anew, strict=True)), 3),
        "memory": max(one["memory"] for one in stitched),
        "size": round(sizes[0] / sizes[1], 3),
        "others": round(median(one["others"] for one in (*stitched, *anew)), 2),
        "runs": taken,
    }


def _composed(folder: Path, clips: list[Path], way: str) -> dict[str, float]:
    """What one composition took, in a process of its own."""
    (folder / way).mkdir(exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.composition", str(folder), way, *map(str, clips)]
    usage, _ = watched(command, environment(folder / "home"))
    wall, cpu = map(float, (folder / way / SECONDS).read_text().split())
    return {"wall": wall, "cpu": cpu, "memory": usage.memory, "others": usage.others}


def _share_of_words(request: ComposeRequest) -> float:
    """Of the ad's time, by the request: captions are not in it."""
    end = request.scenes[-1].end_time
    ticks = [n * end / 1000 for n in range(1000)]
    spans = [(word.start_time, word.start_time + word.duration) for word in request.text_overlays]
    return round(sum(any(start <= tick < stop for start, stop in spans) for tick in ticks) / 1000, 2)


def _share_copied(ad: Path, clips: list[Path]) -> float:
    """Of the ad's pictures: those whose last bytes are a clip's picture's."""
    known = {packet[-_TELLING:] for clip in clips for packet in _packets(clip)}
    shown = _packets(ad)
    return round(sum(packet[-_TELLING:] in known for packet in shown) / len(shown), 2)


def _packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def _compose_here(folder: Path, way: str, clips: list[Path]) -> None:
    """In the process of its own: compose, and write the seconds of wall and CPU beside the ad."""
    keep_no_pictures()  # as the studio's workers
    request = ComposeRequest.model_validate_json((folder / REQUEST).read_bytes())
    began, spent = time.perf_counter(), time.process_time()
    compose(request, clips, None, folder / way, copying=way == "stitched")
    (folder / way / SECONDS).write_text(f"{time.perf_counter() - began} {time.process_time() - spent}")


if __name__ == "__main__":
    _compose_here(Path(sys.argv[1]), sys.argv[2], [Path(name) for name in sys.argv[3:]])
