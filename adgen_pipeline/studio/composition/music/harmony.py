"""Chords, written as semitones over the home note and a quality, and how they are laid under the hand."""

import re
from dataclasses import dataclass

_QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "6": (0, 4, 7, 9), "add9": (0, 4, 7, 2), "madd9": (0, 3, 7, 2),
    "m7": (0, 3, 7, 10), "m9": (0, 3, 7, 10, 2), "maj7": (0, 4, 7, 11), "maj9": (0, 4, 7, 11, 2),
    "7": (0, 4, 7, 10), "9": (0, 4, 7, 10, 2), "sus2": (0, 2, 7), "sus4": (0, 5, 7), "9sus4": (0, 5, 7, 10, 2),
}  # fmt: skip


@dataclass(frozen=True)
class Chord:
    """Semitones over the home note: the bass, and all tones (0 to 11), the chord's own root first."""

    bass: int
    tones: tuple[int, ...]

    def voiced(self, home: int, around: int, most: int = 4) -> list[int]:
        """Up to `most` tones in close position around the MIDI note `around`, from the lowest; each part moves little.

        The root is left to the bass where there are more tones than that.
        """
        tones = self.tones if len(self.tones) <= most else self.tones[1 : most + 1]
        return sorted(_nearest(home + tone, around) for tone in tones)

    def tone(self, number: int, home: int, around: int) -> int:
        """The chord's tone of that number, counted upwards from the one nearest below `around`, as a MIDI note."""
        ladder = sorted((home + tone - around) % 12 for tone in self.tones)
        octave, place = divmod(number, len(ladder))
        return around + ladder[place] + 12 * octave


def chords(text: str) -> tuple[Chord, ...]:
    """The progression written in `text`, as in "0m9 8:maj9 10:sus2"."""
    return tuple(_chord(word) for word in text.split())


def _chord(word: str) -> Chord:
    match = re.fullmatch(r"(\d+):?([a-z]*\d*[a-z]*\d*)", word)
    if match is None or match[2] not in _QUALITIES:
        raise ValueError(f"{word!r} is no chord")
    root = int(match[1])
    return Chord(root, tuple((root + step) % 12 for step in _QUALITIES[match[2]]))


def _nearest(pitch: int, around: int) -> int:
    return around + (pitch - around + 6) % 12 - 6


def low(pitch: int, lowest: int) -> int:
    """`pitch` in the octave from `lowest` on: where a bass sounds full."""
    return lowest + (pitch - lowest) % 12
