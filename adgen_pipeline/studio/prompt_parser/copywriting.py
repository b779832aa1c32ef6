"""The words of the ad: headlines, captions and sentences to speak, made of the brief's own words and of invitations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from adgen_pipeline.contracts.brief import SceneRole
from adgen_pipeline.contracts.storyboard import OverlayRole
from adgen_pipeline.studio.prompt_parser.categories import UNKNOWN, Line
from adgen_pipeline.studio.prompt_parser.facts import Feature
from adgen_pipeline.studio.prompt_parser.grammar import sentence_case
from adgen_pipeline.studio.prompt_parser.product import Product
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.speech import as_sentence, spoken_seconds

HEADLINE_WORDS = 7
_MOST_CAPTIONS = 2
_PRONOUNCEABLE = re.compile(r"[A-Za-z0-9]")
_WHERE = re.compile(r"(?:in|at|near|on) (?:[A-Z]|(?:our|my|the)\b)")
_PLACES = frozenset({"service", "course", "event", "travel"})
_SHOPS = frozenset(
    {"bakery", "restaurant", "diner", "pizzeria", "deli", "cafe", "bistro", "shop", "store", "gym", "school"}
)


@dataclass(frozen=True)
class Shown:
    """Words on screen; `style` hints at the type: serif, sans, or brand."""

    text: str
    role: OverlayRole
    style: str


@dataclass(frozen=True)
class Spoken:
    """A sentence for the voice; where time is short, the highest `rank` is left out first."""

    text: str
    rank: int


@dataclass(frozen=True)
class Copy:
    """All words of one scene, in their order on screen and in the ear; `about` is the feature the scene is about."""

    shown: tuple[Shown, ...]
    spoken: tuple[Spoken, ...]
    about: str | None = None


def write_copy(reading: Reading, roles: list[SceneRole], rng: Random) -> list[Copy]:
    """The words of each scene of `roles`. No line is used twice."""
    hooks = _deck(reading.category.hooks, reading.tone.hooks, rng, mixed=True)
    benefits = _deck(reading.category.benefits, reading.tone.benefits, rng, mixed=reading.category is UNKNOWN)
    stock = _Stock(reading, roles)
    writers = {
        "hook": lambda: _evocative(reading, next(hooks)),
        "product": lambda: _product(reading, stock, next(benefits), rng),
        "benefit": lambda: _benefit(reading, stock, next(benefits)),
        "proof": lambda: _proof(reading, next(benefits)),
        "call_to_action": lambda: _end_card(reading, next(benefits), rng),
    }
    return [writers[role]() for role in roles]


def narration(copy: Copy, seconds: float) -> str:
    """As many of the scene's sentences as can be said in `seconds`, the most important first; never part of one."""
    chosen: list[Spoken] = []
    for sentence in sorted(copy.spoken, key=lambda sentence: sentence.rank):
        if (
            _PRONOUNCEABLE.search(sentence.text)
            and spoken_seconds(" ".join(s.text for s in [*chosen, sentence])) <= seconds
        ):
            chosen.append(sentence)
    return " ".join(sentence.text for sentence in copy.spoken if sentence in chosen)


class _Stock:
    """The brief's features, dealt out: one to each benefit scene, the rest as captions, with proofs that have none."""

    def __init__(self, reading: Reading, roles: list[SceneRole]):
        benefits = roles.count("benefit")
        features = sorted(reading.features, key=lambda feature: _is_aside(feature, reading))
        self.leading = [feature for feature in features[:benefits] if not _is_aside(feature, reading)]
        proofs = () if "proof" in roles else reading.proofs
        self.spare = [f for f in reading.features if f not in self.leading] + [Feature(proof) for proof in proofs]

    def lead(self) -> Feature | None:
        return self.leading.pop(0) if self.leading else None

    def caption(self) -> Feature | None:
        return self.spare.pop(0) if self.spare else None


