"""The end card: name, tagline, offers again, and what the viewer may do."""

from random import Random

from adgen_pipeline.studio.prompt_parser.categories import Line
from adgen_pipeline.studio.prompt_parser.grammar import sentence_case
from adgen_pipeline.studio.prompt_parser.introductions import is_dropped_into, is_nameless, is_place, is_visited
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.script import Copy, Shown, Spoken, brand, caption, headline
from adgen_pipeline.studio.prompt_parser.speech import as_sentence

MOST_OFFERS = 2
"""Offers that an end card has room for."""

BUYING = frozenset({"Shop now", "Get yours", "Order yours", "Find yours"})
"""Calls for what is put into a basket."""

DROPPING_IN = ("Come by", "Drop in", "Come and see")
"""Calls for what has a door that one walks through."""


def end_card(reading: Reading, line: Line, rng: Random) -> Copy:
    """The last scene's words; `line` closes the ad where the brand has no tagline and there is no offer."""
    style, product = reading.tone.type_style, reading.product
    call = reading.call_to_action or _call(reading, rng)
    nameless = is_nameless(reading)
    name = reading.brand or (product.name if product and not nameless else None)
    closing = reading.tagline or (line.shown if name and not reading.offers else None)
    shown = [brand(name) if name else headline(closing or line.shown, style)]
    shown += [caption(closing, style)] if closing and name else []
    shown += [Shown(sentence_case(offer), "offer") for offer in reading.offers[:MOST_OFFERS]]
    shown += [Shown(call, "call_to_action")]
    shown += [caption(reading.website)] if reading.website and reading.website not in call else []
    spoken_name = reading.brand or (product.the if product else line.spoken)
    if product and is_place(product) and not reading.brand:
        spoken_name = (
            "" if reading.offers or closing else line.spoken if nameless else product.name
        )  # nobody says "the bakery" of one without a name
    tagline = [Spoken(as_sentence(reading.tagline or line.spoken), 3)] if closing else []
    offers = [Spoken(as_sentence(offer), 1 + 3 * i) for i, offer in enumerate(reading.offers[:MOST_OFFERS])]
    named = [Spoken(as_sentence(spoken_name), 0)] if spoken_name else []
    spoken = [*named, *tagline, *offers, Spoken(as_sentence(call), 2)]
    return Copy(tuple(shown), tuple(spoken))


def _call(reading: Reading, rng: Random) -> str:
    """A call that fits: to buy where something has a price, never to buy a place or in a hushed voice."""
    calls = reading.category.calls
    buying = [call for call in calls if call in BUYING]
    looking = [call for call in calls if call not in BUYING]
    if reading.product and is_dropped_into(reading.product):
        return rng.choice(DROPPING_IN)
    if (reading.product and is_visited(reading.product)) or reading.tone.name in {"luxury", "calm"}:
        return rng.choice(looking)
    return rng.choice(buying if buying and reading.offers else looking)
