"""The grid an ad stands on: ticks of 1/15 s, which are whole frames at 30 and at 15 fps, and beats of whole ticks."""

TICKS_A_SECOND = 15


def tempo_of(beat: int) -> float:
    """Beats a minute of music whose beat lasts `beat` ticks: 900 over a whole number, so that beats fall on frames."""
    return 60 * TICKS_A_SECOND / beat


def seconds(ticks: float) -> float:
    """The moment of the tick, in milliseconds cut off, not rounded: rounded up it would fall into the next frame."""
    return int(ticks * 1000 / TICKS_A_SECOND + 1e-6) / 1000
