"""Drums, cymbals, and the sounds that lead into a change of scene. Their pitch is their own: the one given is unheard.

Sounds that lead in (`swell`, `riser`, ...) take their whole length to arrive: their last sample is the change.
"""

import numpy as np

from adgen_pipeline.studio.composition.music.synthesis import TURN, Wave, bar, clock, noise, passed, struck, warmed

_METAL = (205.3, 304.4, 369.6, 522.7, 540.0, 800.0)
"""Hz of the six square waves of the TR-808's cymbals."""


def _drum(t: Wave, low: float, drop: float, speed: float, rate: float) -> Wave:
    """A skin: a sine that falls to `low` Hz by `drop` turns."""
    return np.sin(TURN * (low * t + drop * (1 - np.exp(-t * speed)))) * struck(t, rate, 0.0012)


def _metal(t: Wave) -> Wave:
    """A small cymbal: the machine's square waves and noise, of which only the top is let through."""
    squares = np.sign(np.sin(TURN * 1.7 * np.outer(_METAL, t))).sum(0)
    return passed(squares, (6200, 14_000))


def kick(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A bass drum with a beater that is heard."""
    t = clock(0.36)
    click = noise(t, (1800, 6000), rng) * np.exp(-t * 260) * 0.22 * touch
    return warmed(_drum(t, 50, 2.9, 34, 9), 1.3) + click


def soft_kick(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A bass drum played with felt."""
    t = clock(0.45)
    return _drum(t, 55, 0.9, 24, 8) + noise(t, (200, 900), rng) * np.exp(-t * 60) * 0.08


def tape_kick(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A drum machine's, pressed onto tape."""
    t = clock(0.26)
    return warmed(_drum(t, 58, 1.6, 46, 13) + noise(t, (1200, 3500), rng) * np.exp(-t * 200) * 0.2, 2.2)


def taiko(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A great drum in a great hall."""
    t = clock(1.1)
    skin = bar(68, t, (1, 1.0, 4.5), (1.59, 0.5, 7), (2.14, 0.35, 9), (2.65, 0.2, 12))
    return (skin + _drum(t, 60, 0.8, 20, 5) + noise(t, (150, 2200), rng) * np.exp(-t * 45) * 0.35) * struck(t, 0.5)


def tom(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """An electronic tom, falling."""
    t = clock(0.4)
    return _drum(t, 105, 2.4, 14, 9) + noise(t, (400, 2500), rng) * np.exp(-t * 35) * 0.15


def snare(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Skin and wires."""
    t = clock(0.28)
    wires = noise(t, (1600, 9000), rng) * np.exp(-t * (17 + 8 * (1 - touch)))
    return warmed(_drum(t, 190, 0.5, 60, 22) * 0.8 + wires * 0.55, 1.2) * struck(t, 1.0, 0.001)


def gated_snare(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """The large snare of the eighties: a hall, cut off."""
    t = clock(0.34)
    hall = (
        np.stack([noise(t, (500, 7000), rng) for _ in range(2)], 1) * (0.5 * np.clip((0.24 - t) / 0.04, 0, 1))[:, None]
    )
    hit = _drum(t, 175, 0.6, 50, 16) + noise(t, (1800, 8000), rng) * np.exp(-t * 40)
    return warmed(hit[:, None] + hall * np.exp(-t * 3)[:, None], 1.4) * struck(t, 0.5, 0.001)[:, None]


def clap(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Hands: three bursts and a tail, from all around."""
    t = clock(0.3)
    bursts = sum(np.where(t >= at, np.exp(-(t - at) * 200), 0) for at in (0.0, 0.010, 0.021)) * 0.6
    tail = np.where(t >= 0.021, np.exp(-(t - 0.021) * 20), 0) * 0.7
    sides = [noise(t, (850, 5200), rng) for _ in range(2)]
    return np.stack(sides, 1) * ((bursts + tail) * struck(t, 0.5, 0.0008))[:, None]


def snap(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Fingers."""
    t = clock(0.16)
    return (noise(t, (1400, 3600), rng) + 0.4 * np.sin(TURN * 2100 * t)) * struck(t, 48, 0.001)


def rim(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A stick across the rim."""
    t = clock(0.09)
    return (bar(1, t, (420, 0.7, 60), (1680, 1.0, 85), (2440, 0.4, 110))) * struck(t, 5, 0.0006)


def brush(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Wires drawn over the snare: a tap when hard, a stroke when soft."""
    t = clock(0.30)
    stroke = np.sin(np.pi * np.clip(t / 0.28, 0, 1)) ** 1.5 * (1 - touch)
    tap = np.exp(-t * 28) * touch * 1.4
    return noise(t, (900, 7500), rng) * (stroke + tap) * struck(t, 0.5, 0.002)


def hat(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Closed."""
    t = clock(0.10)
    return (noise(t, (6800, 14000), rng) + 0.5 * _metal(t)) * struck(t, 75 - 25 * touch, 0.0008)


def open_hat(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Open, and shut again."""
    t = clock(0.34)
    return (noise(t, (6200, 14000), rng) + 0.6 * _metal(t)) * struck(t, 10, 0.001) * np.clip((0.3 - t) / 0.04, 0, 1)


def tick(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A grain of a machine's noise."""
    t = clock(0.05)
    return (noise(t, (5000, 12000), rng) + 0.5 * np.sin(TURN * 6200 * t)) * struck(t, 140, 0.0005)


def shaker(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Grains that swell and go."""
    t = clock(0.13)
    return noise(t, (4200, 11000), rng) * np.sin(np.pi * np.clip(t / 0.12, 0, 1)) ** 2


def tambourine(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Jingles."""
    t = clock(0.24)
    jingles = bar(1, t, (5230, 0.5, 18), (7480, 0.6, 22), (9120, 0.5, 26), (11800, 0.3, 30))
    return (jingles * 0.5 + noise(t, (5500, 13000), rng)) * struck(t, 19, 0.003)


def crash(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A cymbal, struck once."""
    t = clock(2.4)
    sides = [noise(t, (2800, 13500), rng) + 0.15 * noise(t, (700, 2800), rng) for _ in range(2)]
    return np.stack(sides, 1) * (struck(t, 2.2, 0.002) + 0.6 * struck(t, 12, 0.002))[:, None]


def boom(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Low and soft, felt more than heard."""
    t = clock(1.7)
    return _drum(t, 42, 1.6, 9, 2.6) + noise(t, (60, 420), rng) * struck(t, 7, 0.004) * 0.5


def impact(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Low, with an edge and a wide tail."""
    t = clock(1.5)
    tail = np.stack([noise(t, (300, 5000), rng) for _ in range(2)], 1) * (struck(t, 6, 0.001) * 0.35)[:, None]
    return warmed(_drum(t, 45, 3.4, 16, 4), 1.5)[:, None] + tail


def chimes(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A hand run along hanging bars."""
    t = clock(1.6)
    sound = np.zeros((len(t), 2))
    for n in range(14):
        at = n * 0.045 + rng.uniform(0, 0.012)
        later = np.clip(t - at, 0, None)
        bell = np.sin(TURN * (2100 * 2 ** (n / 9)) * later) * np.exp(-later * 5) * np.minimum(1, later / 0.002)
        sound += np.stack([bell * (1 - n / 16), bell * (0.15 + n / 16)], 1)
    return sound * struck(t, 0.2)[:, None]


def swell(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A cymbal that grows under soft mallets."""
    t = clock(length)
    rise = (t / t[-1]) ** 2.6 * np.clip((t[-1] - t) / 0.02, 0, 1)
    return np.stack([noise(t, (2600, 11000), rng) for _ in range(2)], 1) * rise[:, None]


def riser(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Noise whose window climbs, over a tone that climbs an octave."""
    t = clock(length)
    share = t / t[-1]
    low, high = noise(t, (500, 1600), rng), noise(t, (2500, 9500), rng)
    sweep = low * (1 - share) * share + high * share**2.2
    climbing = 0.35 * np.sin(TURN * 220 * t[-1] / np.log(2) * (2**share - 1)) * share**1.5
    both = np.stack([sweep + climbing, np.roll(sweep, 400) + climbing], 1)
    return both * np.clip((t[-1] - t) / 0.015, 0, 1)[:, None] * np.minimum(1, t / 0.05)[:, None]


def rattle(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A shaker that rolls faster and louder."""
    t = clock(length)
    share = t / t[-1]
    grains = 0.5 - 0.5 * np.cos(TURN * (7 * t + 5 * t * share))
    return noise(t, (4500, 11000), rng) * grains * share**1.4 * np.clip((t[-1] - t) / 0.02, 0, 1)
