"""The look and the sound that all scenes share: palette, light, mood, music."""

import re
from random import Random

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.contracts.storyboard import Music, VisualDirection
from adgen_pipeline.studio.drawing.palette import from_hex, luminance
from adgen_pipeline.studio.prompt_parser.beats import tempo_of
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.vocabulary import COLOURS

_DARKEST = 0.12
"""Share of its light that a brand's only colour keeps when it also makes the ground."""

_LIGHT = 0.78
"""Luminance from which on a brand's ground asks for bright pictures."""

_BRIGHT = (
    "bright, even studio light",
    "clear daylight from the side, bright and soft",
    "bright, soft light from above",
)
_GROUNDS = frozenset({"black", "navy", "charcoal", "white", "ivory", "cream", "beige", "grey", "gray", "silver"})


def visual_direction(reading: Reading, guidelines: BrandGuidelines, rng: Random) -> VisualDirection:
    """How the whole ad looks; `palette` holds the accent first and the ground second."""
    tone, product = reading.tone, reading.product
    colours = palette(reading, guidelines)
    style = f"{tone.family} style: " + ", ".join((*reading.looks[:3], tone.look))
    goods = [product.phrase, product.kind] if product else []
    words = [*goods, reading.category.name, tone.name, *reading.colours, *reading.looks]
    known = {
        "style": style,
        "palette": colours,
        "lighting": rng.choice(_BRIGHT if _has_light_ground(guidelines) or leans_light(reading) else tone.lights),
        "mood": tone.mood,
        "product": product.phrase if product else reading.brand,
        "product_category": product.motif if product else reading.category.motif,
        "keywords": [word for word in dict.fromkeys(words) if word][:10],
    }
    return VisualDirection.model_validate(known | ({"brand": reading.brand} if reading.brand else {}))


def _has_light_ground(guidelines: BrandGuidelines) -> bool:
    """Whether the brand gives a ground on which dark light would go against its wish."""
    return guidelines.secondary_color is not None and luminance(from_hex(guidelines.secondary_color)) > _LIGHT


_SERENE = frozenset({"calm", "clean", "warm", "organic", "playful"})
_DARK = frozenset({"dark", "moody", "night", "noir", "dramatic", "black", "navy", "charcoal", "neon", "candlelit"})
_AIRY = frozenset({"bright", "light", "airy", "fresh", "friendly", "clear", "sunny", "white", "calm", "clean"})


def leans_light(reading: Reading) -> bool:
    """Whether a service is shown on a light ground: clinics and the like are, others where the brief's looks say so."""
    looks = {word for look in reading.looks for word in re.findall(r"[a-z]+", look.lower())} | set(reading.colours)
    serene = reading.tone.name in _SERENE and not looks & _DARK
    return serene and (reading.category.light or (reading.category.motif == "service" and bool(looks & _AIRY)))


def palette(reading: Reading, guidelines: BrandGuidelines) -> list[str]:
    """Two to four colours: the brand's as given, else those the brief names, else the product's usual ones."""
    in_own_tone = reading.category.tone == reading.tone.name
    own = (not in_own_tone and reading.tone.palette) or reading.category.palette
    if leans_light(reading):
        own = (reading.category.palette[0], reading.category.palette[2])
    first, second = guidelines.primary_color, guidelines.secondary_color
    if first and second:
        return [first, second]
    if first:
        return [first, _darkened(first)]
    named = [word for word in reading.colours if word not in _GROUNDS]
    grounds = [word for word in reading.colours if word in _GROUNDS]
    accents = [COLOURS[word] for word in named] or [own[0]]
    ground = second or (COLOURS[grounds[0]] if grounds else own[1])
    return list(dict.fromkeys([accents[0], ground, *accents[1:], *(() if named or second else own[2:])]))[:4]


_GRAND = frozenset({"cinematic", "epic", "heroic"})


def music(reading: Reading) -> Music:
    """Music in the ad's tone, ducked under the voice; grand where the brief asks for that."""
    tone = reading.tone
    asked = {word for look in reading.looks for word in re.findall(r"[a-z]+", look.lower())}
    mood = f"cinematic, {tone.music}" if asked & _GRAND else tone.music
    return Music(mood=mood, tempo=tempo_of(tone.beat), volume=tone.volume, fade_in=0.0, fade_out=1.6, ducking=True)


def colour_names(colours: list[str]) -> list[str]:
    """The nearest everyday name of each #RRGGBB, none twice."""
    return list(dict.fromkeys(_nearest_name(colour) for colour in colours))


def _nearest_name(colour: str) -> str:
    channels = _channels(colour)
    if max(channels) < 40:
        return "near black"
    distances = {
        name: sum((a - b) ** 2 for a, b in zip(channels, _channels(code), strict=True))
        for name, code in COLOURS.items()
    }
    return min(distances, key=lambda name: distances[name])


def _darkened(colour: str) -> str:
    return "#" + "".join(f"{round(channel * _DARKEST):02X}" for channel in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
