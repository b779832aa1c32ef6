"""The colours of a car: its lacquer in several lights, and the red of its tail lamps."""

from dataclasses import dataclass

import numpy as np

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix

RED: Colour = np.array([1.0, 0.08, 0.06])


@dataclass(frozen=True)
class Lacquer:
    """Paint in four lights: what mirrors the lamps above, what faces the eye, what turns under, the deepest."""

    sky: Colour
    plain: Colour
    under: Colour
    deep: Colour


def lacquer(look: Look) -> Lacquer:
    """The brand's colour; under a gold brand a dark car that mirrors gold."""
    tones = look.palette
    if materials(look).metal is tones.accent:
        plain = mix(tones.low, tones.accent, 0.16)
        return Lacquer(
            mix(tones.accent, tones.high, 0.45), plain, mix(tones.low, BLACK, 0.35), mix(tones.low, BLACK, 0.8)
        )
    accent, dark = tones.accent, 0.30 if look.light else 0.48
    return Lacquer(mix(accent, WHITE, 0.62), accent, mix(accent, BLACK, dark), mix(accent, BLACK, dark + 0.32))
