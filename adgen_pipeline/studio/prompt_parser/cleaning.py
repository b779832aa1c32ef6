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
        for word in _NOUN_WORDS
        | {
            "commercial",
            "elegant",
            "luxury",
            "luxurious",
            "aesthetic",
            "running",
            "wireless",
            "handmade",
            "lavender",
            "advertisement",
            "natural",
            "organic",
            "playful",
            "futuristic",
            "cinematic",
        }
        for form in (word, word if word.endswith(("s", "y", "x", "h")) else f"{word}s")
        if len(form) >= 6
    )
)
_KNOWN = frozenset().union(
    _NOUN_WORDS, _TONE_WORDS, _INSTRUCTIONS, MODIFIERS, FUNCTION_WORDS, LOOK_NOUNS, LOOK_WORDS, PUFF, PEOPLE,
    REAL_WORDS, COLOURS,
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "´": "'", "‑": "-", "−": "-"}
)


_TEXTED = tuple(
    (re.compile(rf"(?<!\w)(?:{short})(?!\w)", re.IGNORECASE), long)
    for short, long in (
        (r"4(?= (?:my|our|the|a|an|all|ur|your)\b)", "for"), (r"(?<=[a-z] )n(?= [a-z])", "and"), ("gr8", "great"),
        ("ur", "your"), ("u", "you"), ("til", "until"), (r"its (?=called\b)", ""), ("pls|plz", "please"),
        ("thx|lol|haha|omg|btw|tbh", ""),
        (r"(?<=\d )y(?:ea)?rs?(?=[ -]olds?\b)", "year"), ("ppl", "people"), ("wknd", "weekend"),
        ("smth|sth|sumthing", "something"),
        ("w/o", "without"),
        (r"valentine'?s day", "Valentine's Day"), (r"mother'?s day", "Mother's Day"),
        (r"father'?s day", "Father's Day"),
        (r"(?:(?<=^)|(?<=[.!?] ))(problem|solution|hook|offer|cta) [-–—](?= )", r"\1:"),
        (r"(?<=[a-z]{3} )(?:thing|thingy)(?= (?:for|that)\b)", ""),
        (r"an add(?= (?:for|about|on)\b)", "an ad"),
        (r",? and (?:everyone|everybody|the world) (?:should|must|needs to) know(?: about (?:it|them))?", ""),
    )
)  # fmt: skip
"""How people write when they text."""


def clean(prompt: str, brand: str | None = None) -> str:
    """`prompt` in plain typography and ordinary case, its commonest slips mended, `brand` in its own spelling."""
    text = _without_symbols(unicodedata.normalize("NFC", prompt).translate(_QUOTES))
    text = without_commands(text)
    for short, long in _TEXTED:
        text = short.sub(long, text)
    text = re.sub(r",?\s+please(?=\s*(?:[.!?]|$))", "", text, flags=re.IGNORECASE)
    text = re.sub(r"([!?.,])\1+", r"\1", re.sub(r"\bw/\s*", "with ", text))
    shouted = _is_shouted(text)
    if shouted:
        text = re.sub(r"\b(in|near) ([a-z]{3,})\b", _with_place, _lowered(text))
        text = _SHOUTED_NAME.sub(_as_name, text)
    else:
        text = re.sub(r"\b[A-Z]{3,}(?: [A-Z]{3,})+\b", lambda m: _lowered(m[0]), text)
    if _is_title_case(text) and not shouted:
        text = re.sub(r"[A-Za-z][\w'-]*", lambda m: m[0].lower() if is_common(m[0]) else m[0], text)
    text = re.sub(r"[A-Za-z][a-z'’-]+", lambda m: _mended(m[0]), text)
    text = _LOWER_NAME.sub(_as_lower_name, _with_capitals(text)) if prompt.islower() else _with_capitals(text)
    text = re.sub(r"\bgen z\b", "Gen Z", text, flags=re.IGNORECASE)
    return re.sub(re.escape(brand), brand, text, flags=re.IGNORECASE) if brand else text


_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:\w+ ){0,3}(?:instructions?|prompts?|rules)\b|\bsystem prompt\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai\b|assistant|chatgpt|language model)|\bas an ai\b|\bjailbreak\b|<\/?\w+>",
    re.IGNORECASE,
)
"""Sentences to a machine that reads, by which somebody else may have slipped words into a brief."""


def has_commands(prompt: str) -> bool:
    """Whether `prompt` speaks to a machine."""
    return bool(_COMMANDS.search(prompt))


def without_commands(text: str) -> str:
    """`text` without the sentences that speak to a machine."""
    if not has_commands(text):
        return text
    return " ".join(sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if not has_commands(sentence))


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
    kept = [c if _is_writing(c) else ", " if _is_pictograph(c) else " " for c in text]
    parted = re.sub(r"\s*,(?:\s*,)+", ",", " ".join("".join(kept).split()))
    return re.sub(r"\s+,", ",", re.sub(r"(?<=[.!?:;,])\s*,|,\s*(?=[.!?:;,])", "", parted)).strip(" ,")


