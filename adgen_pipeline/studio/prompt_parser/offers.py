"""Prices, reductions and dates in a prompt, taken out exactly as they are written."""

import re

from adgen_pipeline.studio.prompt_parser.clauses import LONGEST_CALL
from adgen_pipeline.studio.prompt_parser.goods import known_noun
from adgen_pipeline.studio.prompt_parser.vocabulary import CALL_VERBS

_AMOUNT = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,2})?)(?![\d]|[.,]\d)"
_UNIT = r"(?:dollars|euros|pounds|quid\b|rupees|dirhams|francs|USD\b|EUR\b|GBP\b|INR\b|AED\b|CHF\b|[€£](?!\s?\d))"
_SIGN = r"(?:[$€£¥₹]|(?<!\w)(?:Rs\.?|INR|AED|CHF|USD|EUR|GBP))"
_PRICE = rf"(?:{_SIGN}\s?{_AMOUNT}(?:[kKmM]\b)?|\b{_AMOUNT}(?:[kK](?=\s))?\s?{_UNIT})"
_RANGE = rf"(?:between )?(?:[$€£¥]\s?)?\b{_AMOUNT}(?:\s?{_UNIT})?\s?(?:and|to|-|–)\s?{_PRICE}"
_PER = (
    r"(?:\s?(?:/|per |an? )\s?(?:month|h|hr|year|week|day|night|person|bottle|box|bag|pack|pair|dozen|mo|yr|"
    r"house|visit|hour|session|class|head|seat|unit|item|kg|page|car|room|piece|meal|lesson|user|mile|km|litre)\b|"
    r"\sper [a-z]+\b|"
    r"\s(?:return|each|pp|flat)\b)?"
)
_GIFT = (
    r"(?:shipping|delivery|returns|samples?|consultations?|(?:eye |dental |health )?check-?ups?|trial (?:class|lesson)|"
    r"lessons?|class(?:es)?|entry|admission|installation|fitting|quotes?|estimates?|gift|cake|coffee|drinks?|dessert|"
    r"tasting|demos?|tickets?|refills?|upgrades?|breakfast|parking|wi-?fi|month|week)"
)
_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = (
    rf"(?:{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?: midnight| noon)?|Black Friday|Cyber Monday|"
    r"Christmas|Easter|midnight|"
    r"tomorrow|tonight|the end of \w+|\d{1,2}/\d{1,2})"
)
_KINDS = (
    rf"(?:order|book|buy|sign up|join|register) (?:by|before) {_DAY},? (?:and|to|for) (?:get |save |receive |a )*"
    rf"(?:{_PRICE}|\d+\s?%|free {_GIFT}\b)(?: off\b)?",
    r"\bfree for up to \d+ [a-z]+",
    rf"\ball you can eat,? (?:for |only |just )*(?:{_PRICE}|\d+[.,]\d\d)",
    r"\b(?:the )?first \d+ [a-z]+ (?:get|receive|eat|drink|enter|go|save|pay)\s[^.,;:!?()]+",
    rf"{_PRICE} instead of (?:{_PRICE}|{_AMOUNT})",
    r"\b\d+[.,]\d\d instead of \d+[.,]\d\d\b",
    rf"was {_PRICE},? now {_PRICE}",
    rf"save (?:up to )?(?:{_PRICE}|\d+\s?%)",
    rf"{_PRICE} off\b",
    r"(?<![\w%])-\d+\s?%(?: off\b)?",
    r"\b(?:\d+[- ]day )?free trial\b",
    r"\bfree for (?:\d+|an?|one|two|three) (?:days?|weeks?|months?|years?)\b",
    rf"\b{_GIFT} (?:is |are )?free\b",
    rf"\bfree {_GIFT}\b(?: (?:with|for) (?:every|each|any|all) [a-z]+)?",
    r"(?:up to |flat )?\d+\s?(?:%|percent|per ?cent) (?:off|discount)\b",
    r"\b(?:kids|children|students|seniors|members|pensioners|under[- ]?\d+s)(?: (?:under|over|up to) \d+)?"
    r"(?: (?:eat|go|stay|travel|ride|play|enter|get in|train|are))? free\b",
    r"\b(?:\d|two|three|four)(?: [a-z]+)? for the price of (?:\d|one|two|three)\b",
    r"\bhalf[- ]price\b",
    r"\b\d for \d\b(?: (?!on\b|until\b|this\b|and\b|at\b|every\b|all\b|with\b|for\b)[a-z]+)?",
    r"\b(?:two|three) for (?:one|two)\b",
    r"\bbuy (?:one|two|three|\d),? get (?:one|two|the \w+|\d)(?: more)?(?: free| half price)?\b",
    r"\b(?:your |the )?first (?:[a-z]+ ){1,2}(?:is |are )?(?:free|on us|half price)\b",
    rf"\b(?:early[- ]bird )?tickets? (?:only |just |from |at |for |are |cost )?{_PRICE}",
    rf"\b(?:\d{{1,3}}|two|three|four|five|six)\s?[a-z]+ for {_PRICE}",
    r"\buse (?:the )?code \S+\b",
    _RANGE + _PER,
    rf"\b\d for {_PRICE}",
    _PRICE + _PER,
)
_SPELL = r"(?:weekend|week|month|summer|winter|spring|autumn|fall|year|day|today|season)"
_UNTIL = (
    rf"(?:\s*,?\s*(?:(?:only |just )?(?:until|till|through|by|before|ends|from|on|every) {_DAY}|"
    r"(?:on )?(?:weekdays|weekends|daily)(?: (?:until|from|before|after) \d{1,2}(?::\d\d)?\s?[ap]m\b)?|"
    r"(?:until|before|from|after) \d{1,2}(?::\d\d)?\s?[ap]m\b|"
    rf"(?:only )?(?:this|next|all|for) {_SPELL}(?: only)?|today(?: only)?|for a limited time|while stocks last))"
)
_WORD = (
    r"(?!(?:until|till|this|these|next|with|for|on|in|at|from|and|or|when|if|to|by|today|only|now|every)\b)"
    r"[a-z][a-z0-9'&+-]*"
)
_ON = (
    rf"(?: (?:on )?(?:all |any )?(?:orders |purchases |baskets )?(?:over|above) {_PRICE}|"
    rf" (?:on )?(?:all |any )?(?:orders|purchases|baskets) from {_PRICE}|"
    r" (?:on |for )?(?:your |the )?first \d+ (?:months|weeks|days|orders|visits|customers|guests|boxes)|"
    rf" in {_MONTH}| (?:across|throughout) (?-i:(?:the )?[A-Z]\w+)|"
    r" (?:on )?(?:your |the )?(?:first|next) (?:order|purchase|month|year|week|box|bag|"
    r"visit|class|lesson|session|book|pair|ticket|delivery)|"
    rf" (?:(?:on )?(?:all|every|any|selected)(?! {_DAY})|on(?! {_DAY})(?: your| our| the)?)"
    rf"(?P<things>(?: {_WORD}){{1,3}})|"
    r" everything| sitewide| for (?:everyone|everybody)|"
    r" with (?:every|each|any) [a-z ]+?(?= at [A-Z]|[.,;:!?()]|$)| for (?:new|"
    r"first[- ]time) \w+| with (?:the )?code \S+\b)"
)
_AT = r"(?: (?P<at>at (?-i:[A-Z][\w'&]*(?: (?:&|[A-Z][\w'&]*))*)))?"
_WHOSE = (
    r"(?:(?:your |the |every )?(?:first|second|third|next) (?:[a-z-]+ ){1,2}(?:is |at )?|"
    r"(?:students|members|subscribers|seniors|teachers|nurses|parents|new customers) (?:get |save |receive )?)"
)
"""To what or to whom an offer is held: without it, it would promise more than it does."""

