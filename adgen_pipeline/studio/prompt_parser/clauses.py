"""A cleaned prompt cut into clauses, each with the word that ties it to what stands before."""

import re
from itertools import pairwise
from typing import NamedTuple

from adgen_pipeline.studio.prompt_parser.subjects import (
    DEEDS,
    NAMED_TRADE,
    apposed_after_for,
    names_before,
    names_goods,
    subject_of,
)
from adgen_pipeline.studio.prompt_parser.vocabulary import AD_NOUNS, CALL_VERBS, INSTRUCTION_ADJECTIVES, LOOK_WORDS


class Clause(NamedTuple):
    """A few words and their tie: "" for what the sentence is about, "for", "with", "that", "label:tone" ...

    `told` is true in sentences that say how the ad is to be made ("Show ...", "Use upbeat music").
    """

    link: str
    text: str
    told: bool = False


_HELD_COMMA = "\u201a"
"""Stands for the comma of "in Austin, Texas" while the text is cut."""

_HELD_SPACE = "\u2063"
"""Stands for a space inside brackets, which are not cut from what they qualify."""

_HELD_COLON = "\ua789"
"""Stands for the colon of "in three flavours: mango, lime and mint"."""

_HELD_QUESTION = "\u203d"
"""Stands for the mark of "Want whiter teeth?", which a cut would lose."""

LONGEST_CALL = 9
"""Words in a sentence that is taken for the call to action."""

_LABEL = (
    r"(?:product|brand(?: name)?|company|name|(?:target )?audience|target|tone|style|mood|look|vibe|cta|call to action|"
    r"offer|price|key features?|features?|benefits?|platform|tagline|slogan|colou?rs|music|duration|length|format|"
    r"(?:the )?(?:main |key |core )?(?:message|problem|solution|insight|pain(?: points?)?|promise|usp)|"
    r"(?:hook|headline|location|where|when|date)s?(?=\s*:))"
)
_SENTENCE_END = re.compile(
    r"(?<!\bby [A-Z])(?<!\. [A-Z])(?<!\.[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bMrs)(?<!\bvs)(?<!\bapprox)"
    r"(?<!\be\.g)(?<!\bi\.e)[.!?]+(?:\s+|$)|;\s*"
)
_QUESTION = re.compile(r"(?:^|(?<=[.!?:]\s))(?P<asked>[^.!?:;]+)\?\s*")
_NO_QUESTION = re.compile(rf"^(?:can|could|would|will|how about|what about|why not)\b|\b{AD_NOUNS}\b", re.I)
"""Questions to the maker of the ad, none to the viewer."""

LONGEST_QUESTION = 9
"""Words in a question that still makes a headline."""