def _is_aside(feature: Feature, reading: Reading) -> bool:
    """True for what carries no scene of its own: a place, or the kind of thing that a name stands for."""
    product = reading.product
    kind = product is not None and product.named and product.kind == product.phrase and feature == reading.features[0]
    return bool(_WHERE.match(feature.text) or (kind and not feature.tie and not re.search(r"\d", feature.text)))


def _deck(own: tuple[Line, ...], tone: tuple[Line, ...], rng: Random, *, mixed: bool) -> Iterator[Line]:
    """The category's lines in any order; the tone's, which fit any product, come after or among them."""
    pool = [*own, *tone]
    rng.shuffle(pool)
    pool.sort(key=lambda line: line in tone and (not mixed or rng.random() < 0.6))
    seen: set[str] = set()
    for line in pool:
        if line.shown not in seen:
            seen.add(line.shown)
            yield line
    raise AssertionError("more scenes than lines")


def _evocative(reading: Reading, line: Line) -> Copy:
    return Copy((_headline(reading, line.shown),), _say(line.spoken, line.more))


def _product(reading: Reading, stock: _Stock, line: Line, rng: Random) -> Copy:
    if reading.product is None:
        return _without_product(reading, line)
    product = reading.product
    features = [feature for feature in (stock.caption(), stock.caption()) if feature]
    headline = _greeting(reading, product, rng)
    captions = [*_kind(reading, product, headline), *(feature.shown for feature in features)][:_MOST_CAPTIONS]
    shown = [_headline(reading, headline), *(_caption(caption) for caption in captions)]
    told = [_feature_sentence(feature, product) for feature in features]
    spoken = _say(_introduction(reading, product), *told, line.spoken)
    return Copy(tuple(shown), spoken, features[0].text if features else None)


def _kind(reading: Reading, product: Product, headline: str) -> list[str]:
    """What it is and for whom, as far as `headline` does not say: "A luxury watch for busy parents"."""
    audience = f"for {reading.audience}" if reading.audience else ""
    said = product.kind.lower() in headline.lower()
    return [caption] if (caption := audience if said else f"{product.one} {audience}".strip()) else []


def _without_product(reading: Reading, line: Line) -> Copy:
    """A brief without a product shows its brand, or its adjectives, or an invitation."""
    if reading.brand:
        meeting = f"Meet {reading.brand}"
        return Copy((_headline(reading, meeting),), _say(as_sentence(meeting), line.spoken))
    if not reading.adjectives:
        return _evocative(reading, line)
    words = " ".join(f"{word.capitalize()}." for word in reading.adjectives)
    return Copy((_headline(reading, words),), _say(words, line.spoken))


def _greeting(reading: Reading, product: Product, rng: Random) -> str:
    """ "Meet Aurum" where the brand has a name that the product's words do not hold, else "The luxury watch"."""
    pattern = rng.choice(reading.tone.greetings)
    if reading.brand and not product.named and reading.brand.lower() not in product.phrase.lower():
        the, pattern = reading.brand, pattern if pattern != "{The}" else "Meet {the}"
    elif _is_place(product) or (product.bare_mass and "Meet" in pattern):
        return product.name
    else:
        the = product.the
    text = pattern.format(the=the, The=sentence_case(the), name=the.removeprefix("the "))
    if the == reading.brand and " " in the:
        text = text.replace(f" {the}", f"\n{the}")  # a name is not broken in the middle
    return text if len(text.split()) <= HEADLINE_WORDS else product.name


def _is_place(product: Product) -> bool:
    """True for what is visited or booked: nobody says "meet the ..." of it."""
    return not product.named and (product.category.name in _PLACES or product.phrase.split()[-1].lower() in _SHOPS)


def _introduction(reading: Reading, product: Product) -> str:
    """ "The luxury watch from Chronos, for busy parents." """
    start = product.one if _is_place(product) else product.the if product.bare_mass else f"meet {product.the}"
    if reading.brand and reading.brand.lower() not in product.phrase.lower():
        start += f" from {reading.brand}"
    return as_sentence(start + (f", for {reading.audience}" if reading.audience else ""))


