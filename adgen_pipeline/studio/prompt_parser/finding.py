"""Which clause of a brief names the product."""

import re

from adgen_pipeline.studio.prompt_parser.clauses import Clause
from adgen_pipeline.studio.prompt_parser.cleaning import is_common
from adgen_pipeline.studio.prompt_parser.goods import is_look, is_people, known_noun
from adgen_pipeline.studio.prompt_parser.grammar import is_plural, singular
from adgen_pipeline.studio.prompt_parser.phrases import DEED_WITH, phrase_of
from adgen_pipeline.studio.prompt_parser.product import ENDS_IN_NAME, Product, product_of
from adgen_pipeline.studio.prompt_parser.subjects import AFTER_VERB, DEEDS
from adgen_pipeline.studio.prompt_parser.vocabulary import FUNCTION_WORDS, LOOK_WORDS


def find_product(parts: list[Clause]) -> tuple[Product | None, list[Clause]]:
    """The product in `parts`, and the clauses that are left once it is taken out."""
    scored = [(_score(part, i) and _score(part, i) + _weight(parts, i), -i) for i, part in enumerate(parts)]
    best = max(scored, default=(0, 0))
    if best[0] <= 0:
        return _asked_for(parts), parts
    index = -best[1]
    part = parts[index]
    phrase, tail = phrase_of(part.text, part.told)
    name = _apposed_name(parts, index)
    product = product_of(phrase, name)
    left = (
        [part]
        if part.told
        else [Clause("showing", part.text)]
        if DEED_WITH.match(part.text)
        else _told_of_place(tail)
        if tail
        else []
    )
    rest = [*parts[:index], *left, *parts[index + 1 :]]
    return product, [clause for clause in rest if not _names_again(clause, product)]


def _told_of_place(tail: str) -> list[Clause]:
    """ "in Austin" and "needs 200 families" of the tail that says both."""
    place = re.match(rf"((?:in|at|near) [A-Z][\w']*(?: [A-Z][\w']*)*) (?={DEEDS}\b)", tail)
    return [Clause("tail", place[1]), Clause("that", tail[place.end() :])] if place else [Clause("tail", tail)]


def _asked_for(parts: list[Clause]) -> Product | None:
    """ "QuickCart app" of "Download the QuickCart app", where nothing else in the brief is a product."""
    for part in parts:
        asked = re.search(r"\b(?:the|our|my) ((?:[A-Z][\w'&+-]* )+[a-z]+)\b", part.text)
        if part.link == "label:cta" and asked and known_noun(asked[1]):
            return product_of(asked[1], None)
    return None


_TRADES = frozenset({"business", "company", "shop", "store", "startup", "brand", "team", "sale"})
"""Nouns that stand back behind the goods beside them: a shop sells candles, a sale is one of sunglasses."""


_LINK_SCORE = {
    "ad": 3,
    "label:product": 9,
    "for": 2,
    "about": 3,
    "called": 1,
    "we": 3,
    "": 2,
    "showing": 0,
    "with": -1,
    "that": 0,
}


def _score(part: Clause, index: int) -> float:
    if part.link not in _LINK_SCORE or not part.text:
        return 0
    phrase, _ = phrase_of(part.text, part.told)
    if (
        not phrase
        or not phrase[0].isalpha()
        or (_NO_GOODS.search(phrase) and not known_noun(phrase))
        or (is_look(phrase) and not _is_ordered(part, phrase))
        or _is_sentence(phrase)
        or _is_deed(phrase)
    ):
        return 0
    score = _LINK_SCORE[part.link] - 0.2 * index - (3 if part.told else 0)
    named = ENDS_IN_NAME.match(phrase)
    phrase = named["kind"] if named and not known_noun(named["name"]) else phrase
    noun = known_noun(phrase)
    if noun:
        score += 4 if noun[1] >= len(phrase.split()) - 1 else 2
        score -= 3 if singular(phrase.split()[-1]) in _TRADES else 0
    if part.link == "for" and is_people(phrase) and not (noun and noun[1] == len(phrase.split())):
        return 0
    if not noun and (part.link in {"with", "that", "showing"} or part.told or _is_plain_quality(phrase)):
        return 0
    return score


def _is_ordered(part: Clause, phrase: str) -> bool:
    """True for "(an ad for) our camera": goods, though cameras are spoken of in directions, too."""
    noun = known_noun(phrase)
    if noun is None or noun[1] != len(phrase.split()):
        return False
    return part.link in {"for", "about", "we", "label:product"} or (not part.told and noun[1] - noun[0] > 1)