_GREETING = re.compile(r"^(?:hi|hello|hey|please|ok|okay|so|and|also|then)\b[,!]?\s+(?:there\b[,!]?\s*)?", re.I)
_ASK = re.compile(
    r"^(?:(?:can|could|would|will) you(?: please)?|(?:i|we)(?:'d| would)? (?:want|need|like|love)\b(?: you)?(?: to)?"
    r"(?: have| get)?|let's|help (?:me|us)(?: to)?(?=\s+(?:make|create|promote|advertise|sell|market|launch|"
    r"produce|design|write)\b)|(?:i am|i'm|we are|we're)? ?looking for|"
    r"(?:need|want)(?=\s(?:an?|the|some\w*|our|my)\b))\s+",
    re.I,
)
_MAKE = re.compile(
    r"^(?:create|make|generate|produce|design|build|craft|shoot|film|write|give|do|prepare|develop|record|render|compose)"
    r"(?: me| us| up)?\s+(?=an?\b|the\b|one\b|some\b|our\b|my\b|\d|\S+(?: \S+){0,8} " + AD_NOUNS + r"\b)",
    re.I,
)
_PROMOTE = re.compile(
    r"^(?:promot(?:e|ing)|advertis(?:e|ing)|sell(?:ing)?|market(?:ing)?|launch(?:ing)?|introduc(?:e|ing)|announcing|"
    r"present(?:ing)?|show(?:ing)? off|meet|try|"
    r"switch to|say hello to|pre-?order|reserve)\s+(?:the (?:grand )?(?:re-?)?(?:opening|launch) of\s+)?",
    re.I,
)
_WE = re.compile(
    r"^(?:(?:we|i)(?:'re| are|'m| am)(?: (?:launching|selling|opening|introducing|promoting|releasing))?|"
    r"(?:we|i)(?: just| also)? (?:do|sell|make|offer|run|own|have|provide|bake|built|build|made|"
    r"designed|design|launched|created|opened)|"
    r"(?:our|my) (?:company|team|shop|store|business|startup|brand|product)(?: name)?(?: [A-Z]\S*)* "
    r"(?:is(?: called)?|sells|makes|offers|bakes|builds|designs)|"
    r"(?:my|our) (?:mom|mum|mother|dad|father|family|grandmother|grandma|friends?|wife|husband|son|daughter|brother|"
    r"sister)s? (?:makes?|bakes?|sells?|builds?|runs?|designs?)|"
    r"(?:it's|it is|this is|there is|the product is)(?= (?:an?|the|our|my)\b))\s+",
    re.I,
)
_OWN_SHOP = re.compile(
    r"^(?:my|our|an?|the) (?:[\w'-]+ ){0,3}(?:shop|store|business|company|startup|brand)"
    r" (?:selling|(?:that|which) sells|making|(?:that|which) makes|offering)\s+",
    re.I,
)
_TOLD = re.compile(
    r"^(?:show(?:ing)?|open (?:with|on)|start|begin|end|close|finish|use|using|include|add|keep|set|focus|imagine|"
    r"picture|shoot|film|ensure|avoid|don't|do not|make (?:it|sure|them|the|this|people|viewers)|think|play|"
    r"no (?:music|people|faces|text|voice\S*|logos?|narration))\b|"
    r"^(?:(?:the|this|our|its?|they|colou?rs|music) ?)(?:[\w-]+ ){0,3}(?:should|must)\b|"
    r"^(?:the |overall )*(?:ad|advert|video|commercial|tone|style|mood|music|voice ?over|narration|colou?rs|lighting|"
    r"camera|background|scenes?|look|vibe|setting) (?:is|are|feels?|has|have|in|with)\b",
    re.I,
)
_EMPHASISE = re.compile(
    r"^(?:highlight|feature|emphasi[sz]e|mention|focus on|showcase|stress)(?:ing)?\s+(?:that |the fact that |how )?",
    re.I,
)
_NOT_FOR_WHOM = (
    r"(?:\d+|up to|you|free|less|under|the first|a (?:limited )?time|hours|life|years|sale|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|twelve|twenty|thirty|spring|summer|autumn|winter|christmas|next|this|sale|rent|hire)"
)
_FOR = r"(?:(?:designed|made|built|perfect|ideal|great|suitable|created|meant) for|aimed at|targeting|targeted at|for)"
_LINKS = {
    "for": rf"(?<!enough )(?<!not ){_FOR}(?!\s+{_NOT_FOR_WHOM}\b)",
    "about": r"(?:about|promoting|advertising|selling|introducing|where)",
    "called": r"(?:called|named)",
    "with": r"(?:(?<!ed\s)with(?!\s+(?:one|two|your|just|a single|ease|care|love|friends|family)\b)|"
    r"featuring|including|offering|having)",
    "that": r"(?:that|which)",
    "showing": r"(?:showing|set (?:in|on|at)|against)",
}
_HARD = re.compile(r"(?:^|\s+)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LINKS.items()) + r")\s+", re.I)
_TOLD_BREAK = re.compile(r",(?!\d)\s*|\s+and\s+(?=(?:show|use|end|start|keep|include|add|avoid|make)\b)", re.I)
_BREAK = re.compile(r",(?!\d)\s*|\s+[-–—]+\s+|:\s+|\s*[()…]+\s*|\s*—\s*")


_VARIETIES = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight) [a-z]+: [\w-]+(?: [\w-]+)?(?:, [\w-]+(?: [\w-]+)?)*,? and [\w-]+"
)
"""What there is to choose from, "three flavours: mango, lime and mint": one thing said, not four."""

