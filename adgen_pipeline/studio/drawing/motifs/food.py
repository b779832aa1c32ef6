"""A bowl of fresh food, seen from above the table; what lies where depends on the seed."""

from typing import Any

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.bowl import MIDDLE, draw_bowl, draw_gleam
from adgen_pipeline.studio.drawing.motifs.food_fill import draw_filling
from adgen_pipeline.studio.drawing.motifs.steam import draw_steam


class Food:
    """A filled bowl, steaming. The brand is printed on the bowl, if there is one; food keeps its own colours."""

    extent = (-1.14, -0.92, 1.14, 0.84)
    body = (-1.04, -0.86, 1.04, 0.81)
    face = (-0.96, -0.84, 0.96, 0.58)
    focus = ((-0.10, -0.06), (0.32, -0.40), (-0.34, 0.24))

    def still(self, canvas: Any, look: Look) -> None:
        """The bowl, and what is in it."""
        draw_bowl(canvas, look, draw_filling)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Steam, and light that travels around the glaze with `glint`."""
        if 0 < glint < 1:
            draw_gleam(canvas, glint)
        canvas.save()
        canvas.translate(0, MIDDLE - 0.10)
        draw_steam(canvas, seconds, look.seed, 0.42, 1.30, 0.30)
        canvas.restore()