def _weight(parts: list[Clause], index: int) -> int:
    """More for what stands right behind the order, "an ad for my bakery"; less for unknown words told late."""
    part = parts[index]
    if part.link == "we" and index and parts[index - 1].link == "label:brand" and known_noun(part.text):
        return 4
    if part.link == "" and index and not known_noun(part.text) and not _INTRODUCED.match(part.text):
        return 0 if parts[index - 1].link in {"ad", "label:brand", "question"} else -4
    behind = (index == 0 or parts[index - 1].link == "ad") and parts[index].link in {"for", "about", "ad"}
    return 2 if behind and known_noun(parts[index].text) and not is_people(parts[index].text) else 0


def _is_sentence(phrase: str) -> bool:
    return bool(re.search(r"\b(?:is|are|was|has|have|can|will|should|must|you|we|it|they|enough)\b", phrase, re.I))


_INTRODUCED = re.compile(r"(?:an?|the|our|my|this)\s|\d", re.I)
"""How unknown goods begin that are told late in a brief; anything else told late is said of the product."""


_NO_GOODS = re.compile(r"\b(?:way|choice|answer|solution|place|thing|reason|alternative)s?$", re.I)
"""Ends of phrases that praise the product and do not say what it is: "the easiest way"."""


_NO_NOUN_FIRST = re.compile(
    r"(?:at|in|on|from|with|to|by|until|till|during|want|need|learn|sleep|feel|stop|earn|save|rent|buy|track|find|grow|"
    r"(?:grand )?(?:re-?)?opening|ready|looking|how|why|when|where|what|who|never|always|no more|tired|wake|stay|turn|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|send|manage|cancel|switch|scan|plant|run|walk|help|donate|bring|pay|ask|forget|join|invest|hire|say)(?![\w-])",
    re.I,
)


_VERB_FIRST = re.compile(r"(?:learn|want|need|buy|earn|feel|forget|bring|ask|say|invest|join|donate|become)\s", re.I)
"""Beginnings that no name of goods has: "learn guitar"."""


def _is_deed(phrase: str) -> bool:
    """ "closes the books", "track your sleep", "at the fair": no noun phrase, so nothing to meet."""
    words = phrase.split()
    name = len(words) > 2 and words[0][0].isupper() and words[2][0].isupper()
    if len(words) > 1 and re.fullmatch(AFTER_VERB, words[1]) and not name:
        return True
    if _VERB_FIRST.match(phrase):
        return True
    if re.match(r"(?:helps|lets|helping|letting|connects|automates)\s", phrase, re.I):
        return True
    if re.search(r" (?:accepted|included|available|welcome|possible|required)$", phrase, re.I):
        return True
    noun = known_noun(phrase)
    return bool(_NO_NOUN_FIRST.match(phrase)) and not (noun and noun[1] == len(words) and noun[0] <= 1)


def _is_plain_quality(phrase: str) -> bool:
    """One or two adjectives, or a statement with a number: a feature rather than a product."""
    words = phrase.split()
    common = all(is_common(word) for word in words)
    return bool(re.match(r"\d", phrase)) or (common and not any(map(_could_be_noun, words)))


def _could_be_noun(word: str) -> bool:
    lower = word.lower()
    return lower not in LOOK_WORDS and lower not in FUNCTION_WORDS and is_plural(lower)


def _apposed_name(parts: list[Clause], index: int) -> str | None:
    """ "Zorbotron 5000" in "Zorbotron 5000, the litter box", and in "our litter box, the Zorbotron 5000"."""
    after = parts[index + 1].text if index + 1 < len(parts) else ""
    if re.match(r"the (?:[A-Z][\w'&+-]*\s?)(?:[A-Z\d][\w'&+-]*\s?){0,3}$", after) and parts[index].text[:1].islower():
        return after.removeprefix("the ")
    before = parts[index - 1].text if index else ""
    apposed = re.match(r"(?:the|an?|our)\s", parts[index].text, re.I)
    named = (
        before
        and not is_look(before)
        and before[0].isupper()
        and not is_common(before.split()[0])
        and len(before.split()) <= 4
    )
    return before if apposed and named else None


def _names_again(clause: Clause, product: Product) -> bool:
    again = {product.phrase, product.the, product.one, f"the {product.phrase}"}
    return clause.text.lower() in {words.lower() for words in again}
