"""How words stand in the pictures, measured: `python -m adgen_pipeline_tests.layout_report`.

Every motif x family x ratio x shot x short or long words is drawn, on light and dark grounds in turn. Its words are
placed and coloured by composition's own code, and then measured: boxes that overlap, that leave the safe area or stand
under a platform's buttons, that cover the face of a product; and the contrast (WCAG) of letters against the pixels
behind them, taken from the frame with and without its letters.
"""

import argparse
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import combinations, islice, product
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.contracts.brief import SIZES, AspectRatio
from adgen_pipeline.studio.composition.accent import accent
from adgen_pipeline.studio.composition.blocks import block
from adgen_pipeline.studio.composition.captions import Cue
from adgen_pipeline.studio.composition.layout import Placed, place
from adgen_pipeline.studio.composition.legibility import Ink, relative_luminance
from adgen_pipeline.studio.composition.motions import Picture
from adgen_pipeline.studio.composition.script import family_of, script
from adgen_pipeline.studio.composition.titles import Titles
from adgen_pipeline.studio.drawing.calm import calm_mask
from adgen_pipeline.studio.drawing.layout import CLOSE, default_words, face_of
from adgen_pipeline.studio.drawing.layout import place as place_product
from adgen_pipeline.studio.drawing.motifs import MOTIFS, STANDING
from adgen_pipeline.studio.drawing.paint import SMOOTH, rgba, surface
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.picture import as_image, as_pixels
from adgen_pipeline.studio.drawing.recipe import MotifName, Recipe, Shot, Style
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.families import FAMILIES, Family
from adgen_pipeline.studio.frame import Box, buttons, safe_area, words_zone

_SECONDS, _MOMENT = 5.0, 2.868
"""Length of a measured scene, and when it is looked at: all words have arrived, a button is between two breaths."""

_SHRINK, _SCENE_SHRINK, _SAMPLE_SHRINK = 2, 2, 8
"""Frames are measured at half the ad's size, their scenes drawn at half of that, and sampled as composition does."""

_SEEN = 0.35
"""Share of a product that must be left under the words' veil to count as its face, in shots that fill the picture."""

_STENCIL = Ink(words=WHITE, accent=WHITE, fill=BLACK, on_fill=WHITE, ground=BLACK, on_words=WHITE, scrim=0.0)
"""Letters in white, all they stand on or throw in black."""

_PALETTES: dict[Family, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "minimal": (("#C9A227", "#0E0B08"), ("#B08D3C", "#F7F3EA")),
    "playful": (("#FFB020", "#1B1030", "#7FD8FF"), ("#FF6B6B", "#FFF3D6", "#4ECDC4")),
    "tech": (("#22D3EE", "#0B1220"), ("#2563EB", "#F4F7FB")),
    "organic": (("#8FB573", "#1E2A1B"), ("#6B8E4E", "#F5F0E4")),
    "sport": (("#FF3B1F", "#0A0A0C"), ("#E11D2E", "#FFFFFF")),
    "retro": (("#E8A13A", "#3A1F2B", "#4FB3A5"), ("#D9622B", "#F6E7C8", "#2E8B8B")),
}
"""Of each family: for a dark ground and for a light one."""