_OWN_NAME = re.compile(
    r"\b(?:[Oo]ur|[Mm]y) (?:company|team|shop|store|business|startup|brand|firm|agency|studio), "
    r"((?:[A-Z][\w&'-]*)(?: [A-Z&][\w&'-]*){0,3}),(?= (?!which|that|who|and|we)[a-z])"
)
"""The house of "our company, Nordfracht, helps ...", by its name."""

_RUN_ON_NO = re.compile(
    r"(?<!\bis)(?<!\bare)(?<!\bhas)(?<!\bhave)(?<!\bwith)(?<!\bat)(?<!\bby)(?<!\bsay)(?<!\bor)(?<!\band)(?<!\bneeds)"
    r"(?<!\bneed)(?<!\bbut)(?<!\bin)(?<!\bleaves)(?<!\btakes)(?<!,) (?=no (?!more\b|one\b|nonsense\b)[a-z]+ [a-z]+)"
)
"""Where a brief without stops goes on, "online course no boring lectures"."""


def clauses(text: str) -> list[Clause]:
    """The clauses of `text` in order; the instruction to make an ad is left out."""
    text = re.sub(r"\b((?:an?|our|my|the) )([\w-]+), (?=[\w-]+ )", _held_adjective, text, flags=re.I)
    text = re.sub(r"\b(in|near|from) ([A-Z]\w+), (?=[A-Z])", rf"\1 \2{_HELD_COMMA} ", text)
    text = re.sub(r"(?<=[a-z\d]) \(([a-z\d][^()]{1,40})\)", _held_brackets, text)
    text = re.sub(r"\bof \w+(?:, \w+)+,? and \w+", lambda m: m[0].replace(",", _HELD_COMMA), text)
    text = _VARIETIES.sub(lambda m: m[0].replace(":", _HELD_COLON).replace(",", _HELD_COMMA), text)
    text = _OWN_NAME.sub(r"\1", text)
    if text[:1].islower() or not re.search(r"[.!?;]\s", text):
        text = _RUN_ON_NO.sub(", ", text)
    text = re.sub(rf"[,;.]?\s*\b({_LABEL}\s*:)", r". \1", text, flags=re.I)
    sentences = [
        sentence.strip(" ,.")
        for sentence in _SENTENCE_END.split(_QUESTION.sub(_held_question, text))
        if sentence.strip(" ,.")
    ]
    found = [_sentence(sentence, first=i == 0) for i, sentence in enumerate(sentences)]
    parts = _with_named_goods([clause for sentence in found for clause in sentence if clause.text])
    return [part._replace(text=_released(part.text)) for part in parts]


def _with_named_goods(parts: list[Clause]) -> list[Clause]:
    """`parts` with the name in "Zapp, meals in 5 minutes" marked as the brand's, where nothing before it is goods."""
    for i, (name, goods) in enumerate(pairwise(parts)):
        if names_before(name.text, goods.text) and goods.link == "" and name.link in {"", "ad", "label:product"}:
            return [*parts[:i], Clause("label:brand", name.text), goods._replace(link="we"), *parts[i + 2 :]]
        if name.link != "for" and names_goods(name.text):
            return parts
    return parts


def _held_brackets(match: re.Match[str]) -> str:
    held = match[1].replace(" ", _HELD_SPACE).replace(",", _HELD_COMMA)
    return f"{_HELD_SPACE}\u2768{held}\u2769"


def _released(text: str) -> str:
    """`text` with the signs that were held while it was cut."""
    return text.translate(
        {ord(_HELD_COMMA): ",", ord(_HELD_SPACE): " ", ord(_HELD_COLON): ":", 0x2768: "(", 0x2769: ")"}
    )


def _held_question(match: re.Match[str]) -> str:
    asked = match["asked"].strip()
    trade, _, trouble = asked.rpartition(", ")
    if trade and "," not in trade and len(trouble.split()) > 1 and names_goods(trade):
        return f"{trade}. {trouble}{_HELD_QUESTION}. "
    to_viewer = 1 < len(asked.split()) <= LONGEST_QUESTION and not _NO_QUESTION.search(asked)
    return f"{asked}{_HELD_QUESTION}. " if to_viewer else match[0]


