"""What a brief says, and nothing it does not say."""

import re
from dataclasses import dataclass, replace

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.categories import CATEGORIES, Category
from adgen_pipeline.studio.prompt_parser.clauses import Clause, clauses
from adgen_pipeline.studio.prompt_parser.cleaning import clean, is_common
from adgen_pipeline.studio.prompt_parser.facts import Facts, Feature, sort_facts
from adgen_pipeline.studio.prompt_parser.names import Quoted, brand_in, quoted
from adgen_pipeline.studio.prompt_parser.offers import take_offers, take_website
from adgen_pipeline.studio.prompt_parser.product import Product, find_product, product_named
from adgen_pipeline.studio.prompt_parser.tones import TONES, Tone
from adgen_pipeline.studio.prompt_parser.vocabulary import AD_NOUNS, COLOURS, PLATFORMS


@dataclass(frozen=True)
class Reading:
    """A brief, understood.

    `offers` (prices, reductions, dates), `features` and `proofs` stand as the customer wrote them; `looks` and
    `scenery` say what the ad should look like and never reach the screen as words.
    """

    product: Product | None
    category: Category
    tone: Tone
    brand: str | None
    tagline: str | None
    call_to_action: str | None
    question: str | None
    audience: str | None
    platform: str | None
    offers: tuple[str, ...]
    features: tuple[Feature, ...]
    proofs: tuple[str, ...]
    website: str | None
    looks: tuple[str, ...]
    scenery: tuple[str, ...]
    avoided: tuple[str, ...]
    adjectives: tuple[str, ...]
    colours: tuple[str, ...]


def read(prompt: str, guidelines: BrandGuidelines) -> Reading:
    """What `prompt` and the brand's `guidelines` say together; the guidelines win where both speak."""
    text = clean(prompt, guidelines.name)
    website, text = take_website(text)
    offers, text = take_offers(text)
    marks, text = quoted(text)
    platform, text = _take_platform(text)
    parts = clauses(text)
    product, rest = find_product(parts)
    facts = sort_facts(rest)
    brand = guidelines.name or facts.brand or marks.name or brand_in(parts, product, text)
    product = product or (product_named(brand) if brand else None)
    if product and marks.name:
        product = product.called(marks.name)
    category = product.category if product else CATEGORIES["product"]
    words = f"{prompt} {guidelines.style or ''} {guidelines.style or ''}".lower()
    return Reading(
        product=product,
        category=category,
        tone=_tone(words, category, facts),
        brand=brand,
        tagline=guidelines.tagline or marks.tagline or facts.tagline,
        call_to_action=guidelines.call_to_action or marks.call_to_action or facts.call_to_action,
        question=facts.question,
        audience=facts.audience,
        platform=platform,
        offers=tuple(_without_name(offer, brand) for offer in offers + facts.offers),
        features=_features(facts, marks, brand),
        proofs=facts.proofs,
        website=website,
        looks=facts.looks + ((guidelines.style,) if guidelines.style else ()),
        scenery=facts.scenery,
        avoided=facts.avoided,
        adjectives=_adjectives(parts) if not product else (),
        colours=_colours(words),
    )


def _features(facts: Facts, marks: Quoted, brand: str | None) -> tuple[Feature, ...]:
    """What is said of the product; that it is the brand's, "with Pastabox", is said by the name on screen."""
    of_brand = re.compile(rf"^(?:(?:at|with|from|by|on) )?{re.escape(brand or ' ')}(?: app)?(?: and |[!.,]*$)", re.I)
    told = [replace(f, text=of_brand.sub("", f.text)) for f in facts.features if f.text not in marks]
    return tuple(feature for feature in told if feature.text)


def _without_name(offer: str, brand: str | None) -> str:
    """ "50% off" of "50% off at Nordlys": the name stands above it on the end card."""
    return re.sub(rf"\s+at {re.escape(brand)}(?!\w)", "", offer) if brand else offer


def _take_platform(text: str) -> tuple[str | None, str]:
    """The platform the ad is for, and `text` without it; "an app for Instagram creators" keeps its words."""
    names = "|".join(sorted(PLATFORMS, key=len, reverse=True))
    spoken_of = rf"\b(?:(?:for|on|to) )?(?P<name>{names})\b(?: {AD_NOUNS})?(?= {AD_NOUNS}\b|\s*(?:[.,;:!?]|$))"
    before_link = (
        rf"\b(?:for|on) (?P<name2>{names})\b(?: {AD_NOUNS})?(?= (?:for|about|promoting|with|showing|featuring|in)\b)"
    )
    leading = rf"\b(?P<name3>{names})\b(?= {AD_NOUNS})"
    match = re.search(f"{spoken_of}|{before_link}|{leading}", text, re.IGNORECASE)
    if not match:
        return None, text
    name = next(name for name in match.groups() if name)
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return PLATFORMS[name.lower()], re.sub(r"\s+([.,;:!?])", r"\1", " ".join(rest.split()))


def _tone(words: str, category: Category, facts: Facts) -> Tone:
    """The tone most of the brief's words call for; the category's own where they call for none."""
    tokens = re.findall(r"[\w'-]+", words)
    votes = {name: sum(token in tone.words for token in tokens) for name, tone in TONES.items()}
    for token in re.findall(r"[\w'-]+", " ".join((*facts.looks, facts.tone or "")).lower()):
        for name, tone in TONES.items():
            votes[name] += token in tone.words
    votes[category.tone] += 0.5 if any(votes.values()) else 1  # type: ignore[assignment]
    return TONES[max(votes, key=lambda name: votes[name])]


def _adjectives(parts: list[Clause]) -> tuple[str, ...]:
    """The words of a brief that names no product, when they are few and common: "elegant, bold, golden"."""
    words = [
        w.lower() for part in parts for w in re.findall(r"[A-Za-z-]+", part.text) if w.lower() not in {"and", "very"}
    ]
    return tuple(dict.fromkeys(words))[:3] if words and all(is_common(word) for word in words) else ()


_NO_COLOUR = re.compile(
    r"olive oil|golden (?:hour|retriever)|(?:green|black) (?:tea|coffee|friday)|orange juice|rose ?water|coconut cream|"
    r"(?:ice|face|hand|body|eye|sour|shaving|day|night) cream|cream cheese|white noise|peach tea|mint tea"
)


def _colours(words: str) -> tuple[str, ...]:
    """The colours a brief names, in its order; "olive oil" and "golden hour" name none."""
    return tuple(dict.fromkeys(w for w in re.findall(r"[a-z]+", _NO_COLOUR.sub(" ", words)) if w in COLOURS))
