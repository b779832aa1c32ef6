"""What a world is: the space, shapes, light and air that a family of style gives to its pictures."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.framing import USUAL_REACH
from adgen_pipeline.studio.drawing.palette import BLACK, Colour
from adgen_pipeline.studio.drawing.recipe import Shot, Style
from adgen_pipeline.studio.frame import Box

Row = NDArray[np.float64]
"""One value of each of several things."""


@dataclass(frozen=True)
class Tones:
    """The colours of one world for one brand.

    `accent` is the brand's colour as it can be seen here, `second` and `third` go with it. The ground is `lit` where
    the light falls and `dim` away from it; `shade` is the colour of shadows, `spark` that of light on dust.
    """

    accent: Colour
    second: Colour
    third: Colour
    lit: Colour
    dim: Colour
    shade: Colour
    spark: Colour


@dataclass(frozen=True)
class Room:
    """The space of a scene in pixels: frame size, the product's body, what is worth lighting, and the floor's height
    if the product stands on one. `words` stand at that position, in `zone`; `beyond` is how far the backdrop goes on
    past each edge (both as shares of the frame)."""

    size: tuple[int, int]
    light: tuple[float, float]
    body: Box
    floor: float | None
    shot: Shot
    words: Position
    zone: Box
    beyond: Box = USUAL_REACH

    @property
    def reach(self) -> Box:
        """The whole pixels that the backdrop fills: more than the frame, for the camera to move over."""
        (width, height), (left, top, right, bottom) = self.size, self.beyond
        return Box(-round(left * width), -round(top * height), round((1 + right) * width), round((1 + bottom) * height))

    @property
    def short(self) -> int:
        """The frame's short side."""
        return min(self.size)

    def beside_words(self, count: int, rng: np.random.Generator) -> tuple[Row, Row]:
        """`count` places all over the frame as x and y, but not where words will stand, nor before the product."""
        left, top, right, bottom = self.zone.pixels(*self.size)
        x, y = rng.uniform(-0.02, 1.02, (2, 40 * count)) * np.array(self.size)[:, None]
        free = (x < left) | (x > right) | (y < top) | (y > bottom)
        if not self.close:
            across, down = (x - self.body.centre[0]) / self.body.width, (y - self.body.centre[1]) / self.body.height
            free &= np.hypot(across, down) > 0.5
        return x[free][:count], y[free][:count]

    def clear_of_words(self, x: Row, y: Row) -> Row:
        """1 for places away from where words will stand, falling to a tenth inside."""
        left, top, right, bottom = self.zone.pixels(*self.size)
        across = np.maximum(left - x, x - right)
        down = np.maximum(top - y, y - bottom)
        return np.clip(0.1 + np.maximum(across, down) / (0.12 * self.short), 0.1, 1.0)

    @property
    def close(self) -> bool:
        """Whether the product is larger than the picture."""
        return self.shot in ("macro", "detail")


@dataclass(frozen=True)
class Shadow:
    """How a product is grounded; lengths in units of the motif, strengths 0 to 1.

    `offset` and `blur` are of the shadow behind a floating product, `contact` of the one below a standing one;
    `mirror` is how much the floor reflects.
    """

    offset: tuple[float, float] = (0.0, 0.10)
    blur: float = 0.11
    strength: float = 0.6
    contact: float = 0.8
    mirror: float = 0.0
    tone: Colour = field(default_factory=lambda: BLACK)


class Air(Protocol):
    """Something that moves through the picture."""

    def draw(self, canvas: Any, seconds: float) -> None:
        """Draw it as it is at `seconds`."""


class World(Protocol):
    """One family's pictures. Each part is drawn once, except what moves through the air."""

    @property
    def colours(self) -> tuple[str, ...]:
        """The #RRGGBB of a brand that has none."""

    @property
    def airy(self) -> bool:
        """Whether its scenes are light where nothing else decides."""

    @property
    def lift(self) -> float:
        """The height of what products stand on, in units of the motif."""

    def product_colours(self, colours: list[str]) -> list[str]:
        """The #RRGGBB in which the product itself is drawn."""

    def tones(self, colours: list[str], light: bool) -> Tones:
        """The world's colours for a brand of `colours` (at least one), as a light or a dark scene."""

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Paint the smooth part of the backdrop: words may stand on all of it."""

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Draw what stands out from the ground; it is taken away again where words will stand."""

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """Draw what a standing product stands on: its top at `foot.bottom`, `scale` pixels a unit of the motif."""

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Draw what lies over the whole picture, like a vignette: the words stand on it too."""

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """How products are grounded."""

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """What moves through the picture, each with its depth: below 1 behind the product, above before it."""
