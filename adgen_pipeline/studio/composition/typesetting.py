"""Words into lines and shapes: measured, broken into even lines, shrunk until they fit, drawn with kerning."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.drawing.paint import TYPEFACES, typeface
from adgen_pipeline.studio.drawing.skia_door import skia

LEAST_SIZE = 4.0
"""Pixels. Smaller letters than this are no letters."""

MOST_LETTERS = 1500
"""Of one title: more could not be read, whatever its size."""

_FALLBACK = ("sans-bold", "serif")
"""Faces for the characters that a title's own face lacks."""

_EM = 1000.0


@dataclass(frozen=True)
class Face:
    """A typeface, `tracking` (space between letters, in ems) and `leading` (line to line, in ems)."""

    name: str
    tracking: float = 0.0
    leading: float = 1.14


@dataclass(frozen=True)
class Setting:
    """`lines` of words at `size` pixels; `width` and `height` of the whole, in pixels."""

    face: Face
    size: float
    lines: tuple[str, ...]
    width: float
    height: float

    @property
    def leading(self) -> float:
        """Pixels from line to line."""
        return self.size * self.face.leading


def fit(text: str, face: Face, size: float, width: float, height: float, lines: int) -> Setting:
    """`text` at `size` or as much smaller as it takes to stand in `width` x `height` on at most `lines` lines.

    Line breaks in the text are kept. Where even half the size is too large, more lines are allowed and words
    that are wider than the zone are divided: nothing is ever cut off. Raises RenderError if the text could not
    be read at all.
    """
    if len(text) > MOST_LETTERS:
        raise _too_long(text)
    for tried, least, most_lines, divide in (
        (size, size * 0.54, lines, False),
        (size * 0.75, LEAST_SIZE, 10_000, True),
    ):
        while tried >= least:
            setting = _set(text, face, tried, width, divide)
            if setting.width <= width and setting.height <= height and len(setting.lines) <= most_lines:
                return setting
            tried *= 0.95
    raise _too_long(text)


def _too_long(text: str) -> RenderError:
    return RenderError(f"{len(text)} characters are too many for their place on screen: {text[:40]!r}...")


def advance(text: str, face: Face, size: float) -> float:
    """Width of `text` in pixels, kerned and tracked."""
    return _em_width(text, face.name) * size + max(0, _letters(text) - 1) * face.tracking * size


def _letters(text: str) -> int:
    """How many characters stand side by side: an accent stands on its letter, and takes no room."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def draw_text(canvas: Any, text: str, left: float, baseline: float, face: Face, size: float, paint: Any) -> None:
    """`text` with its left edge at `left`, standing on `baseline`."""
    paragraph = _shaped(text, face.name, size, face.tracking * size, paint)
    paragraph.paint(canvas, left, baseline - paragraph.AlphabeticBaseline)


def drawable(text: str) -> str:
    """`text` without the characters that no typeface at hand has (pictographs, mostly), its spaces tidied."""
    kept = "".join(c for c in text if c.isspace() or (not _is_pictograph(c) and _family_with(c) is not None))
    return "\n".join(" ".join(line.split()) for line in kept.strip().splitlines())


def _is_pictograph(character: str) -> bool:
    """Emoji and what joins and varies them: they would stand in some other system's style, or as a box."""
    joins = character in "\u200d\ufe0e\ufe0f\u20e3"
    return (
        joins
        or character >= "\U0001f000"
        or ("\u2300" < character < "\u2c00" and unicodedata.category(character) == "So")
    )


def _set(text: str, face: Face, size: float, width: float, divide: bool) -> Setting:
    lines: list[str] = []
    for part in text.splitlines():
        words = part.split()
        if divide:
            words = [piece for word in words for piece in _divided(word, face, size, width)]
        lines.extend(_balanced(words, face, size, width))
    widest = max(advance(line, face, size) for line in lines)
    return Setting(face, size, tuple(lines), widest, size * face.leading * (len(lines) - 1) + size)


def _balanced(words: list[str], face: Face, size: float, width: float) -> list[str]:
    """As few lines as `width` allows, each as even as can be: the narrowest measure that needs no further line."""
    fewest = len(_broken(words, face, size, width))
    low, high = 0.0, width
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_broken(words, face, size, middle)) <= fewest else (middle, high)
    return _broken(words, face, size, high)


def _broken(words: list[str], face: Face, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and advance(longer, face, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _divided(word: str, face: Face, size: float, width: float) -> list[str]:
    """`word` in pieces that each fit, hyphens between them, when it does not fit as a whole."""
    if advance(word, face, size) <= width:
        return [word]
    fitting = [n for n in range(1, len(word)) if advance(f"{word[:n]}-", face, size) <= width] or [1]
    spoken = [n for n in _syllables(word) if fitting[-1] / 2 <= n <= fitting[-1]]
    end = spoken[-1] if spoken else fitting[-1]
    hyphen = "-" if word[end - 1].isalpha() and word[end].isalpha() else ""
    return [word[:end] + hyphen, *_divided(word[end:], face, size, width)]


_ONSET = re.compile(r"sch|[cpst]h|qu|[bcdfghjklmnpqrstvwxz]", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyäöüàáâèéêìíòóôùú]", re.IGNORECASE)


def _syllables(word: str) -> list[int]:
    """Where a syllable seems to begin: at a consonant with a vowel after it, two letters from either end."""
    starts = [m.start() for m in _ONSET.finditer(word) if _VOWEL.match(word, m.end())]
    return [start for start in starts if 2 <= start <= len(word) - 3]


@lru_cache(4096)
def _em_width(text: str, name: str) -> float:
    return float(_shaped(text, name, _EM, 0.0, None).MaxIntrinsicWidth) / _EM


def _shaped(text: str, name: str, size: float, spacing: float, paint: Any) -> Any:
    """The text run through the shaper: kerning, ligatures, joined scripts."""
    layout = skia.textlayout
    style = layout.TextStyle()
    style.setFontFamilies([name, *_FALLBACK, *_further_families(text)])
    style.setFontSize(size)
    style.setLetterSpacing(spacing)
    if paint is not None:
        style.setForegroundPaint(paint)
    whole = layout.ParagraphStyle()
    whole.setTextStyle(style)
    builder = layout.ParagraphBuilder.make(whole, _fonts()[1], skia.Unicodes.ICU.Make())
    builder.pushStyle(style)
    builder.addText(text)
    paragraph = builder.Build()
    paragraph.layout(1e7)
    return paragraph


@cache
def _fonts() -> tuple[Any, Any]:
    """The shipped typefaces under our names, and the collection the shaper reads."""
    provider = skia.textlayout.TypefaceFontProvider()
    for name in TYPEFACES:
        provider.registerTypeface(typeface(name), name)
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return provider, collection


def _further_families(text: str) -> list[str]:
    """Names of the system's typefaces for characters the shipped ones lack."""
    found = (_family_with(character) for character in text if ord(character) > 0x24F)
    return [name for name in dict.fromkeys(found) if name and name not in _FALLBACK]


@lru_cache(4096)
def _family_with(character: str) -> str | None:
    if any(typeface(name).unicharToGlyph(ord(character)) for name in _FALLBACK):
        return _FALLBACK[0]
    found = skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle(), [], ord(character))
    if found is None or not found.unicharToGlyph(ord(character)):
        return None
    name = f"system {found.getFamilyName()}"
    _fonts()[0].registerTypeface(found, name)
    return name
