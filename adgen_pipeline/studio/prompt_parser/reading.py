"""What a brief says, and nothing it does not say."""

import re
from dataclasses import dataclass, replace

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.categories import CATEGORIES, UNKNOWN, Category
from adgen_pipeline.studio.prompt_parser.clauses import Clause, clauses
from adgen_pipeline.studio.prompt_parser.cleaning import clean, is_common
from adgen_pipeline.studio.prompt_parser.facts import Facts, Feature, sort_facts
from adgen_pipeline.studio.prompt_parser.finding import find_product
from adgen_pipeline.studio.prompt_parser.language import ENGLISH, Language
from adgen_pipeline.studio.prompt_parser.names import Quoted, brand_in, maker_in, quoted
from adgen_pipeline.studio.prompt_parser.occasions import is_hiring, occasion_in
from adgen_pipeline.studio.prompt_parser.offers import is_reduction, take_offers, take_website
from adgen_pipeline.studio.prompt_parser.product import Product, goods_in, other_goods, product_named
from adgen_pipeline.studio.prompt_parser.tones import TONES, Tone
from adgen_pipeline.studio.prompt_parser.turns import Change, change_in, problem_in
from adgen_pipeline.studio.prompt_parser.vocabulary import AD_NOUNS, COLOURS, PLATFORMS


@dataclass(frozen=True)
class Reading:
    """A brief, understood.

    `offers` (prices, reductions, dates), `features`, `proofs`, `problem` and `change` stand as the customer wrote them;
    `is_on_sale` when an offer is more than a price, `occasion` its name; `others` are the nouns of goods beside
    `product`; `phrases` are all there is of a brief in another language. `looks` and `scenery` say what the ad should
    look like and never reach the screen as words.
    """

    category: Category
    tone: Tone
    language: Language = ENGLISH
    product: Product | None = None
    others: tuple[str, ...] = ()
    brand: str | None = None
    tagline: str | None = None
    call_to_action: str | None = None
    question: str | None = None
    problem: str | None = None
    change: Change | None = None
    audience: str | None = None
    platform: str | None = None
    offers: tuple[str, ...] = ()
    is_on_sale: bool = False
    occasion: str | None = None
    features: tuple[Feature, ...] = ()
    proofs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    website: str | None = None
    looks: tuple[str, ...] = ()
    scenery: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()


def read(prompt: str, guidelines: BrandGuidelines) -> Reading:
    """What `prompt` and the brand's `guidelines` say together; the guidelines win where both speak."""
    text = clean(prompt, guidelines.name)
    website, text = take_website(text)
    offers, text = take_offers(text)
    said = text
    marks, text = quoted(text)
    platform, text = _take_platform(text)
    parts = clauses(text)
    product, rest = find_product(parts)
    facts = sort_facts(rest)
    problem, change = facts.problem or problem_in(text), change_in(text)
    occasion = occasion_in(text)
    told_elsewhere = tuple(words for words in (problem, occasion, change and change.words, *offers) if words)
    maker = maker_in(text) if marks.name else None
    brand = guidelines.name or facts.brand or maker or marks.name or brand_in(parts, product, text)
    adjectives = _adjectives(parts) if not product else ()
    product = product or (product_named(brand) if brand else None if adjectives else goods_in(text))
    if product and marks.name:
        product = product.called(marks.name)
    category = CATEGORIES["work"] if is_hiring(text) else product.category if product else UNKNOWN
    if product and product.category is UNKNOWN and is_hiring(text):
        product = replace(product, category=category, motif=category.motif)
    audience = facts.audience
    if is_hiring(text) and occasion and audience:
        occasion, audience = f"{occasion} {audience}", None
    words = f"{said} {guidelines.style or ''} {guidelines.style or ''}".lower()
    return Reading(
        product=product,
        category=category,
        tone=tone_of(words, category, *facts.looks, facts.tone or ""),
        others=other_goods(text, product),
        brand=brand,
        tagline=guidelines.tagline or marks.tagline or facts.tagline,
        call_to_action=guidelines.call_to_action or marks.call_to_action or facts.call_to_action,
        question=facts.question,
        problem=problem,
        change=change,
        audience=audience,
        platform=platform,
        offers=_offers(offers + facts.offers, brand),
        is_on_sale=any(map(is_reduction, offers)) or (occasion is not None and not is_hiring(text)),
        occasion=occasion,
        features=_not_offered(_features(facts, marks, brand, told_elsewhere), offers + facts.offers),
        proofs=facts.proofs,
        website=website,
        looks=_looks(facts, guidelines, words),
        scenery=facts.scenery,
        avoided=facts.avoided,
        adjectives=adjectives,
        colours=_colours(words),
    )


def _features(facts: Facts, marks: Quoted, brand: str | None, elsewhere: tuple[str, ...]) -> tuple[Feature, ...]:
    """What is said of the product; that it is the brand's, "with Pastabox", is said by the name on screen."""
    of_brand = re.compile(rf"^(?:(?:at|with|from|by|on) )?{re.escape(brand or ' ')}(?: app)?(?: and |[!.,]*$)", re.I)
    told = [replace(f, text=of_brand.sub("", f.text)) for f in facts.features if f.text not in marks]
    bare = [words.lower() for words in elsewhere]
    return tuple(
        f for f in told if f.text and not any(f.text.lower() in words or words in f.text.lower() for words in bare)
    )


