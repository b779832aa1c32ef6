"""What a brief says about its product, clause by clause: features, proof, audience, looks."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from adgen_pipeline.studio.prompt_parser.clauses import LONGEST_CALL, Clause
from adgen_pipeline.studio.prompt_parser.goods import is_look, is_people
from adgen_pipeline.studio.prompt_parser.grammar import is_function_word, is_plural, sentence_case
from adgen_pipeline.studio.prompt_parser.subjects import DEEDS
from adgen_pipeline.studio.prompt_parser.vocabulary import AD_NOUNS, CALL_VERBS, PROOF

LONGEST = 10
"""Words in a feature that still fits on the screen; a longer one is left to the picture."""

_LONGEST_DEED = 12
"""Words in what a house or a product does, which is the heart of its brief: told small rather than not at all."""

_LONGEST_NAME = 4


@dataclass(frozen=True)
class Feature:
    """One thing the brief says of the product. `tie` tells how it joins a sentence: with ..., it ..., or as it is."""

    text: str
    tie: Literal["with", "it", ""] = ""

    @property
    def shown(self) -> str:
        """As it stands on the screen."""
        return sentence_case(self.text)


@dataclass(frozen=True)
class Facts:
    """All that was found, each in the customer's words."""

    audience: str | None = None
    brand: str | None = None
    tagline: str | None = None
    call_to_action: str | None = None
    question: str | None = None
    problem: str | None = None
    tone: str | None = None
    offers: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    proofs: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    scenery: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()


def sort_facts(parts: list[Clause]) -> Facts:
    """The facts in `parts`, the clauses left once the product is taken out."""
    facts = Facts()
    for part in parts:
        for clause in _separate(part):
            facts = _add(facts, clause)
    return facts


_OWN_TRADE = re.compile(r"(?:my|our)\b.*\b(?:shop|store|business|company|startup|brand|team|website)$", re.I)
_PLOT = re.compile(rf"(?:when )?an? (?:[\w-]+ ){{1,3}}{DEEDS} (?:an?|the) ", re.I)
_OWN = re.compile(r"(?:our|my) ", re.I)
_CALL = re.compile(rf"^{CALL_VERBS}\b", re.I)
_UNWANTED = re.compile(r"^no (?:people|faces|text|words|music|voice\S*|logos?|narration|talking|dialogue)\b", re.I)
_AVOID = re.compile(r"^(?:avoid|don't (?:show|use)|do not (?:show|use)|no)\s+(?:any )?", re.I)
_SHOW = re.compile(
    r"^(?:(?:the |this )?(?:\w+ )?(?:should|must) show|show(?:ing)?|picture|imagine|film|"
    r"start with|open (?:with|on)|begin with|end with|set in)\s+",
    re.I,
)
_SUBJECT = re.compile(
    r"^(?:and |also |plus )?(?:(?:it|they|this|these|(?:the|our|my) [\w-]+)\s+)?"
    r"(?:(?:is|are|'s|has|have|comes? with|features?|includes?|offers?|also|it's|they're)\s+)+",
    re.I,
)
_PRONOUN = re.compile(r"^(?:and )?(?:it|they|which|that)\s+(?=[a-z]+)", re.I)
_EMPTY = re.compile(
    rf"^(?:{AD_NOUNS}|more|now|etc|please|thanks?(?: you)?|\W*|and|or|the|it|this|of|in|on|out|new|all|today|only|"
    r"just|also|finally|hi|hello|hey|there|both|each|everything|yes|no|etc|one|again|drop|drops|launch|release|"
    r"instead of|its?|.*\b(?:tba|tbc|tbd)|"
    r"(?:in )?(?:16:9|9:16|1:1)(?: format)?|\d+ ?(?:s|secs?|seconds?)(?: long)?|\d{1,2})$",
    re.I,
)


