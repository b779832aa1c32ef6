"""What a family makes its palette of: the brand's leading colour, its second, and the ground it asks for."""

from dataclasses import dataclass

from adgen_pipeline.studio.drawing.oklch import Lch, lch, tone
from adgen_pipeline.studio.drawing.palette import Colour, from_hex

_COLOURED = 0.045
"""Chroma from which on a colour is more than a tinted grey."""

_YELLOWS = (72.0, 128.0)
"""Hues whose dark shades look like mud or moss."""


@dataclass(frozen=True)
class Brand:
    """`lead` is the fullest colour; `second` the next one that is coloured too; `black` says one is as good as black.
    `pale` is the colour that can be paper."""

    lead: Lch
    second: Lch | None
    pale: Lch | None
    black: bool

    @property
    def accent(self) -> Colour:
        """The lead as it was given."""
        return tone(*self.lead)


def brand(colours: list[str]) -> Brand:
    """The brand of `colours` (#RRGGBB, at least one)."""
    tones = sorted((lch(from_hex(colour)) for colour in colours), key=lambda each: -each.chroma)
    lead, *rest = tones
    second = next((each for each in rest if each.chroma > _COLOURED and each.light > 0.35), None)
    pale = max((each for each in tones if each.light > 0.88), key=lambda each: each.light, default=None)
    return Brand(lead, second, pale, any(each.light < 0.2 for each in tones))


def deep(hue: float, light: float, chroma: float) -> Colour:
    """A dark ground of `hue`; yellows turn to the brown side and lose their colour, so that they are never olive."""
    if _YELLOWS[0] < hue < _YELLOWS[1]:
        return tone(light, 0.55 * chroma, 58)
    return tone(light, chroma, hue)


def visible(lead: Lch, least: float, most: float) -> Colour:
    """`lead` moved into a range of lightness in which it stands out from its ground."""
    return tone(min(most, max(least, lead.light)), lead.chroma, lead.hue)


def apart(hue: float, degrees: float) -> float:
    """The hue `degrees` further round the circle."""
    return (hue + degrees) % 360