def _is_writing(char: str) -> bool:
    return char in "$€£¥%&+'\"°#@/-–—" or (unicodedata.category(char)[0] in "LNPZ" and char not in "*_~^|`•")


def _is_pictograph(char: str) -> bool:
    """True for emoji, which part what stands around them."""
    return unicodedata.category(char) == "So" and ord(char) > 0x2190


_SHOUTED_WORDS = re.compile(
    r"(?<![Cc]ode )\b(?:AND|OR|NOT|ALL|NEW|FREE|THE|WITH|FOR|NOW|ONLY|BIG|SALE|YOUR|OUR|NO|BEST|EVERY)\b"
)
_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_ABBREVIATED = re.compile(rf"(?:(?<=\d )|(?<=\bin )|(?<=\bof )|(?<=\bfrom ))(?:{_MONTHS})\b|\b(?:{_MONTHS})(?=\.? \d)")
_SPELT_BIG = frozenset(["nyc", "uk", "usa", "eu", "diy", "b2b", "b2c", "gps", "spf", "suv", "hd", "usb-c"])


def _with_capitals(text: str) -> str:
    """`text` with the capitals that English writes in any brief, and without those that only raise the voice."""
    text = _SHOUTED_WORDS.sub(lambda m: m[0].lower(), text)
    text = re.sub(rf"\b(?:{'|'.join(_DAYS)})s?\b", lambda m: m[0].capitalize(), text)
    text = re.sub(r"\bnew york\b", "New York", text)
    text = re.sub(r"\bnew[- ]build(?=s?\b)", "new-build", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b((?:\d|in|until|before|by|from|since) )(may|march|august)\b(?! [a-z]+ (?:be|the|you))",
        lambda m: m[1] + m[2].capitalize(),
        text,
    )
    text = _ABBREVIATED.sub(lambda m: m[0].capitalize(), text)
    return re.sub(r"(?<![\w./@-])[a-z][a-z0-9-]+(?![\w@]|\.\w)", _with_capital, text)


def _with_capital(match: re.Match[str]) -> str:
    word = match[0]
    return word.upper() if word in _SPELT_BIG else PROPER.get(word, word) if word not in {"march", "august"} else word


_SHOUTED_NAME = re.compile(
    r"(?:^|(?<=[.!?,:] )|(?<= [-–—] ))(?:[a-z'&]+ ){1,3}(?:gym|bakery|cafe|café|salon|studio|clinic|hotel|pizzeria|"
    r"shelter|foundation|charity|church|restaurant|bistro|bar|pub|diner|barbershop|garage|school|academy|dental|spa)\b"
)


def _as_name(match: re.Match[str]) -> str:
    """ "Iron Temple Gym" of "iron temple gym", which was shouted: with a word nobody else uses it is a name."""
    words = match[0].split()
    return match[0] if all(map(is_common, words)) else " ".join(word.capitalize() for word in words)


_LOWER_NAME = re.compile(
    r"(?<=, )(?:[a-z'&]+ ){1,2}(?:motors?|physio|plumbing|electrics?|opticians?|dental|salon|garage|bakery|florists?|"
    r"clinic|pizzeria|studio|academy|roofing|roofers|interiors|kitchens|cars|cycles|barbers|grooming|vets|tyres|"
    r"solicitors|estates)(?: [A-Za-z]+)?(?=\s*(?:,|\.|$))"
)


def _as_lower_name(match: re.Match[str]) -> str:
    """ "by Hartley Motors Derby" of a brief in small letters: a trade behind a word nobody else uses."""
    words = match[0].split()
    strange = not is_common(words[0]) and singular(words[0]) not in NOUNS and words[0] not in {"and", "or"}
    return f"by {' '.join(word[:1].upper() + word[1:] for word in words)}" if strange else match[0]


_NOWHERE = frozenset(
    ["stock", "time", "minutes", "seconds", "hours", "days", "weeks", "total", "town", "bulk", "style"]
)


def _with_place(match: re.Match[str]) -> str:
    """ "in York" of "IN YORK"."""
    place = match[2]
    return match[0] if place in _NOWHERE or is_common(place) else f"{match[1]} {place.capitalize()}"


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
    """True when `word` is `meant` with one letter dropped, doubled or swapped inside, or a vowel for another."""
    if (word[0], word[-1]) != (meant[0], meant[-1]) or abs(len(word) - len(meant)) > 1:
        return False
    if len(word) == len(meant):
        return _is_other_vowel(word, meant) or any(
            meant == word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 2)
        )
    if len(word) > len(meant):  # "watchh", but no "contact" of "contract"
        return any(word[i] == word[i - 1] and word[:i] + word[i + 1 :] == meant for i in range(1, len(word)))
    return any(meant[:i] + meant[i + 1 :] == word for i in range(1, len(meant) - 1))


def _is_other_vowel(word: str, meant: str) -> bool:
    """ "sneekers" for "sneakers"; in short words another vowel makes another word."""
    changed = [(a, b) for a, b in zip(word, meant, strict=True) if a != b]
    return len(word) > 6 and len(changed) == 1 and all(letter in "aeiou" for letter in changed[0])


def _in_case_of(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other
