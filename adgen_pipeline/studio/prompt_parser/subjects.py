"""Who a sentence is about: "Ledgerly is a ...", "Morning Post: a ...", "lumo makes ...", "Velo, an ..."."""

import re
from typing import NamedTuple

from adgen_pipeline.studio.prompt_parser.categories import NOUNS
from adgen_pipeline.studio.prompt_parser.cleaning import is_common, is_known
from adgen_pipeline.studio.prompt_parser.grammar import is_plural, singular
from adgen_pipeline.studio.prompt_parser.vocabulary import AD_NOUNS, CALL_VERBS, PEOPLE, PROPER

DEEDS = (
    r"(?:gives?|needs|lets|helps?|keeps?|contains?|sets|weighs|stops|removes|includes|features|brings|turns|maps|comes|"
    r"makes|delivers|fits|folds|works|uses|saves|cleans|cooks|charges|tracks|teaches|connects|protects|provides|"
    r"offers|has|plays|sings|glows|runs|lasts|takes|does|finds|writes|plans|automates|builds|grows|trains|supports|"
    r"serves|ships|sells|"
    r"compares|checks|sends|tells|translates|measures|heats|cools|sorts|matches|answers|creates|reminds|blocks|warns|"
    r"counts|brightens|softens|hydrates|moisturi[sz]es|nourishes|reduces|improves|boosts|fights|prevents|restores|"
    r"refreshes|energi[sz]es|bakes|brews|roasts|filters|purifies|detects|learns|adapts|recycles|repairs|replaces)"
)
"""Verbs by which a sentence goes on from its product."""

AFTER_VERB = r"(?:an?|the|your|our|my|their|its|his|her|it|them|you|us|every|all|any|out|up|away)"
"""Words that follow a verb and no noun: "closes the books", "rent out your room"."""

_WORD = r"(?:\d+(?=[A-Z]))?[A-ZÀ-Þ][\w'&+À-ÿ-]*(?:\.\w+)?"
_NAME = rf"(?P<name>{_WORD}(?:\s+(?:(?:of|the|in|at|and|&|de|la|le)\s+){{0,2}}(?:{_WORD}|\d[\w.]*)){{0,3}})"
_LOWER = r"(?P<lower>[a-z][a-z0-9]{2,})"
_IS = r"\s+(?:is|are)\s+(?=\S)"
_SELLS = (
    r"\s+(?:makes?|sells?|bakes?|builds?|designs?|creates?|offers?|serves?|ships?|delivers?|brews?|roasts?)"
    r"\s+(?=\S+)(?!it\b|you\b|your\b|sure\b)"
)
_DOES = rf"\s+(?=(?i:{DEEDS})\b|[a-z]+[a-rt-z]s\s+{AFTER_VERB}\b)"
_APPOSED = r"(?:\s*:|\s+[-–—]+|\s*—|,(?=\s+an?\s))\s+(?=\S)"
_OPENING = re.compile(
    rf"^(?:[Tt]he (?=[A-Z]\w+ [-–—] ))?{_NAME}"
    rf"(?:(?P<apposed>{_APPOSED})|(?P<is>{_IS})|(?P<sells>{_SELLS})|(?P<does>{_DOES}))(?P<rest>.+)$"
)
_LOWER_OPENING = re.compile(
    rf"^{_LOWER}(?:(?P<apposed>\s+[-–—]+\s+|:\s+)|(?P<is>\s+is\s+(?=an?\s))|(?P<sells>{_SELLS})|"
    r"(?P<does>\s+(?=(?:helps|lets|connects|automates|tracks|brings)\b)))(?P<rest>.+)$"
)
_AFTER_FOR = re.compile(rf"^(?:(?:the|our) )?{_NAME}(?:,|:)\s+(?P<rest>(?:[a-z]|[A-Z0-9]+\s).*)$")
NAMED_TRADE = re.compile(
    r"^(?:my|our|the|an?) (?:[\w'-]+ ){0,3}?(?:company|startup|business|brand|shop|store|firm)(?: called)? "
    r"(?P<name>[A-Z][\w'&-]*(?: (?:[A-Z]|&)[\w'-]*)*),? (?:which|that|who|and we|we) "
    r"(?:makes?|sells?|builds?|offers?|bakes?|designs?|creates?|brews?|roasts?|rents?) (?P<rest>.+)$"
)
"""Who sells what in "our company Northwind Bikes, which builds cargo e-bikes"."""


