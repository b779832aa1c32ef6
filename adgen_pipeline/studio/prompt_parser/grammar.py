"""Enough English to set a customer's words in a line: number, articles, case, and how they are spoken."""

import re
from collections.abc import Iterable

from adgen_pipeline.studio.prompt_parser.vocabulary import ACRONYMS, FUNCTION_WORDS

WORDS_A_SECOND = 2.3
"""How fast the voice speaks, a cautious figure."""

LEAD_SECONDS = 0.4
"""Silence between the start of a scene and its first word."""

_SMALL = frozenset(
    ["a", "an", "the", "of", "for", "to", "in", "and", "or", "by", "with", "at", "on", "from", "as", "per"]
)
_SINGULAR_S = re.compile(r"(?:ss|us|is|ness|news|lens|series|'s)$")


def is_plural(noun: str) -> bool:
    """True for "headphones" and "feet", not for "glass" or "series"."""
    word = noun.lower()
    return word in {"people", "men", "women", "children", "feet", "teeth"} or (
        word.endswith("s") and not _SINGULAR_S.search(word)
    )


def singular(noun: str) -> str:
    """The form under which a noun stands in the vocabulary: "watches" and "Watch's" as "watch"."""
    word = re.sub(r"['’]s$", "", noun.lower())
    irregular = {"women": "woman", "men": "man", "children": "child", "people": "people", "knives": "knife"}
    if word in irregular or not is_plural(word):
        return irregular.get(word, word)
    if word.endswith("ies") and len(word) > 4 and word not in {"cookies", "movies", "hoodies", "foodies", "smoothies"}:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss|z)es$", word):
        return word[:-2]
    return word[:-1]


def with_article(phrase: str) -> str:
    """ "a luxury watch", "an SUV", "an hour": by the sound of the first word."""
    first = phrase.split()[0]
    spelled = first.isupper() and len(first) > 1 and first.lower() in ACRONYMS
    vowel = (
        first[0] in "AEFHILMNORSX" if spelled else bool(re.match(r"(?i)[aeiou]|hour|honest|heir|8|11\b|18\b", first))
    )
    if re.match(r"(?i)uni[^mn]|use|usu|eu|one\b|once", first) and not spelled:
        vowel = False
    return f"{'an' if vowel else 'a'} {phrase}"


def sentence_case(text: str) -> str:
    """`text` with its first letter raised; names like "iPhone" keep theirs."""
    return text[:1].upper() + text[1:] if not re.match(r"[a-z][A-Z]", text) else text


def title_case(text: str) -> str:
    """Each word raised but the small ones; units after a number, names and addresses stay as they are."""
    words = text.split()
    raised = [word if _keeps_case(words, i) else _raise(word) for i, word in enumerate(words)]
    return " ".join(raised)


def _keeps_case(words: list[str], index: int) -> bool:
    word = words[index]
    if index == 0:
        return bool(re.match(r"[a-z][A-Z]|\w+\.\w", word))
    after_number = bool(re.match(r"[\d.,$€£]+$", words[index - 1])) and len(word) <= 3
    after_stop = words[index - 1][-1] in ".!?"
    return (word.lower() in _SMALL and not after_stop) or after_number or not word[0].islower() or "." in word[:-1]


def _raise(word: str) -> str:
    return "-".join(part if part in _SMALL else sentence_case(part) for part in word.split("-"))


_CURRENCIES = {"$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds"), "¥": ("yen", "yen")}
_UNITS = {
    "m": "metres", "km": "kilometres", "cm": "centimetres", "mm": "millimetres", "mi": "miles", "ft": "feet",
    "kg": "kilograms", "g": "grams", "mg": "milligrams", "lb": "pounds", "lbs": "pounds", "oz": "ounces",
    "ml": "millilitres", "l": "litres", "h": "hours", "hr": "hours", "hrs": "hours", "min": "minutes",
    "mins": "minutes", "gb": "gigabytes", "tb": "terabytes", "mb": "megabytes", "hz": "hertz", "w": "watts",
    "kw": "kilowatts", "kwh": "kilowatt hours", "mah": "milliamp hours", "mph": "miles an hour",
    "mp": "megapixels", "hp": "horsepower", "kcal": "calories",
}  # fmt: skip


