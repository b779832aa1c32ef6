"""The prompt as people type it, made fit to read: shouting, title case, slips of the finger, stray symbols."""

import re
import unicodedata

from adgen_pipeline.studio.prompt_parser.categories import NOUNS
from adgen_pipeline.studio.prompt_parser.grammar import singular
from adgen_pipeline.studio.prompt_parser.tones import TONES
from adgen_pipeline.studio.prompt_parser.vocabulary import (
    ACRONYMS,
    COLOURS,
    COMMON_SUFFIX,
    FUNCTION_WORDS,
    INSTRUCTION_ADJECTIVES,
    LOOK_NOUNS,
    LOOK_WORDS,
    MODIFIERS,
    PEOPLE,
    PROPER,
    PUFF,
    REAL_WORDS,
    TYPOS,
)

_NOUN_WORDS = frozenset(word for noun in NOUNS for word in noun.split())
_TONE_WORDS = frozenset(word for tone in TONES.values() for word in tone.words)
_INSTRUCTIONS = INSTRUCTION_ADJECTIVES | frozenset(["ad", "ads", "advert", "advertisement", "commercial"])
_SPELLABLE = tuple(
    sorted(
        form
        for word in _NOUN_WORDS | {"commercial", "elegant", "luxury", "luxurious", "aesthetic", "running", "wireless"}
        for form in (word, word if word.endswith(("s", "y", "x", "h")) else f"{word}s")
        if len(form) >= 6
    )
)
_KNOWN = frozenset().union(
    _NOUN_WORDS, _TONE_WORDS, _INSTRUCTIONS, MODIFIERS, FUNCTION_WORDS, LOOK_NOUNS, LOOK_WORDS, PUFF, PEOPLE,
    REAL_WORDS, COLOURS,
)  # fmt: skip
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "´": "'", "‑": "-", "−": "-"}
)


def clean(prompt: str, brand: str | None = None) -> str:
    """`prompt` in plain typography and ordinary case, its commonest slips mended, `brand` in its own spelling."""
    text = _without_symbols(unicodedata.normalize("NFC", prompt).translate(_QUOTES))
    text = re.sub(r"([!?.,])\1+", r"\1", re.sub(r"\bw/\s*", "with ", text))
    if _is_shouted(text):
        text = _lowered(text)
    else:
        text = re.sub(r"\b[A-Z]{3,}(?: [A-Z]{3,})+\b", lambda m: _lowered(m[0]), text)
    if _is_title_case(text):
        text = re.sub(r"[A-Za-z][\w'-]*", lambda m: m[0].lower() if is_common(m[0]) else m[0], text)
    text = re.sub(r"[A-Za-z][a-z'’-]+", lambda m: _mended(m[0]), text)
    text = re.sub(r"\bgen z\b", "Gen Z", text, flags=re.IGNORECASE)
    return re.sub(re.escape(brand), brand, text, flags=re.IGNORECASE) if brand else text


def is_common(word: str) -> bool:
    """True for everyday words: a capital on one of them, at the start of a sentence, makes no name of it."""
    lower = word.lower().strip(".,!?'")
    if re.search(r"[a-z][A-Z]", word) or lower in PROPER or (word.isupper() and lower in ACRONYMS):
        return False
    return is_known(lower) or bool(COMMON_SUFFIX.search(lower) and len(lower) > 5)


def is_known(word: str) -> bool:
    """True for the words of the vocabulary itself; "Ledgerly" only ends like one."""
    return word.lower() in _KNOWN or singular(word) in _KNOWN


def _without_symbols(text: str) -> str:
    text = re.sub(r"\s*\n\s*[-*•]?\s*", "\n", text)
    text = re.sub(r"(?<=[^\s.!?:;,])\n", ". ", text)
    text = re.sub(r"#[A-Za-z]\w*", " ", text)
    kept = [c if _is_writing(c) else " " for c in text]
    return " ".join("".join(kept).split())


def _is_writing(char: str) -> bool:
    return char in "$€£¥%&+'\"°#@/-–—" or (unicodedata.category(char)[0] in "LNPZ" and char not in "*_~^|`•")


def _is_shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'-]{3,}", text)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _lowered(text: str) -> str:
    """Lower-case text with the capitals that English always writes."""
    acronyms = ACRONYMS - {"us", "ar"}
    return re.sub(r"[a-z][\w'-]*", lambda m: m[0].upper() if m[0] in acronyms else PROPER.get(m[0], m[0]), text.lower())


def _mended(word: str) -> str:
    lower = word.lower()
    if lower in TYPOS:
        return _in_case_of(word, TYPOS[lower])
    if len(lower) < 6 or word[0].isupper() or is_common(word):
        return word
    return next((meant for meant in _SPELLABLE if _is_slip(lower, meant)), word)


def _is_slip(word: str, meant: str) -> bool:
    """True when `word` is `meant` with one letter dropped, doubled or swapped inside; never changed."""
    if (word[0], word[-1]) != (meant[0], meant[-1]) or abs(len(word) - len(meant)) > 1:
        return False
    if len(word) == len(meant):
        return any(meant == word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 2))
    long, short = sorted((word, meant), key=len, reverse=True)
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))


def _in_case_of(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other