def _not_offered(features: tuple[Feature, ...], offers: tuple[str, ...]) -> tuple[Feature, ...]:
    """`features` without the "Friday" of "two for one every Friday"."""
    said = [f" {offer.lower()} " for offer in offers]
    return tuple(f for f in features if not any(f" {f.text.lower()} " in offer for offer in said))


_OF_THE_AD = ("cinematic", "moody", "dreamy", "upbeat", "epic")
"""Looks that stand before the product in "a moody coffee ad", and are the ad's."""


def _looks(facts: Facts, guidelines: BrandGuidelines, words: str) -> tuple[str, ...]:
    """How the ad is to look: in the brief's phrases, by single words before the product, and in the guidelines."""
    told = " ".join(facts.looks).lower()
    single = [look for look in _OF_THE_AD if re.search(rf"\b{look}\b", words) and look not in told]
    return (*facts.looks, *single, *([guidelines.style] if guidelines.style else []))


def _offers(offers: tuple[str, ...], brand: str | None) -> tuple[str, ...]:
    """What is offered, then its code, which tells nothing by itself, then everything else."""
    plain = [_without_name(offer, brand) for offer in offers]
    codes = [offer for offer in plain if offer.lower().startswith("use ")]
    others = [offer for offer in plain if offer not in codes]
    return (*others[:1], *codes, *others[1:])


def _without_name(offer: str, brand: str | None) -> str:
    """ "50% off" of "50% off at Nordlys": the name stands above it on the end card."""
    return re.sub(rf"\s+at {re.escape(brand)}(?!\w)", "", offer) if brand else offer


def _take_platform(text: str) -> tuple[str | None, str]:
    """The platform the ad is for, and `text` without it; "an app for Instagram creators" keeps its words."""
    names = "|".join(sorted(PLATFORMS, key=len, reverse=True))
    online = "|".join(name for name in PLATFORMS if PLATFORMS[name] != "TV")  # "our TV" is goods
    named = rf"(?:(?:for|on|to) (?P<name>{names})|(?P<name4>{online}))"
    spoken_of = rf"\b{named}\b(?: {AD_NOUNS})?(?= {AD_NOUNS}\b|\s*(?:[.,;:!?]|\s[-–—]\s|$))"
    before_link = (
        rf"\b(?:for|on) (?P<name2>{names})\b(?: {AD_NOUNS})?(?= (?:for|about|promoting|with|showing|featuring|in)\b)"
    )
    leading = rf"\b(?P<name3>{names})\b(?= {AD_NOUNS})"
    alone = rf"(?:^|(?<=[.,;!?] ))(?P<name5>{names})(?: {AD_NOUNS}| (?:16:9|9:16|1:1))*(?=\s*(?:[.,;!]|$))"
    match = re.search(f"{spoken_of}|{before_link}|{alone}|{leading}", text, re.IGNORECASE)
    if not match:
        return None, text
    name = next(name for name in match.groups() if name)
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return PLATFORMS[name.lower()], re.sub(r"\s+([.,;:!?])", r"\1", " ".join(rest.split()))


def tone_of(words: str, category: Category, *looks: str) -> Tone:
    """The tone most of the brief's words call for; the category's own where they call for none."""
    tokens = re.findall(r"[\w'-]+", words)
    votes = {name: sum(token in tone.words for token in tokens) for name, tone in TONES.items()}
    for token in re.findall(r"[\w'-]+", " ".join(looks).lower()):
        for name, tone in TONES.items():
            votes[name] += token in tone.words
    votes[category.tone] += 0.5 if any(votes.values()) else 1  # type: ignore[assignment]
    return TONES[max(votes, key=lambda name: votes[name])]


def _adjectives(parts: list[Clause]) -> tuple[str, ...]:
    """The words of a brief that names no product, when they are few and common: "elegant, bold, golden"."""
    words = [
        w.lower() for part in parts for w in re.findall(r"[A-Za-z-]+", part.text) if w.lower() not in {"and", "very"}
    ]
    listed = len(parts) > 2 and all(part.text.islower() and len(part.text.split()) == 1 for part in parts)
    return tuple(dict.fromkeys(words))[:3] if words and (listed or all(map(is_common, words))) else ()


_NO_COLOUR = re.compile(
    r"olive oil|golden (?:hour|retriever)|(?:green|black) (?:tea|coffee|friday)|orange juice|rose ?water|coconut cream|"
    r"(?:ice|face|hand|body|eye|sour|shaving|day|night) cream|cream cheese|white noise|peach tea|mint tea"
)


def _colours(words: str) -> tuple[str, ...]:
    """The colours a brief names, in its order; "olive oil" and "golden hour" name none."""
    return tuple(dict.fromkeys(w for w in re.findall(r"[a-z]+", _NO_COLOUR.sub(" ", words)) if w in COLOURS))