_ADVERBS = frozenset(
    ["finally", "simply", "really", "lately", "luckily", "actually", "honestly", "currently", "recently", "ideally"]
)


_KNOWN_WORDS_BY = 5
"""Words after "driftwood - " among which goods must stand: else a lower-case word is no name."""


class Subject(NamedTuple):
    """The name a sentence begins with, and what it says of it: `link` is "that" before a deed, "we" before goods."""

    name: str
    link: str
    rest: str


def subject_of(sentence: str) -> Subject | None:
    """The name `sentence` begins with, if it goes on as one speaks of a name."""
    match = _OPENING.match(sentence)
    if match and (not is_name(match["name"]) or (match["apposed"] and _is_goods_itself(match["name"], match["rest"]))):
        match = None
    if match is None and (lower := _LOWER_OPENING.match(sentence)):
        match = lower if _tells_goods(lower) and _is_coined(lower["lower"]) and not _is_noun(lower["lower"]) else None
    if match is None:
        return None
    found = match.groupdict()
    link = "that" if found["does"] is not None else "we" if found["sells"] else ""
    return Subject(found.get("name") or found["lower"], link, found["rest"])


def _tells_goods(lower: re.Match[str]) -> bool:
    """A word and a dash make a name only before goods: "driftwood - handmade surfboards"."""
    return not lower["apposed"] or names_goods(lower["rest"])


def _is_goods_itself(name: str, rest: str) -> bool:
    """ "Kayaks: ..." is about kayaks, and "Hotel Aurora - rooms ..." about the hotel."""
    return (" " not in name and is_plural(name)) or (any(map(_is_noun, name.split())) and not names_goods(rest))


def names_before(name: str, goods: str) -> bool:
    """Whether "Zapp" stands before "meals in 5 minutes": a name that nobody else has, then goods in small letters."""
    plain = re.fullmatch(rf"{_WORD}(?: (?:& )?{_WORD}){{0,3}}", name)
    return bool(plain and goods[:1].islower() and is_name(name) and names_goods(goods))


def names_goods(words: str) -> bool:
    """Whether `words` begin with goods that are known."""
    return any(map(_is_noun, re.findall(r"[\w-]+", words)[:_KNOWN_WORDS_BY]))


def apposed_after_for(text: str) -> Subject | None:
    """ "Ledgerly" of "(an ad for) Ledgerly, accounting software": here a capital can only be a name's."""
    match = _AFTER_FOR.match(text)
    return Subject(match["name"], "we", match["rest"]) if match and is_name(match["name"]) else None


def is_name(words: str) -> bool:
    """True for "Ledgerly", "Morning Post" and "Studio54"; not for "Leather", "Video Ad" or "Friday"."""
    first, *others = words.split()
    last = words.split()[-1]
    if re.fullmatch(rf"{CALL_VERBS}|{AD_NOUNS}", first, re.I) or re.fullmatch(AD_NOUNS, last, re.I):
        return False
    if all(word.lower() in PROPER for word in words.split()) or singular(last) in PEOPLE:
        return False
    if not others or _is_noun(last):
        return _is_coined(first) and (bool(others) or not _is_noun(first))
    return any(word[0].isupper() for word in others)


def _is_coined(word: str) -> bool:
    """True for "Velo" and "Ledgerly", not for "Leather" and "Finally"."""
    ends_like_adverb = word.endswith("ly") and not is_known(word) and word.lower() not in _ADVERBS
    return ends_like_adverb or not (is_common(word) or word.isdigit())


def _is_noun(word: str) -> bool:
    return singular(word) in NOUNS
