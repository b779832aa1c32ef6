"""Names in a brief: quoted lines, what something is called, and capitals in the middle of a sentence."""

import re
from typing import NamedTuple

from adgen_pipeline.studio.prompt_parser.clauses import Clause
from adgen_pipeline.studio.prompt_parser.cleaning import is_common
from adgen_pipeline.studio.prompt_parser.product import Product
from adgen_pipeline.studio.prompt_parser.subjects import AFTER_VERB, is_name
from adgen_pipeline.studio.prompt_parser.vocabulary import ACRONYMS, CALL_VERBS, PROPER

_QUOTED = re.compile(r"\"([^\"]{2,80})\"|(?<![\w])'([^']{2,80}(?:'\w[^']*)*)'(?!\w)")
_TAGLINE = re.compile(
    r"(?:,?\s*(?:and|with|using|our|the|a|an))*\s*\b(?:tag ?line|slogan|motto|headline|line|says?|saying|text|"
    r"words|voiceover)"
    r"(?: is| of|:)?\s*$",
    re.I,
)
_CALL = re.compile(
    r"[^.]*\b(?:cta|call to action|call-to-action|button|end(?:s|ing)? (?:with|on)|close with)(?: is|:)?\s*$", re.I
)
_CLOSING = re.compile(r"\b(?:end(?:s|ing)?|close) (?:with|on)(?: the words?| the line)?:?\s*$", re.I)
_NAME = r"(?<![\w-])(?:\d+(?=[A-Z]))?[A-ZÀ-Þ][\w'&+À-ÿ-]*(?:\.\w+)?"
_NAMES = re.compile(rf"{_NAME}(?:\s+(?:(?:of|the|&|de|la|le|in|at|and)\s+){{0,2}}(?:{_NAME}|\d[\w.]*))*")
_CALLED = re.compile(rf"\b(?:called|named|name is|by|brand|company|label)\s+(?P<name>(?:{_NAMES.pattern}))")


_AT = re.compile(
    rf"\b(?:(?:[Ss]ale|[Oo]pening|[Ww]eek|[Ff]riday|\w*[Dd]ays?|[Oo]ffers?|"
    r"off|free|team|jobs?|careers?|work|role) (?:at|of)|(?:^|[,.] )at|"
    rf"at(?= [A-Z]\w*'s)) (?P<name>(?:{_NAMES.pattern}))"
)
_DO = (
    r"(?:Get|Enjoy|Learn|Rent|Track|Save|Earn|Find|Grow|Buy|Sell|Send|Manage|Plan|Build|Fly|Travel|Book|Order|Cook|"
    r"Stream|Discover|Sleep|Eat|Shop|Stay|Make|Take|Turn|Keep|Invest|Drive|Ride|Wake|Feel|Scan|Pay|Run|"
    r"Switch|Create|Design|Write|Read|Watch|Listen|Play|Compare|Choose|Hire|Share|Protect|Cut|Split|Edit|"
    rf"[A-Z][a-z]+(?= {AFTER_VERB}\b))"
)
_WITH_US = re.compile(rf"(?:^|[.!?] ){_DO} (?:[\w',-]+ )+?with (?P<name>(?:{_NAMES.pattern}))")
"""Whose help the viewer has: "Rent out your spare room with Roomly"; "a laptop with RTX graphics" names a part."""

_THE_APP = re.compile(
    rf"\b(?:[Dd]ownload|[Gg]et|[Ii]nstall|[Tt]ry|[Jj]oin|[Vv]isit) (?:the |our )?(?P<name>(?:{_NAMES.pattern}))"
)


class Quoted(NamedTuple):
    """What stood in quotation marks: a name, a tagline, or the words of the button."""

    name: str | None = None
    tagline: str | None = None
    call_to_action: str | None = None


