"""The part of a picture that fills the frame once no words stand in it any more."""

from dataclasses import dataclass

from adgen_pipeline.studio.frame import Box

USUAL_REACH = Box(0.10, 0.10, 0.10, 0.10)
"""How far the backdrop reaches beyond each of the frame's edges (shares of its sides), for the camera's own moves."""

_MOVES = 0.05
"""The same beyond what a framing shows: it lies inside what the moves show."""

_STEPS = 12


@dataclass(frozen=True)
class Framing:
    """`point` of the picture (pixels) comes to `to`, and all around it `zoom` times as large."""

    point: tuple[float, float]
    to: tuple[float, float]
    zoom: float

    def at(self, share: float) -> tuple[float, float, float]:
        """Scale, and pixels to the right and down, after `share` (0 to 1) of the way: out = scale * in + pixels."""
        scale = float(self.zoom**share)
        x, y = (start + share * (stop - start) - scale * start for start, stop in zip(self.point, self.to, strict=True))
        return scale, x, y

    def beyond(self, size: tuple[int, int]) -> Box:
        """How much of a picture of `size` must be drawn beyond each of its edges, as shares of its sides."""
        shown = [self._shown(step / _STEPS, size) for step in range(_STEPS + 1)]
        left, top, right, bottom = zip(*shown, strict=True)
        return Box(
            *(
                max(usual, max(side) + _MOVES)
                for usual, side in zip(USUAL_REACH, (left, top, right, bottom), strict=True)
            )
        )

    def _shown(self, share: float, size: tuple[int, int]) -> Box:
        """What is seen beyond each edge after `share` of the way; below 0 what is not seen within it."""
        (width, height), (scale, x, y) = size, self.at(share)
        return Box(x / scale / width, y / scale / height, (1 - x / width) / scale - 1, (1 - y / height) / scale - 1)
