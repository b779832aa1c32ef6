"""Prices, reductions and dates in a prompt, taken out exactly as they are written."""

import re

from adgen_pipeline.studio.prompt_parser.product import known_noun
from adgen_pipeline.studio.prompt_parser.vocabulary import CALL_VERBS

_PRICE = (
    r"(?:[$€£¥]\s?\d[\d,]*(?:\.\d{1,2})?[kKmM]?\b|"
    r"\b\d[\d,]*(?:\.\d{2})?\s?(?:dollars|euros|pounds|USD|EUR|GBP)\b)"
)
_PER = (
    r"(?:\s?(?:/|per |an? )\s?(?:month|year|week|day|night|person|bottle|box|bag|pack|pair|mo|yr)\b|"
    r"\s(?:return|each|pp)\b)?"
)
_KINDS = (
    rf"save (?:up to )?(?:{_PRICE}|\d+\s?%)",
    rf"{_PRICE} off\b",
    r"\bfree (?:shipping|delivery|returns|samples?|consultation)\b",
    r"(?:up to )?\d+\s?(?:%|percent|per ?cent) (?:off|discount)\b",
    r"\bhalf[- ]price\b",
    r"\b\d for \d\b(?: (?!on\b|until\b|this\b|and\b|at\b|every\b|all\b|with\b|for\b)[a-z]+)?",
    r"\b(?:two|three) for (?:one|two)\b",
    r"\bbuy one,? get one(?: free| half price)?\b",
    r"\b(?:your |the )?first (?:\w+ )?(?:class|week|month|session|lesson|order|box|delivery|visit) "
    r"(?:is )?(?:free|on us|half price)\b",
    r"\buse (?:the )?code \S+\b",
    _PRICE + _PER,
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAY = (
    rf"(?:{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|Black Friday|Cyber Monday|Christmas|Easter|midnight|"
    r"tomorrow|tonight|the end of \w+|\d{1,2}/\d{1,2})"
)
_SPELL = r"(?:weekend|week|month|summer|winter|spring|autumn|fall|year|day|today|season)"
_UNTIL = (
    rf"(?:\s*,?\s*(?:(?:only |just )?(?:until|till|through|by|before|ends|from|on|every) {_DAY}|"
    rf"(?:only )?(?:this|next|all|for) {_SPELL}(?: only)?|today(?: only)?|for a limited time|while stocks last))"
)
_WORD = r"(?!(?:until|till|this|these|next|with|for|on|in|at|from|and|or|when|if|to|by|today|only|now|every)\b)[a-z-]+"
_ON = (
    r"(?: (?:on )?(?:your |the )?(?:first|next) (?:order|purchase|month|box|visit|class)|"
    rf" (?:(?:on )?(?:all|every|any|selected)|on(?! {_DAY})(?: your| our| the)?)(?P<things>(?: {_WORD}){{1,3}})|"
    r" everything| sitewide| for (?:new|first[- ]time) \w+| with (?:the )?code \S+\b)"
)
_WHOSE = (
    r"(?:(?:your |the |every )?(?:first|second|third|next) (?:[a-z-]+ ){1,2}(?:is |at )?|"
    r"(?:students|members|subscribers|seniors|teachers|nurses|parents|new customers) (?:get |save |receive )?)"
)
"""To what or to whom an offer is held: without it, it would promise more than it does."""

_LEAD = (
    r"(?:(?:now |only |just |from |starting (?:at|from) |priced (?:at|from) |available for |costs? |for |at |under |"
    r"get |with |and )*)"
)
_OFFER = re.compile(rf"(?P<lead>\b{_LEAD})?(?P<offer>{_WHOSE}?(?:{'|'.join(_KINDS)}){_ON}*{_UNTIL}*)", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:available|out|launching|launches|opens|opening|arrives|coming|sale ends|ends|in stores)\s+"
    rf"(?:on |from |in |until |through )?{_DAY}",
    re.IGNORECASE,
)
_WEBSITE = re.compile(
    r"\b(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*"
    r"\.(?:com|net|org|io|co|app|shop|store|uk|de|fr|eu|ai|dev)(?:/\S*)?\b",
    re.IGNORECASE,
)


def take_offers(text: str) -> tuple[tuple[str, ...], str]:
    """The offers in `text`, each as written, and `text` with a comma in the place of each.

    The goods of "20% off all running shoes" stay in the text too.
    """
    offers: list[str] = []

    def note(match: re.Match[str]) -> str:
        lead = re.search(r"(?:only |just |now |from |starting (?:at|from) |under )+$", match["lead"] or "", re.I)
        offers.append(((lead[0] if lead else "") + match["offer"]).strip())
        return f", {match['things']}, " if known_noun(match["things"] or "") else ", "

    rest = _OFFER.sub(note, text)

    def note_date(match: re.Match[str]) -> str:
        offers.append(match[0].strip())
        return ", "

    rest = _DATE.sub(note_date, rest)
    return tuple(offers), _tidy(rest)


def take_website(text: str) -> tuple[str | None, str]:
    """The first web address in `text`, and `text` without it; in a line such as "Book at ..." it stays."""
    match = _WEBSITE.search(text)
    if not match:
        return None, text
    address = match[0].rstrip("/.")
    if re.search(rf"(?:^|[.!?,]\s+){CALL_VERBS}\b[^.!?]*$", text[: match.start()], re.IGNORECASE):
        return address, text
    rest = re.sub(r"(?:\b(?:at|on|from|see)\s+)?" + re.escape(match[0]), ", ", text)
    return address, _tidy(rest)


def _tidy(text: str) -> str:
    text = re.sub(r"(?:\s*,)+(?=\s*[.!?;,]|\s*$)", "", text)
    return re.sub(r"\s*,(?:\s*,)*\s*(?=\S)(?!\d)", ", ", text).strip(" ,")
