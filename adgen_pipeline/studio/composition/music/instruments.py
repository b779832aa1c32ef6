"""What the music is played on: each instrument gives one note, mono or stereo, its loudness settled by the score.

All take the pitch in Hz, the length in seconds until the key is let go, the touch (0 soft to 1 hard, which makes the
note brighter) and a random generator of their own.
"""

from collections.abc import Callable

import numpy as np

from adgen_pipeline.studio.composition.music.synthesis import (
    TURN,
    Wave,
    bar,
    body,
    centred,
    clock,
    damped,
    held,
    modulated,
    noise,
    saw,
    square,
    string,
    struck,
    unison,
    warmed,
)

Instrument = Callable[[float, float, float, np.random.Generator], Wave]


def strings(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A bowed section with the bodies of violins and cellos."""
    t = clock(length + 1.1)
    dark = saw(hz, 1500 + 900 * touch, (480, 160, 0.8), (1100, 300, 0.6), (2600, 500, 0.7))
    bright = saw(hz, 2600 + 2200 * touch, (480, 160, 0.8), (1100, 300, 0.6), (2600, 500, 0.9))
    swell = 0.35 + 0.3 * np.sin(TURN * (0.21 * t + rng.uniform())) + 0.25 * np.clip(t / max(length, 0.4), 0, 1)
    sound = unison(hz, t, dark, rng, bright=bright, opening=swell, voices=6, cents=9, vibrato=9)
    return sound * held(t, length, min(0.42, 0.12 + length * 0.25), 1.1)[:, None]


def short_strings(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """The same section, each note a short stroke of the bow."""
    t = clock(min(length, 0.35) + 0.35)
    dark, bright = saw(hz, 900, (480, 160, 0.8)), saw(hz, 2600 + 2600 * touch, (480, 160, 0.8), (2600, 500, 0.8))
    sound = unison(hz, t, dark, rng, bright=bright, opening=np.exp(-t * 9), voices=6, cents=8, vibrato=4)
    bow = noise(t, (1500, 6000), rng) * np.exp(-t * 40) * 0.05
    return (sound + bow[:, None]) * held(t, min(length, 0.35) * 0.55, 0.022, 0.42)[:, None]


def pizzicato(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A section that plucks."""
    sound = string(hz, 0.9, 0.75, 0.28 + 0.2 * touch, rng)
    return body(sound, (180, 330, 0.9), (420, 620, 0.6)) * struck(clock(0.9), 3.0)


def harp(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Plucked, clear, and left to ring."""
    sound = string(hz, 2.6, 3.2, 0.9 + 0.6 * touch, rng)
    return body(sound, (160, 260, 0.7), (350, 600, 0.3)) * struck(clock(2.6), 0.7)


def guitar(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Nylon strings on a wooden body."""
    sound = string(hz, 1.9, 2.4, 0.5 + 0.6 * touch, rng)
    t = clock(1.9)
    finger = noise(t, (800, 4000), rng) * np.exp(-t * 180) * 0.08
    return body(sound + finger, (90, 125, 1.0), (190, 240, 0.8), (380, 520, 0.4)) * damped(t, length + 0.5, 0.6, 0.5)


def muted_guitar(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Steel strings under the palm, through an amplifier."""
    sound = warmed(string(hz, 0.5, 0.5, 0.5 + 0.7 * touch, rng), 1.6)
    return body(sound, (700, 1100, 0.6), (2000, 3000, 0.4)) * struck(clock(0.5), 5.0)


def piano(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Felt hammers: two strings a note, high partials sharp and short-lived, a soft knock."""
    t = clock(min(length + 1.2, 3.6))
    low = (hz / 261.6) ** 0.45
    partials = [
        (k * np.sqrt(1 + 0.00035 * k * k), np.exp(-k * hz / (1100 + 2600 * touch)) / k**0.35, low * (0.7 + 0.42 * k))
        for k in range(1, 13)
    ]
    left, right = (bar(hz * 2 ** (cents / 1200), t, *partials) for cents in (-0.9, 0.9))
    knock = noise(t, (120, 1400), rng) * np.exp(-t * 70) * 0.06
    sound = np.stack([left + 0.35 * right + knock, right + 0.35 * left + knock], 1)
    return sound * damped(t, length + 0.2, 0.25, 0.9)[:, None]


def electric_piano(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Tines before pickups: frequency modulation, a bell in the attack, and a slow pan from side to side."""
    t = clock(min(length + 0.9, 3.2))
    tine = 0.30 * touch * np.exp(-t * 13) * modulated(hz, t, 14, 0.6 * np.exp(-t * 20))
    reed = modulated(hz, t, 1, (0.5 + 1.3 * touch) * np.exp(-t * 2.6) + 0.18)
    sound = warmed(reed * np.exp(-t * 0.9) + tine, 1.1)
    sway = 0.22 * np.sin(TURN * 4.3 * t)
    return np.stack([sound * (1 + sway), sound * (1 - sway)], 1) * damped(t, length + 0.1, 0.2, 0.6)[:, None]


def celesta(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Small steel plates over wood."""
    t = clock(1.8)
    sound = bar(hz, t, (1, 1.0, 2.6), (2.0, 0.28, 3.4), (4.05, 0.22 * touch + 0.05, 7), (9.1, 0.06 * touch, 22))
    return (sound + noise(t, (900, 3000), rng) * np.exp(-t * 130) * 0.06) * struck(t, 0.6)


def glockenspiel(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Steel bars, hard mallets."""
    t = clock(1.5)
    return bar(hz, t, (1, 1.0, 3.2), (2.76, 0.35, 8), (5.40, 0.2 * touch, 16), (8.93, 0.1 * touch, 30)) * struck(t, 0.5)


def vibraphone(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Aluminium bars over tubes whose lids turn."""
    t = clock(min(length + 1.4, 3.0))
    sound = bar(hz, t, (1, 1.0, 1.3), (4.0, 0.22 * touch + 0.04, 5), (10.1, 0.08 * touch, 16))
    turn = 0.2 * np.sin(TURN * 5.1 * t)
    return np.stack([sound * (1 + turn), sound * (1 - turn * 0.6)], 1) * damped(t, length + 0.6, 0.2, 0.7)[:, None]


def marimba(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Rosewood bars and the knock of the mallet."""
    t = clock(0.9)
    sound = bar(hz, t, (1, 1.0, 5), (3.93, 0.2 + 0.25 * touch, 20), (9.2, 0.12 * touch, 45))
    return (sound + noise(t, (700, 3500), rng) * np.exp(-t * 170) * 0.10) * struck(t, 1.0, 0.0015)


def kalimba(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Tongues of steel on a hollow box."""
    t = clock(1.4)
    sound = bar(hz, t, (1, 1.0, 3.4), (5.42, 0.12 + 0.15 * touch, 14), (2.0, 0.1, 6))
    thumb = noise(t, (300, 2200), rng) * np.exp(-t * 110) * 0.12
    return body(sound + thumb, (230, 340, 0.5)) * struck(t, 0.7)


def choir(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Voices on an open vowel, with their breath."""
    t = clock(length + 1.4)
    vowel = saw(hz, 2800, (620, 130, 5.0), (1050, 180, 3.5), (2650, 350, 2.0))
    breath = noise(t, (1800, 5200), rng) * 0.02
    sound = unison(hz, t, vowel, rng, voices=6, cents=11, vibrato=14, width=0.95)
    return (sound + breath[:, None]) * held(t, length, min(0.7, 0.2 + length * 0.3), 1.4)[:, None]


def warm_pad(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Seven saws behind a filter that breathes."""
    t = clock(length + 1.0)
    breath = 0.5 + 0.5 * np.sin(TURN * (0.13 * t + rng.uniform()))
    sound = unison(hz, t, saw(hz, 650), rng, bright=saw(hz, 1500 + 1500 * touch), opening=breath, voices=7, cents=13)
    return sound * held(t, length, min(0.35, 0.08 + length * 0.2), 1.0)[:, None]


def glass_pad(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Rubbed glass: few partials, each coming and going by itself."""
    t = clock(length + 1.6)
    dark, bright = np.array([1.0, 0.25, 0.30, 0.04, 0.06]), np.array([0.7, 0.7, 0.12, 0.30, 0.02, 0.12 * touch])
    turning = 0.5 + 0.5 * np.sin(TURN * (0.27 * t + rng.uniform()))
    sound = unison(hz, t, np.append(dark, 0), rng, bright=bright, opening=turning, voices=5, cents=6, width=1.0)
    return sound * held(t, length, min(0.8, 0.25 + length * 0.3), 1.6)[:, None]


def synth_pluck(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Saws whose filter snaps shut."""
    t = clock(0.75)
    sound = unison(
        hz, t, saw(hz, hz * 1.6), rng,
        bright=saw(hz, 2500 + 5500 * touch), opening=np.exp(-t * 13), voices=3, cents=9, width=0.6,
    )  # fmt: skip
    return sound * struck(t, 4.5, 0.0015)[:, None]


def pulse(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A hollow square, short: the tick of a sequencer."""
    t = clock(0.4)
    dark, bright = square(hz, hz * 2), square(hz, 1800 + 4500 * touch)
    sound = unison(hz, t, dark, rng, bright=bright, opening=np.exp(-t * 22), voices=2, cents=5, width=0.5)
    return sound * struck(t, 9)[:, None]


def poly_synth(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """An analogue keyboard of the eighties: saws and squares through a chorus."""
    t = clock(length + 0.45)
    opening = 0.25 + 0.75 * np.exp(-t * 3.5)
    sound = unison(hz, t, saw(hz, 900), rng, bright=saw(hz, 3200 + 2500 * touch), opening=opening, voices=4, cents=12)
    hollow = unison(hz * 1.002, t, square(hz, 1600), rng, voices=2, cents=7)
    return (sound + 0.4 * hollow) * held(t, length, 0.012, 0.45)[:, None]


def lead_synth(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A singing solo voice: saws, a vibrato that comes late."""
    t = clock(length + 0.3)
    late = 0.5 * np.clip((t - 0.25) / 0.4, 0, 1)
    still, moved = (
        unison(hz, t, saw(hz, 2600 + 2400 * touch), np.random.default_rng(7), voices=3, cents=7, vibrato=v, width=0.5)
        for v in (0.0, 16.0)
    )
    return (still * (1 - late)[:, None] + moved * late[:, None]) * held(t, length * 0.9, 0.012, 0.3)[:, None]


def brass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Trumpets and trombones: the harder they are blown, the brighter."""
    t = clock(length + 0.22)
    blown = np.clip(t / 0.06, 0, 1) * (0.55 + 0.45 * np.exp(-t * 5))
    bright = saw(hz, 1800 + 3600 * touch, (1200, 500, 0.8))
    sound = unison(hz, t, saw(hz, 500), rng, bright=bright, opening=blown, voices=5, cents=7, vibrato=5)
    return warmed(sound * held(t, length, 0.025, 0.22)[:, None], 0.9)


def upright_bass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Gut strings, a large hollow body, a finger."""
    seconds = min(length + 0.3, 2.8)
    t = clock(seconds)
    sound = string(hz, seconds, 2.0, 0.25 + 0.2 * touch, rng)[: len(t)] + 0.5 * np.sin(TURN * hz * t) * np.exp(-t * 1.6)
    finger = noise(t, (500, 1800), rng) * np.exp(-t * 120) * 0.10
    return body(sound + finger, (60, 110, 0.7), (180, 260, 0.3)) * damped(t, length, 0.9, 0.16)


def round_bass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """A sine, bent until small loudspeakers hear it too."""
    t = clock(length + 0.14)
    sound = np.sin(TURN * hz * t) + 0.32 * np.sin(2 * TURN * hz * t) + 0.12 * np.sin(3 * TURN * hz * t)
    return warmed(sound, 1.3 + touch) * held(t, length * 0.92, 0.010, 0.14) * np.exp(-t * 0.5)


def saw_bass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Saws that bite and close, on a sine."""
    t = clock(length + 0.07)
    bright, bite = saw(hz, 900 + 2200 * touch), np.exp(-t * 11)
    sound = unison(hz, t, saw(hz, 260), rng, bright=bright, opening=bite, voices=2, cents=6, width=0)
    mono = warmed(sound.mean(1) + 0.7 * np.sin(TURN * hz * t), 1.5)
    return mono * held(t, length * 0.86, 0.004, 0.07)


def slap_bass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """The electric bass of a digital synthesiser: modulation that snaps."""
    t = clock(length + 0.08)
    snap = modulated(hz, t, 3, (0.5 + 1.2 * touch) * np.exp(-t * 30)) * np.exp(-t * 7)
    sound = modulated(hz, t, 1, (0.9 + 0.9 * touch) * np.exp(-t * 7) + 0.35) + 0.35 * snap
    return warmed(sound, 1.2) * held(t, length * 0.8, 0.003, 0.08) * np.exp(-t * 1.3)


def long_bass(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """The long, falling bass drum of the 808, tuned and driven."""
    t = clock(min(length, 1.6) + 0.12)
    fall = TURN * (hz * t + hz * 0.045 * (1 - np.exp(-t * 35)))
    sound = warmed(np.sin(fall) * np.exp(-t * 1.5), 2.4) + noise(t, (900, 3000), rng) * np.exp(-t * 300) * 0.15
    return sound * held(t, min(length, 1.6), 0.003, 0.12)


def sub_bell(hz: float, length: float, touch: float, rng: np.random.Generator) -> Wave:
    """Metal and glass by frequency modulation, wide and cold."""
    t = clock(1.6)
    sides = [modulated(hz * d, t, 4, (0.5 + 1.4 * touch) * np.exp(-t * 6)) for d in (0.9985, 1.0015)]
    return np.stack(sides, 1) * struck(t, 2.4)[:, None] if hz < 2500 else centred(sides[0] * struck(t, 4))
