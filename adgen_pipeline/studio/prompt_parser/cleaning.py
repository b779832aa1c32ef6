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
_INSTRUCTIONS = INSTRUCTION_ADJECTIVES | frozenset("ad ads advert advertisement commercial".split())
_SPELLABLE = _NOUN_WORDS | _TONE_WORDS | frozenset("advertisement commercial video second create aesthetic".split())
_KNOWN = (
    _SPELLABLE | _INSTRUCTIONS | MODIFIERS | FUNCTION_WORDS | LOOK_NOUNS | LOOK_WORDS | PUFF | PEOPLE | REAL_WORDS
) | frozenset(COLOURS)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "´": "'", "‑": "-"})


def clean(prompt: str, brand: str | None = None) -> str:
    """`prompt` in plain typography and ordinary case, its commonest slips mended, `brand` in its own spelling."""
    text = _without_symbols(unicodedata.normalize("NFC", prompt).translate(_QUOTES))
    text = re.sub(r"([!?.,])\1+", r"\1", text)
    if _is_shouted(text):
        text = _sentence_by_sentence(text.lower())
    elif _is_title_case(text):
        text = re.sub(r"[A-Za-z][\w'-]*", lambda m: m[0].lower() if is_common(m[0]) else m[0], text)
    text = re.sub(r"[A-Za-z][a-z'’-]+", lambda m: _mended(m[0]), text)
    return re.sub(re.escape(brand), brand, text, flags=re.IGNORECASE) if brand else text


def is_common(word: str) -> bool:
    """True for everyday words: a capital on one of them, at the start of a sentence, makes no name of it."""
    lower = word.lower().strip(".,!?'")
    if lower in PROPER or word.isupper() and lower in ACRONYMS:
        return False
    return lower in _KNOWN or singular(lower) in _KNOWN or bool(COMMON_SUFFIX.search(lower) and len(lower) > 5)


def _without_symbols(text: str) -> str:
    text = re.sub(r"\s*\n\s*[-*•]?\s*", "\n", text)
    text = re.sub(r"(?<=[^\s.!?:;,])\n", ". ", text)
    text = re.sub(r"#[A-Za-z]\w*", " ", text)
    kept = [c if _is_writing(c) else " " for c in text]
    return " ".join("".join(kept).split())


def _is_writing(char: str) -> bool:
    return char in "$€£¥%&+'\"°#@/-–—" or unicodedata.category(char)[0] in "LNPZ" and char not in "*_~^|`•"


def _is_shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'-]{3,}", text)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _sentence_by_sentence(text: str) -> str:
    """Lower-cased text with the capitals that English always writes."""
    text = re.sub(
        r"[a-z][\w'-]*", lambda m: PROPER.get(m[0]) or (m[0].upper() if m[0] in ACRONYMS - {"us", "ar"} else m[0]), text
    )
    return text


def _mended(word: str) -> str:
    lower = word.lower()
    if lower in TYPOS:
        return _in_case_of(word, TYPOS[lower])
    if len(lower) < 5 or is_common(word) or lower in PROPER or word[0].isupper():
        return word
    limit = 1 if len(lower) < 8 else 2
    near = [known for known in sorted(_SPELLABLE) if known[0] == lower[0] and len(known) >= 5]
    for known in near:
        for meant in (known, f"{known}s", f"{known}es"):
            if abs(len(meant) - len(lower)) <= limit and _distance(lower, meant) <= limit:
                return meant
    return word


def _in_case_of(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other


def _distance(a: str, b: str) -> int:
    """How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