def quoted(text: str) -> tuple[Quoted, str]:
    """The quoted lines of `text`, and `text` without quoted taglines and calls; a quoted name stays in its place."""
    found: dict[str, str] = {}

    def note(match: re.Match[str]) -> str:
        words = (match[1] or match[2]).strip(" ,.") if match[1] or match[2] else ""
        before = text[: match.start()]
        if _CALL.search(before) and (not _CLOSING.search(before) or re.match(CALL_VERBS, words, re.I)):
            found.setdefault("call_to_action", words)
            return "\0"
        if _TAGLINE.search(before) or _CLOSING.search(before):
            found.setdefault("tagline", (match[1] or match[2]).strip())
            return "\0"
        found.setdefault("name", words)
        return words

    marked = _QUOTED.sub(note, text)
    while "\0" in marked:
        before, after = marked.split("\0", 1)
        before = _CLOSING.sub("", before) if _CLOSING.search(before) else before
        before = _CALL.sub("", before) if _CALL.search(before) else _TAGLINE.sub("", before)
        marked = f"{before.rstrip(' ,')}{after if after[:1] in ('', '.', ',') else ', ' + after.lstrip()}"
    return Quoted(**found), marked.strip(" ,")


def maker_in(text: str) -> str | None:
    """Who made what is quoted: "Maison Verel" of "'Nuit d'Ambre' by Maison Verel"."""
    made = re.search(rf"\bby (?P<name>(?:{_NAMES.pattern}))", text)
    return made["name"] if made and not _is_place_or_day(made["name"]) else None


def brand_in(parts: list[Clause], product: Product | None, text: str) -> str | None:
    """The brand the text names: in the product's own words, else by "called", "by" or "from"."""
    if product and product.named and all(map(_could_stand_in_name, product.phrase.split())):
        return product.phrase
    if product and (name := _name_in(product.phrase, text)):
        return name
    if called := _CALLED.search(text):
        return called["name"] if not _is_place_or_day(called["name"]) else None
    if at := _name_at(text):
        return at
    return None if product else _name_in(text, text, surely=False)


def _name_at(text: str) -> str | None:
    """Who sells: "a sale at Nordlys", "Get fresh pasta with Pastabox", "Download the QuickCart app"."""
    for pattern in (_AT, _WITH_US, _THE_APP):
        for match in pattern.finditer(text):
            if is_name(match["name"]) and not _is_place_or_day(match["name"]):
                return match["name"]
    return None


def _name_in(phrase: str, text: str, *, surely: bool = True) -> str | None:
    """A name in `phrase`; unless `surely` in a product's words, neither a place nor the verb of a sentence."""
    for match in _NAMES.finditer(phrase):
        name = _without_verb(match[0])
        first = name.split()[0]
        starts_sentence = bool(re.search(r"(?:^|[.!?:]\s+)" + re.escape(name), text))
        if (
            len(name.split()[0]) == 1
            or _is_place_or_day(name)
            or re.search(r"-[a-z]", name)
            or (starts_sentence and " " not in name and is_common(first))
            or (not surely and re.search(rf"(?:^|[.!?:]\s+){re.escape(name)} [a-z]", text))
            or (not surely and re.search(rf"\b(?:in|to|near|from) {re.escape(name)}", text))
        ):
            continue
        return name.removesuffix("'s")
    return None


def _could_stand_in_name(word: str) -> bool:
    return not word[0].islower() or word in {"of", "the", "in", "at", "and", "de", "la", "le"}


def _without_verb(name: str) -> str:
    """ "QuickCart" of "Download the QuickCart", where a sentence begins with its verb."""
    return re.sub(rf"^{CALL_VERBS}\s+(?:the |our )?(?=[A-Z])", "", name, flags=re.IGNORECASE)


def _is_place_or_day(name: str) -> bool:
    if re.search(r"\b(?:Day|Eve|Year|Friday|Monday|Week)$", name):
        return True
    return all(word.lower() in PROPER or word.lower() in ACRONYMS or re.match(r"\d", word) for word in name.split())
