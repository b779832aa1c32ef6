"""How each family of style moves: its energy, its easing, how it floats and how it comes in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from adgen_pipeline.studio.drawing.paint import ease_in_out, ease_out
from adgen_pipeline.studio.families import Family


@dataclass(frozen=True)
class Pace:
    """The manner of a family.

    `eased` takes the share of a clip that has passed (0 to 1) to the share of the way: never at rest, since a cut
    would show a standing picture. `reach` is how far moves go. `float_x`, `float_y` (shares of the short side) and
    `period` (seconds) are of a sway around the way. `punch` is how much nearer the camera is when it comes in,
    `settles` in how many seconds that is over, and `bounces` how often it swings beyond meanwhile. `reframing` is how
    many seconds it takes to another framing; the lower `starts`, the more of that way is gone at once.
    """

    eased: Callable[[float], float]
    reach: float = 1.0
    float_x: float = 0.0
    float_y: float = 0.0
    period: float = 4.0
    punch: float = 0.0
    settles: float = 0.5
    bounces: float = 0.0
    reframing: float = 1.4
    starts: float = 1.0

    def sway(self, clock: float) -> tuple[float, float]:
        """How far right and down it has floated (shares of the short side), `clock` seconds after the keyframe."""
        turn = math.tau * clock / self.period
        return self.float_x * math.sin(turn / math.sqrt(2)), self.float_y * math.sin(turn)

    def reframed(self, age: float, time: float) -> float:
        """The share of the way to another framing, `age` seconds after it set out; there are `time` seconds for it."""
        share = min(1.0, max(0.0, age / min(self.reframing, time))) ** self.starts
        return share**3 * (10 - 15 * share + 6 * share**2)  # at rest at both ends, and no jolt there

    def entrance(self, age: float, until: float) -> float:
        """How much of the punch is left `age` seconds into the clip: all of it, then none `until` the keyframe."""
        if not self.punch or age >= until:
            return 0.0
        fall, turn = 4 * age / self.settles, math.tau * self.bounces * age / self.settles
        swung = fall * (math.sin(turn) / turn if turn else 1.0) + math.cos(turn)  # a spring that was let go
        return swung * math.exp(-fall) * (1 - age / until) ** 2


def _between(even: float, curve: Callable[[float], float]) -> Callable[[float], float]:
    """Even motion for the share `even`, the rest along `curve`."""
    return lambda share: even * share + (1 - even) * curve(share)


PACES: dict[Family, Pace] = {
    "minimal": Pace(_between(0.70, ease_in_out), reach=0.75, float_x=0.0015, float_y=0.0015, period=7.0, reframing=2.0),
    "organic": Pace(_between(0.60, ease_in_out), reach=0.80, float_x=0.006, float_y=0.004, period=6.0, reframing=1.8),
    "playful": Pace(
        _between(0.50, ease_in_out),
        float_x=0.004,
        float_y=0.012,
        period=1.9,
        punch=-0.055,
        settles=0.8,
        bounces=1.1,
        reframing=1.1,
        starts=0.85,
    ),
    "tech": Pace(_between(0.42, ease_out), reach=1.05, reframing=1.4, starts=0.75),
    "sport": Pace(_between(0.50, ease_out), reach=1.15, punch=0.24, settles=0.6, reframing=0.9, starts=0.7),
    "retro": Pace(lambda share: share, reach=0.70, float_x=0.003, period=3.2, reframing=1.5),
}
"""Quiet and even; breathing; bouncing; a carriage on rails that starts at once and glides out; hard in and then on; a
motor's even turn."""
