"""The words of the ad: headlines, captions and sentences to speak, made of the brief's own words and of invitations."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from adgen_pipeline.studio.prompt_parser.categories import Line
from adgen_pipeline.studio.prompt_parser.end_card import end_card
from adgen_pipeline.studio.prompt_parser.introductions import (
    feature_sentence,
    greeting,
    introduction,
    is_nameless,
    kind_and_audience,
)
from adgen_pipeline.studio.prompt_parser.offers import parted
from adgen_pipeline.studio.prompt_parser.product import Product
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.script import HEADLINE_WORDS, Copy, Spoken, caption, headline, say
from adgen_pipeline.studio.prompt_parser.speech import as_sentence
from adgen_pipeline.studio.prompt_parser.stock import Invitations, Stock
from adgen_pipeline.studio.prompt_parser.stories import Part, Telling

_MOST_CAPTIONS = 2
_OFFER_WORDS = 7
"""Words of an offer that make a headline; its conditions stand below."""


def write_copy(reading: Reading, parts: list[Part], rng: Random) -> list[Copy]:
    """The words of each scene of `parts`. No line is used twice, but an offer that opens the ad closes it, too."""
    writer = _Writer(reading, parts, rng)
    return [writer.write(part.tells).without_repeats() for part in parts]


class _Writer:
    """Writes one ad, scene by scene."""

    def __init__(self, reading: Reading, parts: list[Part], rng: Random):
        self._reading, self._rng = reading, rng
        self._style = reading.tone.type_style
        self._stock, self._lines = Stock(reading, parts), Invitations(reading, rng)

    def write(self, tells: Telling) -> Copy:
        """The words of the next scene, which `tells` that."""
        writers: dict[Telling, Callable[[], Copy]] = {
            "invitation": self._invitation,
            "problem": self._problem,
            "before": self._before,
            "offer": self._offer,
            "product": self._introduced,
            "benefit": self._benefit,
            "after": self._after,
            "glimpse": Copy,
            "proof": self._proof,
            "end_card": lambda: end_card(self._reading, self._lines.benefit(), self._rng),
        }
        return writers[tells]()

    def _evocative(self, line: Line) -> Copy:
        return Copy((headline(line.shown, self._style),), say(line.spoken, line.more))

    def _invitation(self) -> Copy:
        """What the ad is the occasion of, "Grand opening"; else a line of the house."""
        line, occasion = self._lines.hook(), self._reading.occasion
        if occasion is None:
            return self._evocative(line)
        return Copy((headline(occasion, self._style),), say(as_sentence(occasion), line.spoken))

    def _problem(self) -> Copy:
        """The brief's own question or trouble; what comes next is the answer."""
        asked = self._reading.question or self._reading.problem
        return Copy((headline(asked, self._style),), say(as_sentence(asked))) if asked else Copy()

    def _before(self) -> Copy:
        change = self._reading.change
        if change is None:
            return Copy()
        before = f"{change.before} {change.of}" if change.of else change.before
        return Copy((headline(before, self._style),), say(as_sentence(before)))

    def _after(self) -> Copy:
        """Where the change ends, and how soon."""
        change = self._reading.change
        if change is None:
            return Copy()
        told = ", ".join(filter(None, (change.after, change.within)))
        captions = (caption(change.within),) if change.within else ()
        return Copy((headline(change.after, self._style), *captions), say(as_sentence(told)), change.words or None)

    def _offer(self) -> Copy:
        """The offer is the hook: what it is, on what, and for how long."""
        offer = self._reading.offers[0]
        head, conditions = parted(offer, _OFFER_WORDS)
        opening = headline(head or self._lines.hook().shown, self._style)
        product = self._reading.product
        subject = self._reading.brand or (product.name if product and not is_nameless(self._reading) else "")
        named = [subject] if subject and subject.lower() not in offer.lower() else []
        bound = (replace(caption(conditions), bound=True),) if conditions else ()
        captions = (*bound, *map(caption, named))
        occasion = self._reading.occasion
        eyebrow = (caption(occasion),) if occasion else ()
        sale = (Spoken(as_sentence(occasion), 1),) if occasion else ()
        name = [Spoken(as_sentence(subject), 2) for subject in named]
        return Copy((*eyebrow, opening, *captions), (*sale, Spoken(as_sentence(offer), 0), *name))

    def _introduced(self) -> Copy:
        product = self._reading.product
        return self._met(product) if product else self._without_product()

    def _met(self, product: Product) -> Copy:
        reading, line = self._reading, self._lines.benefit()
        features = [feature for feature in (self._stock.caption(), self._stock.caption()) if feature]
        met = greeting(reading, product, self._rng)
        below = [*kind_and_audience(reading, product, met), *(feature.shown for feature in features)]
        shown = (headline(met, self._style), *map(caption, below[:_MOST_CAPTIONS]))
        told = [feature_sentence(feature, product) for feature in features]
        spoken = say(introduction(reading, product), *told, line.spoken)
        return Copy(shown, spoken, features[0].text if features else None)

    def _without_product(self) -> Copy:
        """A brief without a product shows its brand, or its adjectives, or an invitation."""
        reading, line = self._reading, self._lines.benefit()
        if reading.brand:
            met = f"Meet {reading.brand}"
            features = [feature for feature in (self._stock.caption(), self._stock.caption()) if feature]
            below = [f"for {reading.audience}"] if reading.audience else []
            below += [feature.shown for feature in features]
            told = [feature_sentence(feature, None) for feature in features]
            shown = (headline(met, self._style), *map(caption, below[:_MOST_CAPTIONS]))
            return Copy(shown, say(as_sentence(met), *told, line.spoken))
        if not reading.adjectives:
            return self._evocative(line)
        words = " ".join(f"{word.capitalize()}." for word in reading.adjectives)
        return Copy((headline(words, self._style),), say(words, line.spoken))

    def _benefit(self) -> Copy:
        feature, line = self._stock.lead(), self._lines.benefit()
        if feature is None:
            return self._evocative(line)
        spoken = say(feature_sentence(feature, self._reading.product), line.spoken, line.more)
        if len(feature.text.split()) > HEADLINE_WORDS - 1:
            return Copy((headline(line.shown, self._style), caption(feature.shown)), spoken, feature.text)
        more = self._stock.caption()
        captions = (caption(more.shown),) if more else ()
        return Copy((headline(feature.shown, self._style), *captions), spoken, feature.text)

    def _proof(self) -> Copy:
        proof, *others = self._reading.proofs
        line = self._lines.benefit()
        spoken: tuple[Spoken, ...] = say(*(as_sentence(text) for text in self._reading.proofs[:2]), line.spoken)
        if len(proof.split()) > HEADLINE_WORDS:
            return Copy((headline(line.shown, self._style), caption(proof)), spoken, proof)
        return Copy((headline(proof, self._style), *(caption(text) for text in others[:1])), spoken, proof)
