"""The noun phrase that a clause begins with, cut free of what stands around it."""

import re
from itertools import takewhile

from adgen_pipeline.studio.prompt_parser.cleaning import is_common
from adgen_pipeline.studio.prompt_parser.goods import known_noun
from adgen_pipeline.studio.prompt_parser.grammar import is_plural
from adgen_pipeline.studio.prompt_parser.subjects import DEEDS
from adgen_pipeline.studio.prompt_parser.vocabulary import ACRONYMS, DETERMINERS, LOOK_WORDS, PROPER, PUFF

LONGEST = 6
"""Words in a product's phrase; a longer one is cut back to the words around its noun."""


_TAIL = re.compile(
    r"\s+(?:(?:now|also)\s+(?=[a-z]+s\b))?(?:(?=(?-i:[a-z]+[a-hj-rtv-z]s)\s+(?:\d+|your|the|an?|its|their|our)\b|"
    r"every\b|each\b|this\b|tonight\b|today\b|"
    r"(?:work|help|keep|last|fit|make)\s+(?:in|for|on|you|your|with|up|all|it|the)\b|in\b|on\b|at\b|to\b|by\b|from\b|made\b|using\b|inspired\b|powered\b|who\b|while\b|near\b|since\b|for\b(?=\s\d)|through\b|"
    r"under\b|because\b|offering\b|is\b|are\b|have\b|speciali[sz]ing\b|drops?$|launch$|release$|based\b|located\b|serving\b|dedicated\b|delivered\b|brewed\b|engraved\b|infused\b|filled\b|packed\b|topped\b|hosted\b|crafted\b|shaped\b|distilled\b|built\b|printed\b|set\b(?=\s(?:in|on|at|against)\b)|so\b|learn\b|"
    + DEEDS
    + r"\b))",
    re.I,
)


DEED_WITH = re.compile(r"^(?:\S+ ){1,4}?\w+ing (?:an?|the|our|my|some|his|her) (.+)$", re.I)
"""A little story about the product: "an old watchmaker repairing a pocket watch"."""


_MADE_INTO = re.compile(
    r"^(?:turn(?:s|ing)?|make|sew|recycle|transform)?\s*(?:[a-z'-]+ ){1,4}into (?:an? |the )?(.+)$", re.I
)
"""What becomes of something else: "turn old denim into new bags"."""


_THAT_MAKES = re.compile(
    r"^(?:makes?|sells?|builds?|offers?|bakes?|designs?|creates?|provides?|(?:get|enjoy|grab|taste|discover|shop|"
    r"experience|order|buy)(?!\s+(?:your|the|it|up|out|to|a|an)\b|\s+\d)(?=\s+[a-z]))\s+",
    re.I,
)


_SALE_OF = re.compile(
    r"^(?:summer|winter|spring|autumn|christmas|easter|flash|clearance|black friday) sale (?=[a-z])", re.I
)
"""The occasion before the goods of "summer sale sneakers", which is told by itself."""


def phrase_of(text: str, told: bool = False) -> tuple[str, str]:
    """The noun phrase `text` begins with, and the words after it."""
    text = _SALE_OF.sub("", _THAT_MAKES.sub("", text))
    if told:
        text = re.sub(r"^.*\b(?:our|my)\s+", "", text)
    for story in (DEED_WITH, _MADE_INTO):
        if (told_of := story.match(text)) and known_noun(told_of[1]):
            text = told_of[1]
    head, *tail = _TAIL.split(text, maxsplit=1)
    words = head.strip(" ,.!?:-–—").split()
    while words and (words[0].lower().strip(",") in DETERMINERS | PUFF | {"and", "of", "for", "both"}):
        words.pop(0)
    words = [w for i, w in enumerate(words) if not (i and words[i - 1].lower() == "and" and w.lower() in DETERMINERS)]
    if (
        words
        and words[0][1:].islower()
        and not _is_name(words)
        and (any(map(is_common, words[0].split("-"))) or (words[1:] == [] and is_plural(words[0])))
    ):
        words[0] = words[0].lower()
    words, look = _without_look(_shortened(words))
    return " ".join(words), " ".join([*look, *tail])


def _is_name(words: list[str]) -> bool:
    """True for "Apple Watch", not for "Luxury Swiss-style watch"."""
    if (re.search(r"-[a-z]", words[0]) and not any(map(is_common, words[0].split("-")))) or words[1:2] == ["&"]:
        return True
    if words[1:2] == ["of"] and words[2:] and words[2][0].isupper():
        return True
    second = words[1] if len(words) > 1 else ""
    return second[:1].isupper() and second.split("-")[0].lower() not in {*PROPER, *ACRONYMS}


def _without_look(words: list[str]) -> tuple[list[str], list[str]]:
    """ "sunglasses summer beach retro" cut behind its noun where words of look follow."""
    noun = known_noun(" ".join(words))
    after = words[noun[1] :] if noun else []
    if any(word.lower() in LOOK_WORDS or re.fullmatch(r"\d0s", word) for word in after):
        return words[: len(words) - len(after)], after
    return words, []


def _shortened(words: list[str]) -> list[str]:
    """At most `LONGEST` words beside the name they may begin with, those around the known noun."""
    if len(words) - len(leading_name(words)) <= LONGEST:
        return words
    noun = known_noun(" ".join(words))
    if noun is None:
        return []
    if noun[1] <= LONGEST and _ends_in_name(words[noun[1] :]):
        return words
    end = len(words) if len(words) - noun[1] < 3 else noun[1]  # the converter of "standing desk converter"
    return words[max(0, noun[0] - 3) : end]


def _ends_in_name(words: list[str]) -> bool:
    """True for "Sound of the Fields" behind "indie music festival"."""
    return (
        words[:1] != []
        and words[0][0].isupper()
        and all(w[0].isupper() or w in {"of", "the", "in", "and", "&"} for w in words)
    )


def leading_name(words: list[str]) -> list[str]:
    """ "UltraComfort ProSeries" of "UltraComfort ProSeries ergonomic standing desk"."""
    return list(takewhile(lambda word: word[0].isupper() and may_be_name(word), words))


def may_be_name(word: str) -> bool:
    return not is_common(word) and word.lower() not in ACRONYMS


def is_known_case(words: list[str]) -> bool:
    return all(word.lower() in {*PROPER, *ACRONYMS} for word in words)
