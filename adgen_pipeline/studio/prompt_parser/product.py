"""The product of a brief: the noun phrase as the customer writes it."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from adgen_pipeline.studio.motif_names import MotifName
from adgen_pipeline.studio.prompt_parser.categories import NOUNS, UNKNOWN, Category
from adgen_pipeline.studio.prompt_parser.clauses import Clause
from adgen_pipeline.studio.prompt_parser.cleaning import is_common
from adgen_pipeline.studio.prompt_parser.grammar import is_plural, sentence_case, singular, with_article
from adgen_pipeline.studio.prompt_parser.subjects import AFTER_VERB, DEEDS
from adgen_pipeline.studio.prompt_parser.vocabulary import (
    ACRONYMS,
    COLOURS,
    DETERMINERS,
    FUNCTION_WORDS,
    LOOK_GLUE,
    LOOK_NOUNS,
    LOOK_WORDS,
    PEOPLE,
    PROPER,
    PUFF,
)

LONGEST = 6
"""Words in a product's phrase; a longer one is cut back to the words around its noun."""


@dataclass(frozen=True)
class Product:
    """What is advertised: `phrase` as on screen, `kind` its common noun phrase, the same unless the phrase is a name.

    `noun` is the known one in it, else its last word; `motif` is what is drawn for it; `named` when the phrase is a
    proper name; `mass` for "coffee", which takes no article.
    """

    phrase: str
    kind: str
    category: Category
    noun: str
    motif: MotifName
    plural: bool
    named: bool
    mass: bool

    def called(self, name: str) -> "Product":
        """The product under its own name, if its phrase does not hold it."""
        return self if name.lower() in self.phrase.lower() else replace(self, phrase=name, named=True)

    @property
    def the(self) -> str:
        """In the middle of a sentence: "the luxury watch", "cold brew coffee", "Zorbotron 5000"."""
        return self.phrase if self.named or self.mass else f"the {self.phrase}"

    @property
    def bare_mass(self) -> bool:
        """True for "cold brew coffee" without a name to greet."""
        plain = all(word.islower() or word.lower() in ACRONYMS for word in self.phrase.split())
        return self.mass and not self.named and plain

    @property
    def one(self) -> str:
        """As one of its kind: "a luxury watch", "running shoes", "coffee"."""
        bare = self.mass or self.plural or (self.named and self.kind == self.phrase)
        return self.kind if bare else with_article(self.kind)

    @property
    def name(self) -> str:
        """On its own, as on an end card: "Luxury watch"."""
        return sentence_case(self.phrase)


def find_product(parts: list[Clause]) -> tuple[Product | None, list[Clause]]:
    """The product in `parts`, and the clauses that are left once it is taken out."""
    scored = [(_score(part, i) and _score(part, i) + _weight(parts, i), -i) for i, part in enumerate(parts)]
    best = max(scored, default=(0, 0))
    if best[0] <= 0:
        return _asked_for(parts), parts
    index = -best[1]
    part = parts[index]
    phrase, tail = _phrase(part.text, part.told)
    name = _apposed_name(parts, index)
    product = _product(phrase, name)
    left = (
        [part]
        if part.told
        else [Clause("showing", part.text)]
        if _DEED_WITH.match(part.text)
        else [Clause("tail", tail)]
        if tail
        else []
    )
    rest = [*parts[:index], *left, *parts[index + 1 :]]
    return product, [clause for clause in rest if not _names_again(clause, product)]


def _asked_for(parts: list[Clause]) -> Product | None:
    """ "QuickCart app" of "Download the QuickCart app", where nothing else in the brief is a product."""
    for part in parts:
        asked = re.search(r"\b(?:the|our|my) ((?:[A-Z][\w'&+-]* )+[a-z]+)\b", part.text)
        if part.link == "label:cta" and asked and known_noun(asked[1]):
            return _product(asked[1], None)
    return None


def product_named(name: str) -> Product | None:
    """ "IronHouse Gym", whose name says what it is."""
    return _product(name, name) if known_noun(name) else None


def goods_in(text: str) -> Product | None:
    """The first goods that `text` names at all, by their noun alone: "bags" of "we sew old sails into bags"."""
    words = [word.strip(".,;:!?\"'()") for word in text.split()]
    for length, i in ((length, i) for i in range(len(words)) for length in (2, 1)):
        noun = " ".join(words[i : i + length])
        if len(words[i : i + length]) == length and singular(noun) in NOUNS:
            return _product(noun.lower(), None)
    return None


def known_noun(words: str) -> tuple[int, int, Category] | None:
    """Where the last known noun of `words` begins and ends (word indices), and its category."""
    tokens = [singular(re.sub(r"[^\w'&-]", "", word).replace("é", "e")) for word in words.split()]
    for end in range(len(tokens), 0, -1):
        for length in (3, 2, 1):
            noun = " ".join(tokens[max(0, end - length) : end])
            if end >= length and noun in NOUNS:
                return end - length, end, NOUNS[noun]
    return None