_AMOUNTS = frozenset({"g", "kg", "mg", "oz", "lb", "lbs", "ml", "l", "gb", "tb", "mb", "kcal"})


def speakable(text: str) -> str:
    """`text` as a voice should read it: "$49" as "49 dollars", "20% off" as "20 per cent off"."""
    text = re.sub(r"([$€£¥])\s?(\d[\d,]*)(?:\.(\d{2}))?", _spoken_price, text)
    text = re.sub(r"(\d)\s?%", r"\1 per cent", text)
    text = re.sub(r"(?<![\w.])(\d[\d.,]*)\s?([A-Za-z]+)\b(?!-)", _spoken_unit, text)
    text = re.sub(r"\b24/7\b", "24 7", text)
    text = re.sub(r"(\d)/(\d+)\b", r"\1 out of \2", text)
    text = re.sub(r"\s*/\s*(month|year|week|day|night|person|mo|yr)\b", r" a \1", text)
    text = text.replace("&", "and").replace("°C", " degrees").replace("°", " degrees")
    text = re.sub(r"(\d)\s?\+", r"\1 plus", text)
    text = re.sub(r"(\w)\+", r"\1 plus", text)
    text = re.sub(r"\b(\d{1,2})\s?[-–]\s?(\d{1,2})\b(?!-)", r"\1 to \2", text)
    text = re.sub(r"(?<=\d)-(?=\d)", " ", text)
    text = re.sub(r"\s*[–—]\s*", ", ", text)
    text = re.sub(r"#(\d)", r"number \1", text)
    return " ".join(re.sub(r"[#*_@|~^\"“”()\[\]]", " ", text).split())


def _spoken_price(match: re.Match[str]) -> str:
    sign, whole, cents = match.groups()
    one, many = _CURRENCIES[sign]
    return f"{whole} {one if whole == '1' else many}" + (f" {cents}" if cents and cents != "00" else "")


def _spoken_unit(match: re.Match[str]) -> str:
    number, unit = match.groups()
    if unit.lower() not in _UNITS or (len(unit) == 1 and unit.isupper() and unit != "L"):
        return match[0]
    name = _UNITS[unit.lower()]
    noun_follows = re.match(
        r" (?!(?:of|from|to|in|per|a|an|and|or|on|at|deep|wide|tall|long|high|away|total)\b)[a-z]",
        match.string[match.end() :],
    )
    if not noun_follows:
        return f"{number} {name}"
    return f"{number} {name} of" if unit.lower() in _AMOUNTS else f"{number} {name.removesuffix('s')}"


def spoken_words(text: str) -> int:
    """How many words the voice will say: "1,299 dollars" are seven."""
    return sum(_spoken_length(token) for token in re.findall(r"[\w'’.,/]+", text) if re.search(r"\w", token))


def _spoken_length(token: str) -> int:
    digits = re.sub(r"\D", "", token)
    if not digits:
        return 1
    scales = (len(digits) - 1) // 3 + sum(d != "0" for d in digits[-3::-3])
    return max(1, sum(d != "0" for d in digits)) + scales + ("." in token.strip(".,"))


def spoken_seconds(text: str) -> float:
    """How long `text` takes to say, with the lead before it."""
    return LEAD_SECONDS + spoken_words(text) / WORDS_A_SECOND


def as_sentence(text: str) -> str:
    """`text` as one spoken sentence, with its stop."""
    text = sentence_case(speakable(text.strip(" ,;:")))
    return text if text[-1:] in ".!?" else f"{text}."


def in_words(items: Iterable[str]) -> str:
    """ "gold", "gold and black", "gold, black and cream"."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def is_function_word(word: str) -> bool:
    """True for words that carry no content of their own."""
    return word.lower().strip(".,!?") in FUNCTION_WORDS
