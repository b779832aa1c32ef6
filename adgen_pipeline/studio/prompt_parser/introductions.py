"""How the product is met: by its name, by what it is, and by whom it is for."""

from random import Random

from adgen_pipeline.studio.prompt_parser.facts import Feature
from adgen_pipeline.studio.prompt_parser.grammar import sentence_case
from adgen_pipeline.studio.prompt_parser.product import Product
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.script import HEADLINE_WORDS
from adgen_pipeline.studio.prompt_parser.speech import as_sentence

_PLACES = frozenset({"service", "course", "event", "travel", "health", "farewell", "property", "cause", "work"})
_SHOPS = frozenset(
    {
        "bakery",
        "restaurant",
        "diner",
        "pizzeria",
        "deli",
        "cafe",
        "café",
        "studio",
        "bistro",
        "shop",
        "store",
        "gym",
        "bar",
        "pub",
        "school",
        "place",
        "buffet",
        "brunch",
        "lounge",
        "winery",
        "brewery",
        "salon",
        "dealer",
        "dealership",
        "garage",
        "florist",
    }
)


def greeting(reading: Reading, product: Product, rng: Random) -> str:
    """ "Meet Aurum" where the brand has a name that the product's words do not hold, else "The luxury watch"."""
    pattern = rng.choice(reading.tone.greetings)
    if reading.brand and not product.named and not _holds_brand(product, reading):
        the, pattern = reading.brand, pattern if pattern != "{The}" else "Meet {the}"
    elif is_nameless(reading):
        return sentence_case(product.one)
    elif is_place(product) or (product.bare_mass and "Meet" in pattern):
        return product.name
    else:
        the = product.the
    text = pattern.format(the=the, The=sentence_case(the), name=the.removeprefix("the "))
    if the == reading.brand and " " in the:
        text = text.replace(f" {the}", f"\n{the}")  # a name is not broken in the middle
    return text if len(text.split()) <= HEADLINE_WORDS else product.name


def introduction(reading: Reading, product: Product) -> str:
    """ "The luxury watch from Chronos, for busy parents." """
    start = product.one if is_place(product) else product.the if product.bare_mass else f"meet {product.the}"
    if reading.brand and not _holds_brand(product, reading):
        start = f"{reading.brand}, {product.one}" if _is_business(product) else f"{start} from {reading.brand}"
    return as_sentence(start + (f", for {reading.audience}" if reading.audience else ""))


def kind_and_audience(reading: Reading, product: Product, headline: str) -> list[str]:
    """What it is and for whom, as far as `headline` does not say: "A luxury watch for busy parents"."""
    audience = f"for {reading.audience}" if reading.audience else ""
    said = product.kind.lower() in headline.lower()
    return [caption] if (caption := audience if said else f"{product.one} {audience}".strip()) else []


def feature_sentence(feature: Feature, product: Product | None) -> str:
    """ "It sings for two minutes." for what a product does, the bare words for what it is or has."""
    if feature.tie != "it":
        return as_sentence(feature.text)
    many = product is not None and product.plural and not feature.text.split()[0].endswith("s")
    return as_sentence(f"{'they' if many else 'it'} {feature.text}")


def is_nameless(reading: Reading) -> bool:
    """True for "a bakery" alone, whose trade on an end card would look like its name."""
    product = reading.product
    return product is not None and not reading.brand and is_place(product) and " " not in product.phrase


def is_visited(product: Product) -> bool:
    """True for clinics, concerts and cafés, named or not: nothing to put in a basket."""
    return product.category.name in _PLACES or not _SHOPS.isdisjoint({product.kind.split()[-1].lower(), product.noun})


def is_dropped_into(product: Product) -> bool:
    """True for bakeries, bars and gyms, whose door is open."""
    return is_visited(product) and product.category.name not in _PLACES


def _holds_brand(product: Product, reading: Reading) -> bool:
    return reading.brand is not None and reading.brand.lower() in product.phrase.lower()


def is_place(product: Product) -> bool:
    """True for what is visited or booked: nobody says "meet the ..." of it."""
    return not product.named and is_visited(product)


def _is_business(product: Product) -> bool:
    """True where the product is the business itself: "Clean Rivers, a nonprofit", but classes are from a studio."""
    return (
        is_place(product) and not product.mass and product.category.name not in {"course", "event", "property", "work"}
    )