_LISTED = re.compile(r",? (?:and|or|plus) |\s*[,+&]\s*", re.IGNORECASE)


def other_goods(text: str, product: Product | None) -> tuple[str, ...]:
    """The nouns of other goods that `text` lists beside `product`: "smartwatch and wireless earbuds"."""
    if product is None:
        return ()
    found: list[str] = []
    for sentence in re.split(r"[.!?;:]", text):
        pieces = [piece for piece in _LISTED.split(sentence) if piece]
        nouns = [(piece, noun) for piece in pieces if (noun := _closing_noun(piece))]
        if len(nouns) > 1 and any(product.noun == noun for _, noun in nouns):
            found += [noun for _, noun in nouns if _differs(noun, product)]
    return tuple(dict.fromkeys(found))


def _closing_noun(piece: str) -> str | None:
    """The known noun that a piece of a list ends with, before "for ..." and the like."""
    head = re.split(r"\s(?:for|with|in|at|on|from|to|that|which|bundle|set|pack)\b", piece)[0]
    noun = known_noun(head)
    words = head.split()
    return " ".join(words[noun[0] : noun[1]]).lower() if noun and noun[1] == len(words) else None


def _differs(noun: str, product: Product) -> bool:
    """Goods of another kind; "a bakery with bread and cakes" sells one kind."""
    category = NOUNS[singular(noun)]
    return category is not product.category and category.motif_of(singular(noun)) not in {product.motif, "service"}


def is_people(words: str) -> bool:
    """True when `words` are about persons: "busy parents", "anyone who runs"."""
    return any(singular(word.strip(",.")) in PEOPLE for word in words.split())


def is_look(words: str) -> bool:
    """True when `words` describe the ad's look or sound."""
    tokens = [word.strip(".,'\"").lower() for word in words.split()]
    if (tokens and tokens[-1] in LOOK_NOUNS) or any(re.fullmatch(r"cinematic|\d0s", token) for token in tokens):
        return True
    plain = [token for token in tokens if token not in LOOK_GLUE]
    return bool(plain) and all(token in LOOK_WORDS or token in COLOURS for token in plain)


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
    phrase, _ = _phrase(part.text, part.told)
    if (
        not phrase
        or not phrase[0].isalpha()
        or _NO_GOODS.search(phrase)
        or (is_look(phrase) and not _is_ordered(part, phrase))
        or _is_sentence(phrase)
        or _is_deed(phrase)
    ):
        return 0
    score = _LINK_SCORE[part.link] - 0.2 * index - (3 if part.told else 0)
    named = _ENDS_IN_NAME.match(phrase)
    phrase = named["kind"] if named else phrase
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


def _is_deed(phrase: str) -> bool:
    """ "closes the books", "track your sleep", "at the fair": no noun phrase, so nothing to meet."""
    words = phrase.split()
    name = len(words) > 2 and words[0][0].isupper() and words[2][0].isupper()
    if len(words) > 1 and re.fullmatch(AFTER_VERB, words[1], re.I) and not name:
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


_TAIL = re.compile(
    r"\s+(?:(?:now|also)\s+(?=[a-z]+s\b))?(?:(?=(?-i:[a-z]+[a-hj-rtv-z]s)\s+(?:\d+|your|the|an?|its|their|our)\b|"
    r"every\b|each\b|this\b|tonight\b|today\b|"
    r"(?:work|help|keep|last|fit|make)\s+(?:in|for|on|you|your|with|up|all|it|the)\b|in\b|on\b|at\b|to\b|by\b|from\b|made\b|using\b|inspired\b|powered\b|who\b|while\b|near\b|through\b|"
    r"under\b|because\b|offering\b|is\b|are\b|have\b|speciali[sz]ing\b|drops?$|launch$|release$|based\b|located\b|serving\b|dedicated\b|delivered\b|brewed\b|engraved\b|infused\b|filled\b|packed\b|topped\b|hosted\b|crafted\b|shaped\b|distilled\b|built\b|printed\b|set\b|so\b|"
    + DEEDS
    + r"\b))",
    re.I,
)
_DEED_WITH = re.compile(r"^(?:\S+ ){1,4}?\w+ing (?:an?|the|our|my|some|his|her) (.+)$", re.I)
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


def _phrase(text: str, told: bool = False) -> tuple[str, str]:
    """The noun phrase `text` begins with, and the words after it."""
    text = _THAT_MAKES.sub("", text)
    if told:
        text = re.sub(r"^.*\b(?:our|my)\s+", "", text)
    for story in (_DEED_WITH, _MADE_INTO):
        if (told_of := story.match(text)) and known_noun(told_of[1]):
            text = told_of[1]
    head, *tail = _TAIL.split(text, maxsplit=1)
    words = head.strip(" ,.!?:").split()
    while words and (words[0].lower().strip(",") in DETERMINERS | PUFF | {"and", "of", "for", "both"}):
        words.pop(0)
    words = [w for i, w in enumerate(words) if not (i and words[i - 1].lower() == "and" and w.lower() in DETERMINERS)]
    if (
        words
        and words[0][1:].islower()
        and not _is_name(words)
        and (is_common(words[0].split("-")[0]) or (words[1:] == [] and is_plural(words[0])))
    ):
        words[0] = words[0].lower()
    words, look = _without_look(_shortened(words))
    return " ".join(words), " ".join([*look, *tail])