_IF = (
    r"(?:,?\s(?:if|when|once) (?:you|your)\s[^.,;:!?()]+|\s\([^()]{2,40}\)|"
    r"\sfor \d+ [a-z]+|,?\svalid [^.,;:!?()]+|,?\s(?:min(?:imum)?|max(?:imum)?)\.? (?:of )?\d+ [a-z]+|"
    rf",?\s(?:and )?then {_SIGN}?\s?{_AMOUNT}{_PER}|"
    r",?\s(?:incl\.?|including|excl\.?|excluding|plus) (?!\d)[^.,;:!?()]+)"
)
"""Under which condition an offer holds, and what a price holds in it."""

_BUYS = r"(?: (?:gives|buys|feeds|pays|provides|plants|protects|covers|keeps|sends) [^.,;:!?()]+)?"
"""What a sum does: "£3 a month gives one child clean water"; by itself it would be the price of something."""

_LEAD = (
    r"(?:(?:(?:the )?prices? (?=start|from)|starts? (?:at|from) |"
    r"now (?!and\b)|only |just |from |starting (?:at|from) |priced (?:at|from) |available for |costs? |"
    r"(?:(?:launch|introductory|special|opening|early[- ]bird) price:? |(?:lease|rent|hire|get|have) (?:it|one|yours) |"
    r"(?:one |a )?flat (?:rate|fee|price) (?:of )?)|"
    r"for |at |under |get |with |and )*)"
)
_OFFER = re.compile(
    rf"(?P<lead>\b{_LEAD})?(?P<offer>{_WHOSE}?(?:{'|'.join(_KINDS)}){_BUYS}{_ON}*{_AT}{_UNTIL}*{_IF}*{_UNTIL}*)",
    re.IGNORECASE,
)
_KEPT_LEAD = re.compile(
    r"(?:(?:(?:launch|introductory|special|opening|early[- ]bird) price:? |"
    r"(?:lease|rent|hire) (?:it|one|yours) (?:for )?|"
    r"flat (?:rate|fee|price) (?:of )?)?(?:(?:only|just|now|from|start(?:s|ing)? (?:at|from)|under) )*)$",
    re.IGNORECASE,
)
"""Words before a price that are shown with it: "Launch price", "Lease it from", "only"."""

