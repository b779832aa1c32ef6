"""The whole of composition: clips, words and sound become the finished ad."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from adgen_pipeline.contracts.ad import ComposeRequest, TextBox
from adgen_pipeline.contracts.brief import FPS
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.accent import accent
from adgen_pipeline.studio.composition.blocks import block
from adgen_pipeline.studio.composition.captions import cues, webvtt
from adgen_pipeline.studio.composition.film import Film, write
from adgen_pipeline.studio.composition.footage import check_lengths
from adgen_pipeline.studio.composition.layout import Placed, place
from adgen_pipeline.studio.composition.logo import open_logo
from adgen_pipeline.studio.composition.pieces import Block, Room
from adgen_pipeline.studio.composition.script import Title, family_of, leaving_with_scenes, script
from adgen_pipeline.studio.composition.soundtrack import soundtrack
from adgen_pipeline.studio.composition.stitching import runs
from adgen_pipeline.studio.composition.timeline import Timeline, timeline
from adgen_pipeline.studio.composition.titles import Sample, Titles
from adgen_pipeline.studio.composition.voice import spoken
from adgen_pipeline.studio.decoding import sample_frames
from adgen_pipeline.studio.frame import frame_size
from adgen_pipeline.studio.gops import copyable
from adgen_pipeline.studio.memory import give_back

MODEL = "adgen-studio-composition/1"

_SAMPLE_EVERY = 0.3  # seconds
_SAMPLE_SHRINK = 8
_LOGO = 0.30, 0.14  # most width and height, as shares of the frame's short side


@dataclass(frozen=True)
class Composed:
    """The finished ad: its files, seconds, width and height in pixels, and where its words stand. `captions` (WebVTT)
    if anything is said."""

    video: Path
    thumbnail: Path
    duration: float
    size: tuple[int, int]
    text_boxes: tuple[TextBox, ...] = ()
    captions: Path | None = None


def compose(
    request: ComposeRequest,
    clips: list[Path],
    logo: Path | None,
    folder: Path,
    progress: Callable[[float], None] | None = None,
    *,
    copying: bool = True,
) -> Composed:
    """Put the ad together: `ad.mp4`, `thumbnail.jpg` and, where words are spoken, `captions.vtt` in `folder`.

    `clips` are the scenes' files in order. What of them is seen as it is gets copied; without `copying`, every picture
    is drawn and encoded anew. `progress` hears shares from 0 to 1. The same request, clips and logo give the same ad.
    Raises RenderError naming the scene, overlay or file at fault.
    """
    size = frame_size(request.aspect_ratio, request.resolution)
    if len(clips) != len(request.scenes):
        raise RenderError(f"{len(request.scenes)} scenes need as many clips; there are {len(clips)}")
    plan = timeline(request, request.fps or FPS)
    check_lengths(plan, clips)
    with ThreadPoolExecutor(1, "samples") as beside:
        sampling = beside.submit(lambda: list(_samples(plan, clips, size)))
        segments = spoken(request.audio.voiceover, plan.seconds, plan.changes)
    give_back()
    shown = cues(segments)
    lines = leaving_with_scenes(script(request, plan.seconds, logo=logo is not None, cues=shown), plan)
    titles, placed = _titles(request, plan, sampling.result(), logo, size, lines)
    boxes = tuple(item.text_box for item in placed)
    ad = Composed(folder / "ad.mp4", folder / "thumbnail.jpg", plan.seconds, size, boxes)
    cut = runs(plan, titles.spans, [copyable(clip, size, plan.fps) if copying else [] for clip in clips])
    write(
        Film(plan, clips, size, titles),
        cut,
        lambda: soundtrack(request.audio, segments, plan.seconds, request.seed or 0, plan.changes),
        ad.video,
        (_telling_frame(plan, placed), ad.thumbnail),
        progress or (lambda share: None),
    )
    return ad if not shown else _with_captions(ad, webvtt(shown))


def _titles(
    request: ComposeRequest,
    plan: Timeline,
    samples: list[Sample],
    logo: Path | None,
    size: tuple[int, int],
    lines: list[Title],
) -> tuple[Titles, list[Placed]]:
    """The titles placed, and coloured for what is behind them."""
    unit = min(size)
    picture: Any = open_logo(logo, unit * _LOGO[0], unit * _LOGO[1]) if logo else None

    def set_block(title: Title, room: Room) -> Block:
        return block(title, room, picture)

    placed = place(lines, request.aspect_ratio, size, family_of(request), set_block)
    brand = request.brand_guidelines
    tone = accent((brand.primary_color, brand.secondary_color), [frame for _, frame in samples])
    return Titles(placed, samples, tone, size, plan.seconds), placed


def _samples(plan: Timeline, clips: list[Path], size: tuple[int, int]) -> Iterator[Sample]:
    """Small pictures of the ad, about three a second; during a transition, of the scene that prevails."""
    small = max(2, size[0] // _SAMPLE_SHRINK), max(2, size[1] // _SAMPLE_SHRINK)
    for slot, clip in zip(plan.slots, clips, strict=True):
        for seconds, frame in sample_frames(clip, small, _SAMPLE_EVERY):
            number = slot.first + round(seconds * plan.fps)
            if number < plan.frames and plan.prevailing(number) is slot:
                yield number / plan.fps, frame


def _telling_frame(plan: Timeline, placed: list[Placed]) -> int:
    """The frame for the poster: the second scene (the product, after the hook), its words fully there."""
    slot = plan.slots[min(1, len(plan.slots) - 1)]
    middle = (slot.first + slot.stop) / 2 / plan.fps
    words = [p.title for p in placed if p.title.kind != "subtitle" and p.title.start <= middle < p.title.end]
    settled = max((title.start + 0.7 * (title.end - title.start) for title in words), default=middle)
    latest = min([title.end - 0.5 for title in words], default=middle)
    wanted = max(middle, min(settled, latest))
    return max(slot.first, min(slot.stop - 1, round(wanted * plan.fps)))


def _with_captions(ad: Composed, text: str) -> Composed:
    path = ad.video.with_name("captions.vtt")
    path.write_text(text, encoding="utf-8")
    return replace(ad, captions=path)