Words = dict[str, str]
SHORT: Words = {
    "eyebrow": "New", "headline": "Go.", "caption": "Every day.", "offer": "-20%", "brand": "Ox",
    "call_to_action": "Buy", "legal": "T&Cs apply.", "spoken": "Go now.",
}  # fmt: skip
USUAL: Words = {
    "eyebrow": "The new icon", "headline": "Crafted for every second.", "caption": "Made to be worn, not kept.",
    "offer": "20% off until Sunday", "brand": "Aurum", "call_to_action": "Discover now",
    "legal": "Terms apply. See aurum.example.", "spoken": "Made to be worn, every single day.",
}  # fmt: skip
LONG: Words = {
    "eyebrow": "Für Menschen, die weiterdenken wollen",
    "headline": "Donaudampfschifffahrtsgesellschaft fährt weiter als erwartet",
    "caption": "Whatever the weather brings, wherever you are going, however long it takes: it comes with you.",
    "offer": "Save 35 % on everything in the autumn collection until midnight on Sunday, 30 November now",
    "brand": "Hofstetter & Lindenbaum Manufaktur",
    "call_to_action": "Jetzt unverbindlich Beratungstermin vereinbaren",
    "legal": "Offer valid for new customers only and while stocks last. Not to be combined with other offers.",
    "spoken": "Whatever the weather brings, wherever you are going: it comes with",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One picture with its words. `words` is a key of WORDS."""

    motif: MotifName
    family: Family
    ratio: AspectRatio
    shot: Shot
    light: bool
    words: str

    @property
    def name(self) -> str:
        """For tables: motif/family/ratio/shot/ground/words."""
        ground = "light" if self.light else "dark"
        return f"{self.motif}/{self.family}/{self.ratio}/{self.shot}/{ground}/{self.words}"


WORDS = {"short": SHORT, "usual": USUAL, "long": LONG}


@dataclass(frozen=True)
class Measured:
    """What was found in one case: its titles, those at fault, and each title's contrasts (least, first percentile)."""

    case: Case
    titles: int
    overlaps: tuple[str, ...]
    cut_offs: tuple[str, ...]
    over_faces: tuple[str, ...]
    contrasts: tuple[tuple[str, float, float], ...]


class Drawn:
    """A case drawn: its words placed at `size`, the frame with and without its letters (BGRA)."""

    def __init__(self, case: Case, size: tuple[int, int] | None = None):
        self.case, self.size = case, size or _half(case.ratio)
        request = _request(case)
        cues = [Cue(WORDS[case.words]["spoken"], 0.0, _SECONDS)]
        lines = script(request, _SECONDS, logo=case.shot == "end", cues=cues)
        logo = as_image(np.full((round(0.06 * min(self.size)), round(0.2 * min(self.size)), 3), 128, np.uint8))
        self.placed = place(
            lines, case.ratio, self.size, family_of(request), lambda title, room: block(title, room, logo)
        )
        picture = _picture(case, (self.size[0] // _SCENE_SHRINK, self.size[1] // _SCENE_SHRINK))
        self.without, self.with_letters = (_enlarged(picture, self.size) for _ in range(2))
        small = self.size[0] * _SHRINK // _SAMPLE_SHRINK, self.size[1] * _SHRINK // _SAMPLE_SHRINK
        samples = [(_MOMENT, _enlarged(picture, small))]
        tone = accent(tuple(_colours(case)[:2]), [samples[0][1]])
        titles = Titles(self.placed, samples, tone, self.size, _SECONDS)
        titles.draw(self.without, _MOMENT, letters=False)
        titles.draw(self.with_letters, _MOMENT)

    @property
    def image(self) -> Image.Image:
        """The finished frame, to be looked at."""
        return Image.fromarray(np.ascontiguousarray(self.with_letters[..., 2::-1]))

    def move_words(self, to: tuple[float, float]) -> None:
        """Put all titles at one corner, in pixels: a fault to be found."""
        self.placed = [replace(item, left=to[0], top=to[1]) for item in self.placed]

    def measured(self) -> Measured:
        """All faults and contrasts."""
        items = self.placed
        pairs = [f"{a.title.text[:20]} / {b.title.text[:20]}" for a, b in combinations(items, 2) if a.collides(b)]
        words = [item for item in items if item.title.kind != "logo"]
        return Measured(
            self.case,
            len(items),
            tuple(pairs),
            tuple(item.title.text[:24] for item in items if self._is_cut_off(item)),
            tuple(item.title.text[:24] for item in items if self._is_over_face(item)),
            tuple((item.title.kind, *self._contrast(item)) for item in words),
        )

    def _is_cut_off(self, item: Placed) -> bool:
        left, top, right, bottom = safe_area(self.case.ratio).pixels(*self.size)
        covered, box = buttons(self.case.ratio), _box(item)
        outside = box.left < left - 1 or box.top < top - 1 or box.right > right + 1 or box.bottom > bottom + 1
        return outside or (covered is not None and _meet(box, Box(*covered.pixels(*self.size))) is not None)

    def _is_over_face(self, item: Placed) -> bool:
        case, motif = self.case, MOTIFS[self.case.motif]()
        upright = case.motif in STANDING
        words = default_words(case.ratio, case.shot)
        at = place_product(motif, case.shot, words, case.ratio, self.size, upright=upright, light=case.light)
        both = _meet(_box(item), at.box(face_of(motif)))
        if both is None or case.shot not in CLOSE:
            return both is not None
        veil = calm_mask(words, words_zone(words, case.ratio), (self.size[0] // 8, self.size[1] // 8), 0.36)
        left, top, right, bottom = (round(edge / 8) for edge in both)
        return bool((1 - veil[top:bottom, left:right]).max(initial=0) > _SEEN)

    def _contrast(self, item: Placed) -> tuple[float, float]:
        """The least and the first percentile over the pixels that the title's letters cover."""
        stencil = surface(*self.size)
        stencil.getCanvas().clear(rgba(BLACK))
        for piece in item.block.pieces:
            if piece.letters:
                canvas = stencil.getCanvas()
                canvas.save()
                canvas.translate(round(item.left + piece.left), round(item.top + piece.top))
                Picture(piece, _STENCIL).stamp(canvas)
                canvas.restore()
        level = as_pixels(stencil.makeImageSnapshot())[..., 1]
        rows, columns = np.nonzero(level >= min(250, int(level.max())))
        letters, behind = (_luminance(f[rows, columns]) for f in (self.with_letters, self.without))
        ratios = (np.maximum(letters, behind) + 0.05) / (np.minimum(letters, behind) + 0.05)
        return float(ratios.min()), float(np.percentile(ratios, 1))


def cases() -> Iterator[Case]:
    """All combinations of motif, family, ratio, shot and words; light and dark grounds take turns."""
    shots: tuple[Shot, ...] = get_args(Shot)
    for (m, motif), family, ratio, (s, shot), words in product(
        enumerate(MOTIFS), FAMILIES, SIZES, enumerate(shots), ("short", "long")
    ):
        yield Case(motif, family, ratio, shot, (m + s + (words == "long")) % 2 == 1, words)


def _half(ratio: AspectRatio) -> tuple[int, int]:
    width, height = SIZES[ratio]
    return width // _SHRINK, height // _SHRINK


def _colours(case: Case) -> tuple[str, ...]:
    return _PALETTES[case.family][case.light]


def _request(case: Case) -> ComposeRequest:
    words, at = WORDS[case.words], default_words(case.ratio, case.shot)

    def overlay(name: str, role: str, style: str = "") -> dict[str, Any]:
        timing = {"start_time": 0, "duration": _SECONDS, "position": at}
        return {"text": words[name], "role": role, "style": f"{case.family} {style}".strip(), **timing}

    shown = {
        "macro": [overlay("eyebrow", "caption"), overlay("headline", "headline")],
        "hero": [overlay("headline", "headline"), overlay("caption", "caption")],
        "detail": [overlay("headline", "headline"), overlay("offer", "offer")],
        "wide": [overlay("headline", "headline"), {**overlay("legal", "legal"), "position": "bottom"}],
        "end": [overlay("brand", "headline", "brand"), overlay("caption", "caption"),
                overlay("call_to_action", "call_to_action")],
    }  # fmt: skip
    scene = {"video_url": "x", "start_time": 0, "end_time": _SECONDS}
    captions = "burned" if case.shot in ("hero", "detail") else "off"
    return ComposeRequest.model_validate(
        {"scenes": [scene], "text_overlays": shown[case.shot], "captions": captions, "aspect_ratio": case.ratio}
    )


def _picture(case: Case, size: tuple[int, int]) -> Any:
    style = Style(family=case.family, light=case.light)
    recipe = Recipe(
        motif=case.motif, palette=_colours(case), style=style, ratio=case.ratio, shot=case.shot,
        words=default_words(case.ratio, case.shot), seed=7,
    )  # fmt: skip
    made = surface(*size)
    Scene(recipe, size).draw(made.getCanvas(), 0.0, View())
    return made.makeImageSnapshot()


def _enlarged(picture: Any, size: tuple[int, int]) -> NDArray[np.uint8]:
    made = surface(*size)
    canvas = made.getCanvas()
    canvas.scale(size[0] / picture.width(), size[1] / picture.height())
    canvas.drawImage(picture, 0, 0, SMOOTH)
    return np.ascontiguousarray(as_pixels(made.makeImageSnapshot()))


def _box(item: Placed) -> Box:
    """Around the pieces, which may be more than the block says."""
    edges = item.text_box
    return Box(edges.left, edges.top, edges.right, edges.bottom)


def _meet(one: Box, other: Box) -> Box | None:
    both = Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )
    return both if both.width > 1 and both.height > 1 else None


def _luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return relative_luminance(pixels[..., 2::-1] / 255.0)


def measure(case: Case) -> Measured:
    """One case, drawn and measured."""
    return Drawn(case).measured()


def summary(found: list[Measured]) -> dict[str, Any]:
    """The report's figures, the worst cases named."""
    contrasts = sorted((least, first, m.case.name, kind) for m in found for kind, least, first in m.contrasts)
    firsts = [first for _, first, _, _ in contrasts]
    return {
        "cases": len(found),
        "titles": sum(m.titles for m in found),
        "overlaps": [f"{m.case.name}: {pair}" for m in found for pair in m.overlaps],
        "cut_offs": [f"{m.case.name}: {text}" for m in found for text in m.cut_offs],
        "over_faces": [f"{m.case.name}: {text}" for m in found for text in m.over_faces],
        "contrast_minimum": round(contrasts[0][0], 2),
        "contrast_least_first_percentile": round(min(firsts), 2),
        "contrast_first_percentile": round(float(np.percentile(firsts, 1)), 2),
        "below_4_5": sum(least < 4.5 for least, _, _, _ in contrasts),
        "worst": [f"{name} {kind}: {least:.2f} (1%: {first:.2f})" for least, first, name, kind in contrasts[:12]],
    }


def main(first: int, every: int, target: Path | None) -> None:
    """Measure every so many of the cases from `first` on, print the table, write the JSON."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(measure, islice(cases(), first, None, every), chunksize=10))
    figures = summary(found)
    for name, value in figures.items():
        print(
            f"{name:28}",
            len(value) if isinstance(value, list) and name != "worst" else "" if name == "worst" else value,
        )
        for line in value[:12] if isinstance(value, list) else []:
            print("   ", line)
    if target:
        target.write_text(json.dumps({**figures, "measured": [asdict(m) for m in found]}, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--first", type=int, default=0, help="the number of the first case to measure")
    parser.add_argument("--every", type=int, default=1, help="measure only every so many (7 meets all lists)")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _arguments()
    main(asked.first, asked.every, asked.json)
