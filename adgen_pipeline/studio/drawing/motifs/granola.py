"""A bowl of granola with yoghurt and fruit, seen from above the table."""

import math
from typing import Any

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.berries import draw_flake
from adgen_pipeline.studio.drawing.motifs.bowl import MIDDLE, draw_bowl, draw_gleam
from adgen_pipeline.studio.drawing.motifs.granola_fill import draw_breakfast

_FALL = 2.6  # seconds from the first sight of a flake until it has landed
_FALLING = 5


class Granola:
    """A filled bowl, oats still falling into it. The brand is printed on the bowl, if there is one."""

    extent = (-1.06, -0.86, 1.06, 0.84)
    body = (-1.04, -0.80, 1.04, 0.81)
    face = (-0.96, -0.72, 0.96, 0.58)
    focus = ((-0.24, -0.20), (0.34, -0.16), (-0.02, 0.05))

    def still(self, canvas: Any, look: Look) -> None:
        """The bowl, and what is in it."""
        draw_bowl(canvas, look, draw_breakfast)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Oats that fall onto the others, and light that travels around the glaze with `glint`."""
        if 0 < glint < 1:
            draw_gleam(canvas, glint)
        for k in range(_FALLING):
            age = (seconds / _FALL + k / _FALLING + 0.37 * look.seed) % 1
            _draw_falling(canvas, age, k + look.seed)


def _draw_falling(canvas: Any, age: float, which: int) -> None:
    """One flake: `age` runs from 0, in the air, to 1, where it lies among the others."""
    x = -0.28 + 0.26 * math.sin(2.3 * which)
    land = MIDDLE - 0.24 + 0.10 * math.sin(1.7 * which)
    fade = min(1.0, 6 * age, 10 * (1 - age))
    canvas.save()
    canvas.translate(x + 0.03 * math.sin(7 * age + which), land - 0.42 * (1 - age * age))
    canvas.rotate(60 * which + 420 * age)
    canvas.scale(fade, fade * (0.35 + 0.65 * abs(math.cos(9 * age + which))))
    draw_flake(canvas, 0.045, 0.3 + 0.1 * (which % 4))
    canvas.restore()
