"""What a family makes its palette of: the brand's leading colour, its second, and the ground it asks for."""

from dataclasses import dataclass

from adgen_pipeline.studio.drawing.oklch import Lch, lch, tone
from adgen_pipeline.studio.drawing.palette import Colour, from_hex, leading

_COLOURED = 0.045
"""Chroma from which on a colour is more than a tinted grey."""


@dataclass(frozen=True)
class Brand:
    """`lead` is the colour that leads, `second` the next one that is coloured too, `pale` the one that can be paper."""

    lead: Lch
    second: Lch | None
    pale: Lch | None


def brand(colours: list[str]) -> Brand:
    """The brand of `colours` (#RRGGBB, at least one)."""
    first = leading([from_hex(colour) for colour in colours])
    tones = sorted((lch(from_hex(colour)) for colour in colours), key=lambda each: -each.chroma)
    lead = lch(first)
    rest = [each for each in tones if each != lead]
    second = next((each for each in rest if each.chroma > _COLOURED and each.light > 0.35), None)
    pale = max((each for each in tones if each.light > 0.88), key=lambda each: each.light, default=None)
    return Brand(lead, second, pale)


def visible(lead: Lch, least: float, most: float) -> Colour:
    """`lead` moved into a range of lightness in which it stands out from its ground."""
    return tone(min(most, max(least, lead.light)), lead.chroma, lead.hue)


def apart(hue: float, degrees: float) -> float:
    """The hue `degrees` further round the circle."""
    return (hue + degrees) % 360