def _separate(part: Clause) -> list[Clause]:
    """Halves of "48-hour battery and cinematic lighting", where only one is a look, or both are features."""
    made = re.split(r"\s+(?=made (?:in|from|of|by)\b)", part.text)
    if len(made) > 1 and part.link == "tail":
        return [Clause(part.link, piece) for piece in made]
    pieces = re.split(r",?\s+and\s+(?:with\s+)?", part.text)
    if is_look(part.text) or part.told or len(pieces) < 2 or part.link == "for" or part.link.startswith("label"):
        return [part]
    mixed = len({is_look(piece) for piece in pieces}) > 1
    if part.text.endswith("day and night") or re.match(r"\d+\W?\s?\S*$", pieces[-1]):
        return [part]
    verb_follows = bool(re.match(r"(?:is|are|has|have|comes?)\b", pieces[-1]))
    listed = part.link == "with" and all(len(piece.split()) > 1 for piece in pieces)
    if mixed or verb_follows or listed or len(part.text.split()) > LONGEST:
        return [Clause(part.link, piece.strip(), part.told) for piece in pieces]
    return [part]


def _add(facts: Facts, clause: Clause) -> Facts:
    """`facts` and what `clause` says."""
    text = clause.text.strip(" ,.-")
    if _EMPTY.match(text):
        return facts
    if clause.link.startswith("label:"):
        return _add_labelled(facts, clause.link.removeprefix("label:"), text)
    if clause.link == "question":
        return replace(facts, question=facts.question or sentence_case(text))
    if clause.told:
        return _add_told(facts, text)
    if _UNWANTED.match(text):
        return replace(facts, avoided=(*facts.avoided, text[3:]))
    if _CALL.match(text) and len(text.split()) <= LONGEST_CALL:
        return replace(facts, call_to_action=facts.call_to_action or sentence_case(text))
    if clause.link == "called":
        return _add_name(facts, text)
    if clause.link == "showing":
        return replace(facts, scenery=(*facts.scenery, text))
    if clause.link == "ad" and (own := _OWN.match(text)) and not is_look(text):
        return _add_statement(facts, "", text[own.end() :])
    if is_look(text) or clause.link == "ad":
        return replace(facts, looks=(*facts.looks, text))
    if clause.link == "for" or _is_addressed(clause, text) or _is_group(clause, text):
        return _add_audience(facts, text)
    return _add_statement(facts, clause.link, text)


def _is_addressed(clause: Clause, text: str) -> bool:
    return clause.link == "tail" and bool(re.match(r"to\b", text)) and is_people(text)


def _is_group(clause: Clause, text: str) -> bool:
    """ "gen z", "young professionals" on their own."""
    ruled_out = re.match(r"(?:no|not)\b", text, re.I)
    return (
        clause.link == ""
        and not ruled_out
        and len(text.split()) <= 3
        and " with " not in text
        and is_people(re.sub(r" (?:over|under) \d+$", "", text).split()[-1])
    )


def _add_labelled(facts: Facts, label: str, text: str) -> Facts:
    match label:
        case "audience" | "target":
            return _add_audience(facts, text)
        case "brand" | "company" | "name":
            return replace(facts, brand=facts.brand or text)
        case "problem" | "insight" | "pain" | "point" | "points":
            return replace(facts, problem=facts.problem or text)
        case "message" | "promise" | "usp":
            return replace(facts, features=(*facts.features, Feature(text)))
        case "headline" | "hook" if text.endswith("?"):
            return replace(facts, question=facts.question or sentence_case(text))
        case "headline" | "hook":
            return replace(facts, tagline=facts.tagline or sentence_case(text))
        case "location" | "where" | "when" | "date":
            return replace(facts, features=(*facts.features, Feature(text)))
        case "tagline" | "slogan":
            return replace(facts, tagline=text)
        case "cta":
            return replace(facts, call_to_action=sentence_case(text))
        case "offer" | "price":
            return replace(facts, offers=(*facts.offers, text))
        case "feature" | "features" | "benefits" | "benefit":
            for piece in re.split(r",\s*|\s+and\s+", text):
                facts = _add_statement(facts, "", piece)
            return facts
        case "tone" | "style" | "mood" | "look" | "vibe" | "colors" | "colours" | "color" | "music":
            return replace(facts, looks=(*facts.looks, text), tone=f"{facts.tone or ''} {text}".strip())
    return facts


def _add_name(facts: Facts, text: str) -> Facts:
    """ "FitLoop", or "FitLoop helps you run": a name, and what it may do."""
    name, *deed = re.split(rf"\s+(?={DEEDS}\b)", text, maxsplit=1)
    named = replace(facts, brand=facts.brand or name) if len(name.split()) <= _LONGEST_NAME else facts
    return _add_statement(named, "that", deed[0]) if deed else named


