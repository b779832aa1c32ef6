"""What a motif is: one product, drawn so that a camera can come close."""

from dataclasses import dataclass
from typing import Any, Protocol

from adgen_pipeline.studio.drawing.palette import Palette


@dataclass(frozen=True)
class Look:
    """What the drawing of a product may depend on besides its shape. `brand` is written on it only if given.

    `palette` holds the tones of a dark scene whatever the scene is: `low` and `ground` shade the product.
    `light` says that the scene around it is a light one.
    """

    palette: Palette
    brand: str | None
    seed: int
    light: bool = False


class Motif(Protocol):
    """One product in a space of its own: (0, 0) is its middle, y grows downward, 1 unit is about half its height.

    `extent` is (left, top, right, bottom) of everything `still` draws, in units. `focus` names the points (x, y)
    worth a close-up, the best first. `still` is drawn once and kept as a picture; `moving` is drawn over it in
    every frame (hands of a watch, light travelling over glass) and must take under 3 ms.

    A motif whose far ends may leave the picture or fade (the strap of a watch) also has a `body`: the part of
    `extent` that must be seen whole.
    """

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of everything `still` draws."""

    @property
    def focus(self) -> tuple[tuple[float, float], ...]:
        """The points worth a close-up, the best first."""

    def still(self, canvas: Any, look: Look) -> None:
        """Draw all that does not move; one canvas unit is one unit of the motif."""

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Draw what moves at `seconds`; `glint` from 0 to 1 carries one reflection across the product."""