def _is_name(words: list[str]) -> bool:
    """True for "Apple Watch", not for "Luxury Swiss-style watch"."""
    if (re.search(r"-[a-z]", words[0]) and not is_common(words[0].split("-")[0])) or words[1:2] == ["&"]:
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
    if len(words) - len(_leading_name(words)) <= LONGEST:
        return words
    noun = known_noun(" ".join(words))
    if noun is None:
        return []
    end = len(words) if len(words) - noun[1] < 3 else noun[1]  # the converter of "standing desk converter"
    return words[max(0, noun[0] - 3) : end]


def _leading_name(words: list[str]) -> list[str]:
    """ "UltraComfort ProSeries" of "UltraComfort ProSeries ergonomic standing desk"."""
    return list(takewhile(lambda word: word[0].isupper() and _may_be_name(word), words))


def _may_be_name(word: str) -> bool:
    return not is_common(word) and word.lower() not in ACRONYMS


def _is_all_name(words: list[str]) -> bool:
    """ "Pawsome Grooming", but not "Aurora running shoe"."""
    return (
        len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words) and not _is_known_case(words)
    )


def _is_owned(phrase: str) -> bool:
    """ "Miller's sofas": the owner's name stands for the article."""
    return bool(re.match(r"[A-Z][^a-z]*[a-z&' ]*?(?:[A-Z]\w*)?'s ", phrase))


def _is_foreign(words: list[str], noun: tuple[int, int, Category] | None) -> bool:
    """True for words the studio does not know: they are taken as they are, like a name."""
    return noun is None and len(words) > 1 and not any(map(is_common, words))


def _is_known_case(words: list[str]) -> bool:
    return all(word.lower() in {*PROPER, *ACRONYMS} for word in words)


def _lowered(words: list[str]) -> str:
    return " ".join(word if _is_known_case([word]) else word.lower() for word in words)


def _apposed_name(parts: list[Clause], index: int) -> str | None:
    """ "Zorbotron 5000" in "Zorbotron 5000, the litter box", and in "our litter box, the Zorbotron 5000"."""
    after = parts[index + 1].text if index + 1 < len(parts) else ""
    if re.match(r"the (?:[A-Z][\w'&+-]*\s?)(?:[A-Z\d][\w'&+-]*\s?){0,3}$", after) and parts[index].text[:1].islower():
        return after.removeprefix("the ")
    before = parts[index - 1].text if index else ""
    apposed = re.match(r"(?:the|an?|our)\s", parts[index].text, re.I)
    named = before and before[0].isupper() and not is_common(before.split()[0]) and len(before.split()) <= 4
    return before if apposed and named else None


_ENDS_IN_NAME = re.compile(r"^(?P<kind>[a-z].*?)\s+(?P<name>[A-Z][\w'&+-]*(?:\s+(?:[A-Z][\w'&+-]*|\d[\w.]*))*)$")


def _product(phrase: str, name: str | None) -> Product:
    match = _ENDS_IN_NAME.match(phrase)
    if not name and match and known_noun(match["kind"]) and match["name"].lower() not in PROPER:
        phrase, name = match["kind"], match["name"]
    if not name and len(phrase.split()) > LONGEST and (leading := _leading_name(phrase.split())):
        name = " ".join(leading)
        phrase = _lowered(phrase.removeprefix(name).split()) or name
    noun = known_noun(phrase)
    words = phrase.split()
    head = (" ".join(words[noun[0] : noun[1]]) if noun else words[-1]).lower()
    last = re.split(r"\s+(?:of|for)\s+", phrase)[0].split()[-1]
    mass = bool(noun and noun[2].mass and noun[1] == len(words) and head in noun[2].mass)
    category = noun[2] if noun else UNKNOWN
    return Product(
        phrase=name or phrase,
        kind=phrase,
        category=category,
        noun=head,
        motif=category.motif_of(singular(head)),
        plural=not mass and (is_plural(last) or " and " in phrase),
        named=bool(name)
        or _is_all_name(words)
        or _is_owned(phrase)
        or _is_foreign(words, noun)
        or (noun is None and phrase[0].isupper() and _may_be_name(words[0])),
        mass=mass or bool(re.search(r"(?:ware|wear)$", last)),
    )


def _names_again(clause: Clause, product: Product) -> bool:
    again = {product.phrase, product.the, product.one, f"the {product.phrase}"}
    return clause.text.lower() in {words.lower() for words in again}