def _benefit(reading: Reading, stock: _Stock, line: Line) -> Copy:
    feature = stock.lead()
    if feature is None:
        return _evocative(reading, line)
    spoken = _say(_feature_sentence(feature, reading.product), line.spoken, line.more)
    if len(feature.text.split()) > HEADLINE_WORDS - 1:
        return Copy((_headline(reading, line.shown), _caption(feature.shown)), spoken, feature.text)
    more = stock.caption()
    captions = (_caption(more.shown),) if more else ()
    return Copy((_headline(reading, feature.shown), *captions), spoken, feature.text)


def _feature_sentence(feature: Feature, product: Product | None) -> str:
    """ "It sings for two minutes." for what a product does, the bare words for what it is or has."""
    if feature.tie != "it":
        return as_sentence(feature.text)
    many = product is not None and product.plural and not feature.text.split()[0].endswith("s")
    return as_sentence(f"{'they' if many else 'it'} {feature.text}")


def _proof(reading: Reading, line: Line) -> Copy:
    proof, *others = reading.proofs
    spoken = _say(*(as_sentence(text) for text in reading.proofs[:2]), line.spoken)
    if len(proof.split()) > HEADLINE_WORDS:
        return Copy((_headline(reading, line.shown), _caption(proof)), spoken, proof)
    return Copy((_headline(reading, proof), *(_caption(text) for text in others[:1])), spoken, proof)


def _end_card(reading: Reading, line: Line, rng: Random) -> Copy:
    product = reading.product
    call = reading.call_to_action or _call(reading, rng)
    name = reading.brand or (product.name if product else None)
    shown = [_brand(name) if name else _headline(reading, line.shown)]
    closing = reading.tagline or (line.shown if name and not reading.offers else None)
    shown += [_caption(closing, reading.tone.type_style)] if closing else []
    shown += [Shown(sentence_case(offer), "offer", "sans") for offer in reading.offers[:2]]
    shown += [Shown(call, "call_to_action", "sans")]
    shown += [_caption(reading.website)] if reading.website and reading.website not in call else []
    spoken_name = reading.brand or (product.the if product else line.spoken)
    tagline = [Spoken(as_sentence(reading.tagline or line.spoken), 3)] if closing else []
    offers = [Spoken(as_sentence(offer), 1 + 3 * i) for i, offer in enumerate(reading.offers[:2])]
    spoken = [Spoken(as_sentence(spoken_name), 0), *tagline, *offers, Spoken(as_sentence(call), 2)]
    return Copy(tuple(shown), tuple(spoken))


def _brand(name: str) -> Shown:
    return Shown(name, "headline", "brand")


def _call(reading: Reading, rng: Random) -> str:
    """A call that fits: "Shop now" where something has a price, never for a place or in a hushed voice."""
    if reading.product and _is_place(reading.product):
        return rng.choice([call for call in reading.category.calls if call not in {"Shop now", "See more"}])
    calls = [
        call for call in reading.category.calls if call != "Shop now" or reading.tone.name not in {"luxury", "calm"}
    ]
    if reading.offers and "Shop now" in calls:
        return "Shop now"
    return rng.choice(calls)


def _say(*sentences: str) -> tuple[Spoken, ...]:
    return tuple(Spoken(text, rank) for rank, text in enumerate(sentences) if text)


def _headline(reading: Reading, text: str) -> Shown:
    """A headline is a sentence, with its stop."""
    stop = "" if text[-1:] in ".!?" else "."
    return Shown(sentence_case(text) + stop, "headline", reading.tone.type_style)


def _caption(text: str, style: str = "sans") -> Shown:
    return Shown(sentence_case(text) if "." not in text.split()[0][:-1] else text, "caption", style)