_STARTS_WITH_PRICE = re.compile(rf"{_PRICE}|\d+[.,]\d\d instead", re.IGNORECASE)
_NO_LABEL = re.compile(
    r"\b(?:is|are|was|be|in|on|at|with|to|and|or|by|of|from|for|you|your|we|our|it|its|the|an?|this|that|get|only|just|"
    r"now|made|costs|starts?|pay|come|out)\b",
    re.IGNORECASE,
)
"""Words with which no name of what a price buys is written."""

_PRICED = re.compile(r"[.,;:!?]\s+(?:an? |the )?((?:[a-z][a-z'-]+ ){1,4})$")
_ALONE = re.compile(rf",(?P<until>{_UNTIL})(?=\s*(?:[.,;!]|$))", re.IGNORECASE)
_EARNED = re.compile(r"\b(?:earn|earning|make|raised?|worth|win)\s+(?:up to\s+)?$", re.IGNORECASE)
"""Before a sum that is no price."""

_ASKED = re.compile(rf"{CALL_VERBS}\b[^,;:]*", re.IGNORECASE)
_ASKED_FOR = re.compile(r"(?:\d+[- ]day )?free|your first", re.IGNORECASE)

_DATE = re.compile(
    r"\b(?:available|out|launching|launches|opens|opening|arrives|coming|sale ends|ends|in stores)\s+"
    rf"(?:on |from |in |until |through )?{_DAY}|"
    rf"\b\d{{1,2}}(?: {_MONTH})?\s?(?:to|until|[-–])\s?\d{{1,2}} {_MONTH}(?: \d{{4}})?",
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
        before = text[: match.start("offer")]
        if _EARNED.search(before) or _is_asked(text, match.start("offer"), match["offer"]):
            return match[0]
        lead = _KEPT_LEAD.search(match["lead"] or "")
        things, offer = match["things"] or "", match["offer"]
        named = any(word[0].isupper() for word in things.split())
        if named and not known_noun(things):  # "-20% on Velo" is an offer of 20%, and the brand is told elsewhere
            offer = re.sub(rf"\s+on\s+{re.escape(things.strip())}", "", offer)
        goods = _priced(before.removesuffix(match["lead"] or "")) if _STARTS_WITH_PRICE.match(offer) else ""
        offers.append(f"{goods}{lead[0] if lead else ''}{offer}".strip())
        kept = [things.strip()] if named or known_noun(things) else []
        return f", {', '.join([*kept, *([match['at']] if match['at'] else [])])}, "

    rest = _held_until(offers, _OFFER.sub(note, text))

    def note_date(match: re.Match[str]) -> str:
        offers.append(match[0].strip())
        return ", "

    rest = _DATE.sub(note_date, rest)
    return tuple(offers), _tidy(rest)


def _priced(before: str) -> str:
    """ "new patient check-up " that a price stands right behind; what opens a brief is its product."""
    label = _PRICED.search(before)
    return label[1] if label and not _NO_LABEL.search(label[1]) else ""


def _is_asked(text: str, start: int, offer: str) -> bool:
    """True for what stays in a line that asks the viewer to act: "Start a 14-day free trial", "CTA: ..."."""
    if re.search(r"\b(?:cta|call to action)\s*:\s*[\w' ]*$", text[:start], re.IGNORECASE):
        return True
    begin = max(text.rfind(stop, 0, start) for stop in ".!?;") + 1
    sentence = re.split(r"[.!?;](?:\s|$)", text[begin:].strip())[0]
    short = len(sentence.split()) <= LONGEST_CALL
    given = re.match(r"donate|give", sentence, re.IGNORECASE)
    return bool(short and (given or _ASKED_FOR.match(offer)) and _ASKED.fullmatch(sentence))


def _held_until(offers: list[str], rest: str) -> str:
    """`rest` without an "until Sunday" that stands alone: the only offer has it then, as it ends that day."""
    alone = _ALONE.search(rest)
    if not alone or len(offers) != 1 or re.search(_UNTIL, offers[0], re.I):
        return rest
    offers[0] = f"{offers[0]} {alone['until'].strip(' ,')}"
    return rest[: alone.start()] + rest[alone.end() :]


_REDUCTION = re.compile(
    r"%|per ?cent|\boff\b|\bfree\b|half[- ]price|for the price of|instead of|\b\d for \d|two for one|"
    r"\bget (?:one|two|\d)|\bsave\b|\bcode\b|"
    r"\b(?:until|till|through|ends?|by|before|this|today|limited|weekend|while stocks)\b",
    re.IGNORECASE,
)


def is_reduction(offer: str) -> bool:
    """True for what is cheaper, free or soon over: more than a price."""
    return bool(_REDUCTION.search(offer))


_CONDITION = re.compile(
    r"(?<!\bwith)\s(?=(?:on (?:all|every|your|our|any)|off all|until|till|through|this|next|"
    r"with|every|when|while|at|from|"
    r"for(?! the price| an? | one | \d| up to)|by|use|if|once|then|above|over|across|incl|including|first \d+|"
    r"in [A-Z][a-z]+|gives|"
    r"buys|feeds|pays|provides|plants|protects|covers|keeps|sends)\b|\()",
    re.IGNORECASE,
)


def parted(offer: str, words: int) -> tuple[str, str]:
    """`offer` in two: at most `words` words that say what is offered, and the rest, which holds its conditions."""
    if len(offer.split()) <= words:
        return offer, ""
    for match in reversed(list(_CONDITION.finditer(offer))):
        head = offer[: match.start()]
        if len(head.split()) <= words and re.search(r"\d|free|half|one", head, re.I):
            return head.rstrip(","), offer[match.end() :]
    return "", offer


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
    text = re.sub(r"(?<!\bprice)(?<!\boffer)\s*:\s*(?=,|$)|(?<=[.!?])\s*,", " ", text, flags=re.I)
    text = re.sub(r"(?:\s*,)+(?=\s*[.!?;,]|\s*$)", "", text)
    return re.sub(r"\s*,(?:\s*,)*\s*(?=\S)(?!\d)", ", ", text).strip(" ,")