def _add_told(facts: Facts, text: str) -> Facts:
    if re.search(r"\b(?:music|soundtrack|beats?|voice\S*|narrat\w+|sounds?|song)\b", text, re.I):
        return replace(facts, tone=f"{facts.tone or ''} {text}".strip())
    if avoided := _AVOID.match(text):
        return replace(facts, avoided=(*facts.avoided, text[avoided.end() :]))
    if shown := _SHOW.match(text):
        return replace(facts, scenery=(*facts.scenery, text[shown.end() :]))
    look = re.sub(
        r"^(?:the \w+|it|this)? ?(?:(?:should|must) (?:be|feel|look|sound|have)(?: like)?|make it|keep it) ",
        "",
        text,
        flags=re.I,
    )
    return replace(facts, looks=(*facts.looks, look))


def _add_audience(facts: Facts, text: str) -> Facts:
    if _OWN_TRADE.match(text) or text.lower() in {"you", "me", "us"}:
        return facts
    text = re.sub(r"^to\s+|\s+crowd$", "", text)
    text = re.sub(r"\s*\b(?:aged?|ages|between|over|under)?\s*\d+\s*(?:[-–]|to|and)\s*\d+.*$", "", text).strip()
    text = re.sub(r"^(?:the|all|our|my|your)\s+", "", text)
    counted = re.search(r"\d", re.sub(r" (?:over|under) \d+$", "", text))
    if not text or facts.audience or len(text.split()) > 8 or counted:
        return facts
    return replace(
        facts, audience=text[0].lower() + text[1:] if text[:2].istitle() and is_people(text.split()[0]) else text
    )


def _is_stray(said: str) -> bool:
    """ "Rooms" of "Rooms from €210": one noun that its price was taken from."""
    return " " not in said and is_plural(said)


_TALK = re.compile(r"(?:i|we|you|our|my|people|everyone|they|he|she)\b(?: [a-z]|'|$)", re.I)
"""How a sentence begins that tells the maker of the ad a story."""

_TO_VIEWER = re.compile(
    r"we (?!(?:want|need|would|like|love|hope|think|are|were|have|had)\b)[a-z]+ (?:\w+ ){0,4}?you\b", re.I
)
""" "We come to you": what the house says itself."""


def _add_statement(facts: Facts, link: str, text: str) -> Facts:
    text = re.sub(r"^(?:and|plus|also)\s+", "", text)
    subject = _SUBJECT.match(text)
    pronoun = None if subject else _PRONOUN.match(text)
    said = text[(subject or pronoun).end() :] if subject or pronoun else text  # type: ignore[union-attr]
    if (len(said.split()) < 3 and all(map(is_function_word, said.split()))) or _is_stray(said):
        return facts
    said = re.sub(r"^(?:so|basically|honestly|actually|well|like(?! [A-Z])|literally)[, ]+", "", said, flags=re.I)
    said = f"about {said}" if link == "about" and not _TALK.match(said) else said
    said = f"with {said}" if link == "with" and re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", said) else said
    if re.match(r"(?:a|an|the)\s+\S+\s+\S", said) and len(said.split()) <= LONGEST:
        said = re.sub(r"^(?:a|an)\s+", "", said)
    if PROOF.search(said) and not re.search(r"\bneeds?\b", said) and len(said.split()) <= 12:
        return replace(facts, proofs=(*facts.proofs, sentence_case(said)))
    longest = _LONGEST_DEED if link == "that" or _PLOT.match(said) else LONGEST
    if len(said.split()) > longest or (_TALK.match(said) and not _TO_VIEWER.match(said)):
        return replace(facts, scenery=(*facts.scenery, said)) if len(said.split()) <= 16 else facts
    tie: Literal["with", "it", ""] = (
        "it" if link == "that" or pronoun or _is_deed(link, said) else "with" if link == "with" else ""
    )
    return replace(facts, features=(*facts.features, Feature(said, tie)))


def _is_deed(link: str, said: str) -> bool:
    """ "gives you an hour back", right behind the product: what it does."""
    return link == "tail" and bool(re.match(rf"{DEEDS}\b", said, re.I))
