"""A line as it is spoken: numbers, prices and units in words, and how long it takes to say."""

import re

from adgen_pipeline.studio.prompt_parser.grammar import sentence_case

WORDS_A_SECOND = 2.3
"""How fast the voice speaks at most, a cautious figure."""

LEAD_SECONDS = 0.4
"""Silence between the start of a scene and its first word."""

_SYLLABLE, _STOP, _COMMA, _ATTACK = 0.19, 0.88, 0.25, 0.3
"""Seconds a syllable and a pause take: fitted to 137 lines of the studio's own voice (standard deviation 0.24 s)."""

_CURRENCIES = {
    "$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds"), "¥": ("yen", "yen"),
    "₹": ("rupee", "rupees"), "₳": ("dirham", "dirhams"), "₣": ("franc", "francs"),
}  # fmt: skip
_CODES = {"rs": "₹", "inr": "₹", "aed": "₳", "chf": "₣", "usd": "$", "eur": "€", "gbp": "£"}
"""How sums are written besides; the signs of dirhams and francs stand for them in here alone."""

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
    text = re.sub(r"\s\(([^()]+)\)", r", \1", text)
    text = re.sub(r"\bincl\.?(?=\s)", "including", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=[a-z])\s\+\s(?=[a-z])", " and ", text)
    text = re.sub(
        rf"(?<!\w)({'|'.join(_CODES)})\.?\s?(?=\d)", lambda m: _CODES[m[1].lower()], text, flags=re.IGNORECASE
    )
    text = re.sub(r"(?<=[$€£¥₹])\s?(\d[\d.,]*)([kKmM])\b", _spoken_thousands, text)
    text = re.sub(r"(?<=\d)[kK]\b(?= [a-z])", " thousand", text)
    text = re.sub(rf"(\d[\d.,]*)\s?({'|'.join(_CODES)})\b", lambda m: _CODES[m[2].lower()] + m[1], text, flags=re.I)
    text = re.sub(r"(\d[\d.,]*)\s?([€£])(?!\s?\d)", r"\2\1", text)
    text = re.sub(r"(?<=[$€£¥])(\s?\d{1,3})((?:\.\d{3})+)(?!\d)", lambda m: m[1] + m[2].replace(".", ","), text)
    text = re.sub(r"(?<=[$€£¥])(\s?\d+),(\d{2})(?!\d)", r"\1.\2", text)
    text = re.sub(r"([$€£¥₹₳₣])\s?(\d(?:[\d,]*\d)?)(?:\.(\d{2}))?( thousand| million)?", _spoken_price, text)
    text = re.sub(r"(?<![\w%])-\s?(\d+)\s?%(?: off\b)?", r"\1% off", text)
    text = re.sub(r"(\d)\s?%", r"\1 per cent", text)
    text = re.sub(r"(\d)\s?km/h\b", r"\1 kilometres an hour", text)
    text = re.sub(r"(?<![\w.])(\d[\d.,]*)\s?([A-Za-z]+)\b(?!-)", _spoken_unit, text)
    text = re.sub(r"\b24/7\b", "24 7", text)
    text = re.sub(r"(\d)/(\d+)\b", r"\1 out of \2", text)
    text = re.sub(r"\s*/\s*(month|year|week|day|night|person|mo|yr)\b", r" a \1", text)
    text = re.sub(r"\s*/\s*(?:h|hr|hour)\b", " an hour", text)
    text = text.replace("&", "and").replace("°C", " degrees").replace("°", " degrees")
    text = re.sub(r"(\d)\s?\+", r"\1 plus", text)
    text = re.sub(r"(\w)\+", r"\1 plus", text)
    text = re.sub(r"\b(\d{1,2})\s?[-–]\s?(\d{1,2})\b(?!-)", r"\1 to \2", text)
    text = re.sub(r"(?<=\d)-(?=\d)", " ", text)
    text = re.sub(r"\s*[–—]\s*", ", ", text)
    text = re.sub(r"#(\d)", r"number \1", text)
    return " ".join(re.sub(r"[#*_@|~^\"“”()\[\]]", " ", text).split())


def _spoken_thousands(match: re.Match[str]) -> str:
    """ "245 thousand" of "245k"."""
    return f"{match[1]} {'thousand' if match[2].lower() == 'k' else 'million'}"


def _spoken_price(match: re.Match[str]) -> str:
    sign, whole, cents, scale = match.groups()
    one, many = _CURRENCIES[sign]
    return f"{whole}{scale or ''} {one if whole == '1' and not scale else many}" + (
        f" {cents}" if cents and cents != "00" else ""
    )


def _spoken_unit(match: re.Match[str]) -> str:
    number, unit = match.groups()
    if unit.lower() not in _UNITS or (len(unit) == 1 and unit.isupper() and unit != "L"):
        return match[0]
    name = _UNITS[unit.lower()]
    noun_follows = re.match(
        r" (?!(?:of|for|with|from|to|in|per|a|an|and|or|on|at|deep|wide|tall|long|high|away|total)\b)[a-z]",
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
    """How long `text` takes to say, with the lead before it; the longer of two estimates, as words run over easily."""
    stops, commas = len(re.findall(r"[.!?]\s", text)), len(re.findall(r",\s", text))
    measured = _SYLLABLE * _syllables(text) + _STOP * stops + _COMMA * commas + _ATTACK
    return LEAD_SECONDS + max(spoken_words(text) / WORDS_A_SECOND, measured)


def _syllables(text: str) -> float:
    return sum(_sounds(token) for token in re.findall(r"[\w'’.,/]+", text))


def _sounds(token: str) -> float:
    if re.search(r"\d", token):
        return 1.7 * _spoken_length(token)
    return max(1, len(re.findall(r"[aeiouyà-ÿ]+", token.lower().rstrip("e.,!?")))) if re.search(r"\w", token) else 0


def as_sentence(text: str) -> str:
    """`text` as one spoken sentence, with its stop."""
    text = sentence_case(speakable(text.strip(" ,;:")))
    return text if text[-1:] in ".!?" else f"{text}."
