"""The words in an ad that claim something, and whether its brief says them."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["number", "per cent", "money", "date", "superlative", "origin", "proof"]


class Claim(NamedTuple):
    """One claim: its kind, the words that make it (lower case, as written), and the line it stands in."""

    kind: Kind
    words: str
    line: str


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MONEY = re.compile(
    rf"[$€£¥]\s?{_NUMBER}|{_NUMBER}\s?(?:dollars?|euros?|pounds?|yen|usd|eur|gbp)\b(?: \d\d\b)?", re.IGNORECASE
)
_PER_CENT = re.compile(rf"{_NUMBER}\s?(?:%|percent|per cent)", re.IGNORECASE)
_FIGURE = re.compile(_NUMBER)
_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundreds?|thousands?|"
    r"millions?|dozens?|half|halves|double|triple|twice)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|"
    r"november|december|black friday|cyber monday|christmas|easter|weekend|until|ends|limited time|last chance|hurry|"
    r"24/7|delivered)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:\w+est|most|#\s?1|number one|no\. ?1|perfect|ultimate|unique|leading|superior|unbeatable|unmatched|"
    r"world'?s|world-class|first-class|only|better|faster|cheaper|lighter|stronger|smarter|easier|softer|quieter|"
    r"safer|cleaner|greater|healthier|brighter|more than|less than|exclusive|revolutionary|innovative|advanced|premium|"
    r"luxury|high-quality|quality|powerful|amazing|incredible)\b",
    re.IGNORECASE,
)
_NO_SUPERLATIVE = re.compile(
    r"(?:re|te|gue|we|che|hone|fore|reque|intere|ne|fe|que|inve|harve|sugge|dige|conte|prote|arre|cre|ve|ze|mode)st"
)
_ORIGIN = re.compile(
    r"\b(?:swiss|switzerland|ital(?:y|ian)|french|france|german(?:y)?|japan(?:ese)?|portug(?:al|uese)|spa(?:in|nish)|"
    r"british|england|scottish|irish|american|europe(?:an)?|danish|swedish|nordic|belgian|tuscan\w*|paris|london|"
    r"florence|hand-?made|handcrafted|hand-crafted|handwoven|home-?made|artisan\w*|locally|local|imported|"
    r"made (?:in|of|from|with)|crafted|sourced|family-run|small-batch|single-origin)\b",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\b(?:awards?|award-winning|winning|winner|clinical\w*|doctors?|dentists?|dermatolog\w+|experts?|scien\w+|studies|"
    r"customers?|clients|users|reviews?|rated|stars?|five-star|certifi\w+|guarante\w+|warranty|free|new|newest|natural\w*|"
    r"sustainab\w+|eco\w*|green|organic|vegan|recycl\w+|biodegradab\w+|proven|tested|trusted|approved|recommended|"
    r"official|authentic|original|genuine|safe|healthy|patented|secure|insured|licensed|lifetime|money-back|waterproof|"
    r"durable|fresh\w*|pure|real|since|established|tradition\w*|famous|popular|loved|favou?rite|bestsell\w+|b corp|"
    r"sale|discount|save|off)\b",
    re.IGNORECASE,
)
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("number", _COUNT), ("date", _DATE), ("superlative", _SUPERLATIVE), ("origin", _ORIGIN), ("proof", _PROOF),
)  # fmt: skip


def claims_in(line: str) -> Iterator[Claim]:
    """Every claim of `line`, sums and shares before bare figures."""
    rest = line
    for kind, pattern in (("money", _MONEY), ("per cent", _PER_CENT), ("number", _FIGURE)):
        for match in pattern.finditer(rest):
            yield Claim(kind, match[0].lower(), line)
        rest = pattern.sub(" ", rest)
    for kind, pattern in _WORDS:
        for match in pattern.finditer(line):
            if not _NO_SUPERLATIVE.fullmatch(match[0].lower()):
                yield Claim(kind, match[0].lower(), line)


def is_traced(claim: Claim, brief: str) -> bool:
    """Whether `brief` makes `claim`: the same sum, share or figure, or the same word beside the same neighbour.

    A word that is followed by another in the ad ("free shipping", "new shoe") must be followed by it in the brief too,
    or must end its phrase there.
    """
    if claim.kind in ("money", "per cent"):
        pattern = _MONEY if claim.kind == "money" else _PER_CENT
        return _figures(claim.words) in {_figures(match[0]) for match in pattern.finditer(brief)}
    if re.fullmatch(_NUMBER, claim.words):
        return _figures(claim.words) in {_figures(figure) for figure in _FIGURE.findall(brief)}
    if claim.words == "off" and re.search(r"-\s?\d+\s?%", brief):
        return True  # "-20%", spoken
    return bool(re.search(rf"(?<!\w){re.escape(claim.words)}(?!\w)", brief, re.IGNORECASE)) and _keeps_company(
        claim, brief
    )


_COMPANY = re.compile(
    r"\b(?:free|new|only|best|most|first|tested|certified|recommended|trusted)\s+([a-z]+)", re.IGNORECASE
)


def _keeps_company(claim: Claim, brief: str) -> bool:
    """What is "free" or "tested" in the ad is free or tested in the brief."""
    said = {match[0].lower() for match in _COMPANY.finditer(brief)}
    told = [match[0].lower() for match in _COMPANY.finditer(claim.line) if match[0].lower().startswith(claim.words)]
    return all(pair in said for pair in told)


def _figures(text: str) -> float:
    """The value of "$1,299.00", "1299 dollars" and "39 dollars 99"."""
    if spoken := re.fullmatch(rf"({_NUMBER})\s?[a-z]+ (\d\d)", text, re.IGNORECASE):
        return float(spoken[1].replace(",", "")) + int(spoken[2]) / 100
    found = _FIGURE.search(text)
    return float(found[0].replace(",", "")) if found else 0.0