def _held_adjective(match: re.Match[str]) -> str:
    comma = _HELD_COMMA if match[2].lower() in LOOK_WORDS else ","
    return f"{match[1]}{match[2]}{comma} "


def _sentence(sentence: str, *, first: bool) -> list[Clause]:
    if label := re.match(rf"(?:the )?({_LABEL})(?:\s*:\s*|\s+(?:is|are|should be)(?: that)? )(.*)", sentence, re.I):
        link = f"label:{label[1].lower().split()[-1] if label[1].lower() != 'call to action' else 'cta'}"
        goods = link in {"label:product", "label:solution"}
        said = label[2].replace(_HELD_QUESTION, "?").strip()
        return _split(said, "label:product") if goods else [Clause(link, said)]
    sentence = _UNLIKE.sub("", sentence)
    while greeting := _GREETING.match(sentence):
        sentence = sentence[greeting.end() :]
    if re.match(rf"{CALL_VERBS}\b", sentence, re.I) and len(sentence.split()) <= LONGEST_CALL:
        return [Clause("label:cta", sentence)]
    if sentence.endswith(_HELD_QUESTION):
        return [Clause("question", sentence.replace(_HELD_QUESTION, "?"))]
    if emphasis := _EMPHASISE.match(sentence):
        return _split(sentence[emphasis.end() :], "with")
    bare, asked = _without_request(sentence)
    if not asked and _TOLD.search(sentence):
        told, _, shown = sentence.partition(": ")
        return [Clause("", part, told=True) for part in _TOLD_BREAK.split(told)] + (_split(shown, "") if shown else [])
    if ad := _ad_in(bare, asked, first=first):
        before, after = _without_format(bare[: ad.start()]), bare[ad.end() :].strip(" ,")
        after = re.sub(r"^to (?=\w+)", "", after) if _PROMOTE.match(after.removeprefix("to ")) else after
        after = _PROMOTE.sub("", after)
        return [Clause("ad", before), *_after_ad(after)]
    if asked:
        return _about_subject(_without_format(bare, ends=False), "ad")
    owned = _WE.match(bare)
    return _split(bare[owned.end() :], "we") if owned else _about_subject(bare, "")


_UNLIKE = re.compile(
    r"^(?:(?:it's|we're|think|kind of|sort of|basically) )*like [A-Z][\w.]*(?: [A-Z][\w.]*)*,? but\s+|"
    r"^(?:\w+ ){0,3}(?:offers?|sale|deals?|discounts?) on\s+(?=[a-z])"
)
"""What stands before the goods and says nothing of them: "like HelloFresh but", "Diwali offer on"."""


def _about_subject(text: str, link: str) -> list[Clause]:
    """The clauses of a sentence; a name it begins with, "Ledgerly is a ...", is the brand's."""
    if not (subject := subject_of(text)):
        before, _, after = text.partition(": ")
        return [*_split(before, link), *_about_subject(after, "")] if subject_of(after) else _split(text, link)
    said = _split_at_links(f"that {subject.rest}", "") if subject.link == "that" else _split(subject.rest, subject.link)
    return [Clause("label:brand", subject.name), *said]


def _after_ad(after: str) -> list[Clause]:
    """What follows "an ad": "for Ledgerly, accounting software", "for my shop selling candles", "about tea"."""
    if (told := re.match(r":\s*", after)) and (subject := apposed_after_for(after[told.end() :])):
        return [Clause("label:brand", subject.name), *_split(subject.rest, subject.link)]
    if not (opening := re.match(r"(?:for|about|of)\s+", after, re.I)):
        return _about_subject(after, "")
    goods = after[opening.end() :]
    if trade := NAMED_TRADE.match(goods):
        return [Clause("label:brand", trade["name"]), *_split(trade["rest"], "we")]
    if own := _OWN_SHOP.match(goods):
        return _split(goods[own.end() :], "we")
    if subject := apposed_after_for(goods):
        return [Clause("label:brand", subject.name), *_split(subject.rest, subject.link)]
    return _about_subject(goods, "about") if subject_of(goods) else _split(after, "")


