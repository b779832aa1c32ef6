"""The product of a brief: the noun phrase as the customer writes it, and what is known of it."""

import re
from dataclasses import dataclass, replace

from adgen_pipeline.studio.motif_names import MotifName
from adgen_pipeline.studio.prompt_parser.categories import NOUNS, UNKNOWN, Category
from adgen_pipeline.studio.prompt_parser.cleaning import is_common
from adgen_pipeline.studio.prompt_parser.goods import known_noun
from adgen_pipeline.studio.prompt_parser.grammar import is_plural, sentence_case, singular, with_article
from adgen_pipeline.studio.prompt_parser.phrases import LONGEST, is_known_case, leading_name, may_be_name
from adgen_pipeline.studio.prompt_parser.vocabulary import ACRONYMS, PROPER


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
        """The product under its own name; "cologne Nuit" keeps what it is as its kind."""
        kind = self.phrase.removesuffix(name).strip()
        if kind and kind != self.phrase and kind.islower():
            return replace(self, phrase=name, kind=kind, named=True)
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
        counted = re.match(r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b", self.kind, re.I)
        bare = counted or self.mass or self.plural or (self.named and self.kind == self.phrase)
        return self.kind if bare else with_article(self.kind)

    @property
    def name(self) -> str:
        """On its own, as on an end card: "Luxury watch"."""
        return sentence_case(self.phrase)


def product_named(name: str) -> Product | None:
    """ "IronHouse Gym", whose name says what it is."""
    return product_of(name, name) if known_noun(name) else None


def goods_in(text: str) -> Product | None:
    """The first goods that `text` names at all, by their noun alone: "bags" of "we sew old sails into bags"."""
    words = [word.strip(".,;:!?\"'()") for word in text.split()]
    for length, i in ((length, i) for i in range(len(words)) for length in (2, 1)):
        noun = " ".join(words[i : i + length])
        if len(words[i : i + length]) == length and singular(noun) in NOUNS:
            return product_of(noun.lower(), None)
    return None


_LISTED = re.compile(r",? (?:and|or|plus) |\s*[,+&]\s*", re.IGNORECASE)


def other_goods(text: str, product: Product | None) -> tuple[str, ...]:
    """The nouns of other goods that `text` lists beside `product`: "smartwatch and wireless earbuds"."""
    if product is None:
        return ()
    found: list[str] = []
    for sentence in re.split(r"[.!?;:]", re.sub(r"\b\d+[- ]beds?\b", "", text)):
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


def _is_all_name(words: list[str]) -> bool:
    """ "Pawsome Grooming", but not "Aurora running shoe"."""
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words) and not is_known_case(words)


def _is_owned(phrase: str) -> bool:
    """ "Miller's sofas": the owner's name stands for the article."""
    return bool(re.match(r"[A-Z][^a-z]*[a-z&' ]*?(?:[A-Z]\w*)?'s ", phrase))


def _is_foreign(words: list[str], noun: tuple[int, int, Category] | None) -> bool:
    """True for words the studio does not know: they are taken as they are, like a name."""
    return noun is None and len(words) > 1 and not any(map(is_common, words))


def _lowered(words: list[str]) -> str:
    return " ".join(word if is_known_case([word]) else word.lower() for word in words)


ENDS_IN_NAME = re.compile(
    r"^(?P<kind>[a-z].*?)(?<! of)(?<! for)(?<! and)\s+"
    r"(?P<name>[A-Z][\w'&+-]*(?:\s+(?:(?:&|and|of|of the|in the) )?(?:[A-Z][\w'&+-]*|\d[\w.]*))*)$"
)


def product_of(phrase: str, name: str | None) -> Product:
    match = ENDS_IN_NAME.match(phrase)
    if not name and match and known_noun(match["kind"]) and match["name"].lower() not in PROPER:
        phrase, name = match["kind"], match["name"]
    if not name and len(phrase.split()) > LONGEST and (leading := leading_name(phrase.split())):
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
        or (noun is None and phrase[0].isupper() and may_be_name(words[0])),
        mass=mass or bool(re.search(r"(?:ware|wear)$", last)),
    )
