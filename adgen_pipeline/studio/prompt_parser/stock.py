"""What there is to say, dealt out: the brief's features, one to a scene, and the house's own invitations."""

import re
from collections.abc import Iterator
from random import Random

from adgen_pipeline.studio.prompt_parser.categories import UNKNOWN, Line
from adgen_pipeline.studio.prompt_parser.facts import Feature
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.stories import Part

_WHERE = re.compile(r"(?:in|at|near|on) (?:[A-Z]|(?:our|my|the)\b)")


class Stock:
    """The brief's features, dealt out: one to each benefit scene, the rest as captions, with proofs that have none."""

    def __init__(self, reading: Reading, parts: list[Part]):
        told = [part.tells for part in parts]
        features = sorted(reading.features, key=lambda feature: _is_aside(feature, reading))
        self._leading = [f for f in features[: told.count("benefit")] if not _is_aside(f, reading)]
        proofs = () if "proof" in told else reading.proofs
        self._spare = [f for f in reading.features if f not in self._leading] + [Feature(proof) for proof in proofs]

    def lead(self) -> Feature | None:
        """The next feature that carries a scene."""
        return self._leading.pop(0) if self._leading else None

    def caption(self) -> Feature | None:
        """The next feature that stands beside another."""
        return self._spare.pop(0) if self._spare else None


def _is_aside(feature: Feature, reading: Reading) -> bool:
    """True for what carries no scene of its own: a place, or the kind of thing that a name stands for."""
    product = reading.product
    kind = product is not None and product.named and product.kind == product.phrase and feature == reading.features[0]
    named = not feature.tie and all(word[0].isupper() for word in feature.text.split()) and len(feature.text) > 1
    return bool(
        _WHERE.match(feature.text)
        or (named and not feature.text.isdigit())
        or (kind and not feature.tie and not re.search(r"\d", feature.text))
    )


class Invitations:
    """The house's lines for one ad: hooks and benefits of the category and the tone, none twice."""

    def __init__(self, reading: Reading, rng: Random):
        own, tone = reading.category, reading.tone
        self._hooks = _deck(own.hooks, tone.hooks, rng, mixed=True)
        self._benefits = _deck(own.benefits, tone.benefits, rng, mixed=own is UNKNOWN)

    def hook(self) -> Line:
        """The next line that opens an ad."""
        return next(self._hooks)

    def benefit(self) -> Line:
        """The next line that carries on."""
        return next(self._benefits)


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