def _without_request(sentence: str) -> tuple[str, bool]:
    """`sentence` without "please make me" or "promote"; and whether there was such a beginning."""
    start = sentence
    for opening in (_ASK, _MAKE, _ASK, _PROMOTE):
        if match := opening.match(sentence):
            sentence = sentence[match.end() :]
    return sentence, sentence != start


def _ad_in(sentence: str, asked: bool, *, first: bool) -> re.Match[str] | None:
    """Where "ad", "commercial", "video" stands, if it names the thing to be made."""
    sure = r"(?:ads?|adverts?|advertisements?|commercials?)"
    anything = rf"(?:{AD_NOUNS}|things?|something(?: \w+)?)"
    noun = (
        anything
        if asked or (first and re.match(rf"(?:an? |the )?(?:\S+ ){{0,3}}{anything}\b", sentence, re.I))
        else sure
    )
    named = rf"(?<!\bno )(?<!\bwithout )(?<!\bzero )\b{noun}(?:\s+(?:{AD_NOUNS}|campaign))*(?=\b)"
    pattern = rf"{named}(?=\s*(?:$|[,:(–—-]|(?:for|about|of|on|to|that|which|with|in|"
    pattern += (
        r"featuring|showing|promoting|targeting|aimed|where|advertising|selling|using|set|lasting|at|introducing)\b))"
    )
    return re.search(pattern, sentence, re.I)


_FORMAT = re.compile(
    r"\b(?:\d+|fifteen|thirty|sixty|half)[- ]?(?:s|secs?|seconds?|minutes?|min)\b(?:[- ]long)?|\b(?:9:16|16:9|1:1)\b",
    re.I,
)


def _without_format(words: str, *, ends: bool = True) -> str:
    """ "a 30 second vertical luxury watch" as "luxury watch"; `ends` when the noun for the ad stood behind."""
    kept = (
        _FORMAT.sub(" ", words) if ends else re.sub(rf"^(?:an? |the )?{_FORMAT.pattern}", "", words, flags=re.I)
    ).split()
    while kept and kept[0].lower().strip(",") in INSTRUCTION_ADJECTIVES | {
        "a",
        "an",
        "one",
        "the",
        "some",
        "of",
        "for",
    }:
        kept.pop(0)
    while ends and kept and kept[-1].lower() in INSTRUCTION_ADJECTIVES | {"and"}:
        kept.pop()
    return " ".join(kept)


def _split(text: str, link: str) -> list[Clause]:
    """`text` cut at commas, dashes and linking words; the first part is tied by `link`."""
    parts: list[Clause] = []
    for i, stretch in enumerate(_BREAK.split(text)):
        parts += _split_at_links(stretch.strip(), link if i == 0 or link == "with" else "")
    return parts


_PLOT = re.compile(rf"^(?:when )?an? (?:[\w-]+ ){{1,3}}{DEEDS} (?:an?|the) [\w-]+$", re.I)
"""The beginning of "A keeper finds a diary that predicts ...", which is told whole."""

_LEFT_OPEN = re.compile(r"\b(?:is|are|was|were|wait|look|care|pay|ask|live|work)$", re.I)
"""Ends of "people who think hot sauce is", which has to go on."""


def _split_at_links(text: str, link: str) -> list[Clause]:
    marks = list(_HARD.finditer(text))
    bounds = [0, *(mark.start() for mark in marks), len(text)]
    parts = [Clause(link, text[: bounds[1]].strip())]
    for mark, end in zip(marks, bounds[2:], strict=True):
        name = next(name for name, words in mark.groupdict().items() if words)
        before = parts[-1]
        plot = name == "that" and before.link == "" and _PLOT.search(before.text)
        if (
            plot
            or (before.link == "that" and name == "with")
            or (before.link == "for" and _LEFT_OPEN.search(before.text))
        ):
            parts[-1] = Clause(before.link, text[:end][text.rindex(before.text, 0, mark.start()) :].strip())
        else:
            parts.append(Clause(name, text[mark.end() : end].strip()))
    return parts
