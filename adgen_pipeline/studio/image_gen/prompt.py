"""What an image prompt asks for, as a recipe: product, colours, light, shot, and room for words.

The same phrases mean the same to any image service: the prompt is the interface.
"""

import hashlib
import json
import re
from typing import get_args

from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.contracts.storyboard import Position, VisualDirection
from adgen_pipeline.studio.drawing.layout import default_words
from adgen_pipeline.studio.drawing.motifs import motif_for
from adgen_pipeline.studio.drawing.palette import is_dark, is_light
from adgen_pipeline.studio.drawing.recipe import MotifName, Recipe, Shot, Style
from adgen_pipeline.studio.drawing.worlds import WORLDS
from adgen_pipeline.studio.families import FAMILIES, Family, family_in

_SHOTS: dict[str, Shot] = {
    "end card": "end",
    "end frame": "end",
    "packshot": "end",
    "close-up": "macro",
    "close up": "macro",
    "closeup": "macro",
    "macro": "macro",
    "detail": "detail",
    "wide": "wide",
    "establishing": "wide",
    "hero": "hero",
}
_SHOT = re.compile(r"\b(" + "|".join(_SHOTS) + r")\b", re.IGNORECASE)
_POSITIONS: dict[str, Position] = {name.lower(): name for name in get_args(Position)}
_ROOM = re.compile(r"clear space (?:at|on|in) (?:the )?([a-z]+)(?:[ -](left|right))?", re.IGNORECASE)
_SILENT = re.compile(r"\bfills the (?:whole )?frame\b", re.IGNORECASE)
"""What is said of a picture over which no words will stand."""
_FAMILY_NAME = re.compile(r"\b(?:" + "|".join(FAMILIES) + r") style\b")
"""What the parser puts first: it names the family, and says nothing about the light."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AIRY = _set("airy bright clean minimal minimalist minimalistic fresh high-key daylight pastel sunny white summer")
_DIM = _set("dark moody noir low-key night midnight dramatic shadowy black luxury cinematic neon")
_RAYS = {
    "rays": 0.4, "dramatic": 0.3, "luxury": 0.15, "golden": 0.25, "cinematic": 0.2, "backlit": 0.4, "epic": 0.3,
    "minimal": -0.4, "minimalist": -0.4, "clean": -0.3, "flat": -0.4, "soft": -0.1,
}  # fmt: skip
_GLOW = {"glow": 0.4, "glowing": 0.4, "warm": 0.25, "golden": 0.25, "neon": 0.4, "radiant": 0.4, "vibrant": 0.3,
         "noir": -0.3, "low-key": -0.3, "moody": -0.2, "minimal": -0.15}  # fmt: skip
_BOKEH = {"bokeh": 0.5, "dreamy": 0.4, "romantic": 0.3, "festive": 0.4, "soft": 0.1, "playful": 0.3, "vibrant": 0.2,
          "minimal": -0.4, "minimalist": -0.4, "clean": -0.3, "technical": -0.3, "flat": -0.5}  # fmt: skip


def recipe_for(request: ImageRequest, reference: Recipe | None) -> Recipe:
    """The recipe of `request`; where it says nothing about the look, `reference` decides."""
    asked, shot = request.visual_direction, shot_in(request.prompt)
    colours = tuple(colour for colour in asked.palette if _COLOUR.fullmatch(colour))[:8]
    if not colours and reference:
        colours = reference.palette
    return Recipe(
        motif=_motif(request, reference),
        palette=colours,
        brand=_brand(asked) or (reference.brand if reference else None),
        style=_style(request, colours, reference),
        ratio=request.aspect_ratio,
        shot=shot,
        words=words_in(request.prompt) or default_words(request.aspect_ratio, shot),
        silent=words_in(request.prompt) is None and _SILENT.search(request.prompt) is not None,
        seed=seed_for(request),
    )


def shot_in(prompt: str) -> Shot:
    """The kind of shot `prompt` names first; a hero shot if none."""
    found = _SHOT.search(prompt)
    return _SHOTS[found[1].lower()] if found else "hero"


def words_in(prompt: str) -> Position | None:
    """Where "clear space at the <position>" in `prompt` wants words to stand ("topRight" or "top right")."""
    for found in _ROOM.finditer(prompt):
        for name in (f"{found[1]}{found[2] or ''}", found[1]):
            if position := _POSITIONS.get(name.lower()):
                return position
    return None


def seed_for(request: ImageRequest) -> int:
    """The request's own seed, else one that any equal request gets again, whatever its reference."""
    if request.seed is not None:
        return request.seed % 2**63
    said = request.model_dump(mode="json", exclude={"reference_image_url", "resolution"}, exclude_none=True)
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()
    return int.from_bytes(digest[:4])


def _motif(request: ImageRequest, reference: Recipe | None) -> MotifName:
    """What the visual direction names, else the prompt, else the reference; an abstract scene for all else."""
    asked = request.visual_direction
    named = motif_for(asked.product_category, [asked.product or "", *asked.keywords])
    if named is None and not (asked.product or asked.product_category):
        named = motif_for(None, [request.prompt]) or (reference.motif if reference else None)
    return named or "abstract"


def _brand(asked: VisualDirection) -> str | None:
    """The brand's name, where the visual direction carries one (an extra of ours)."""
    name = (asked.model_extra or {}).get("brand")
    return name.strip()[:40] or None if isinstance(name, str) else None


def _style(request: ImageRequest, colours: tuple[str, ...], reference: Recipe | None) -> Style:
    """Light and its moods from the words of style, lighting and mood."""
    asked = request.visual_direction
    said = " ".join(filter(None, (request.style, asked.style, asked.lighting, asked.mood))).lower()
    if not said and reference:
        return reference.style
    family = family_in(request.style, asked.style, asked.mood) or (reference.style.family if reference else "minimal")
    words = re.findall(r"[a-z-]+", _FAMILY_NAME.sub("", said))
    return Style(
        family=family,
        light=_light(words, request.style or asked.style or "", list(colours), family),
        rays=_weighed(words, _RAYS),
        glow=_weighed(words, _GLOW),
        bokeh=_weighed(words, _BOKEH),
    )


def _light(words: list[str], style: str, colours: list[str], family: Family) -> bool:
    """Words decide; where they say nothing or both, and where the ground is given as black, the colours do; where
    they say nothing either, the family does."""
    airy = not _AIRY.isdisjoint(words) or re.search(r"\blight\b", style.lower()) is not None
    dim = not _DIM.isdisjoint(words)
    if airy != dim:
        return airy and not is_dark(colours)
    return is_light(colours) or (WORLDS[family].airy and not is_dark(colours))


def _weighed(words: list[str], weights: dict[str, float]) -> float:
    """0.5, moved by each of `words` that has a weight; from 0 to 1."""
    share = 0.5 + sum(weights.get(word, 0) for word in set(words))
    return round(min(1.0, max(0.0, share)), 3)
