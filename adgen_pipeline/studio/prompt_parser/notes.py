"""What the parser could not do as asked, in sentences for the person who wrote the brief."""

from adgen_pipeline.studio.prompt_parser.cleaning import has_commands
from adgen_pipeline.studio.prompt_parser.foreign import has_words
from adgen_pipeline.studio.prompt_parser.grammar import in_words
from adgen_pipeline.studio.prompt_parser.language import ENGLISH
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.script import Copy


def notes_on(prompt: str, reading: Reading, copies: list[Copy]) -> list[str]:
    """Sentences on language, product and words left out; none where all went as the brief wants it."""
    return [*_on_commands(prompt), *_on_reading(reading, copies)]


def _on_commands(prompt: str) -> list[str]:
    return ["A sentence of the brief that speaks to a machine is left out."] if has_commands(prompt) else []


def _on_reading(reading: Reading, copies: list[Copy]) -> list[str]:
    if reading.language != ENGLISH:
        return [_on_language(reading), *_on_foreign_goods(reading), *_on_words(_left_out(reading.phrases, copies))]
    said = (*(feature.text for feature in reading.features), *reading.proofs, *reading.offers)
    return [*_on_product(reading), *_on_words(_left_out(said, copies))]


def _on_language(reading: Reading) -> str:
    named = f"The brief seems to be in {reading.language.name}, and the studio writes and speaks English only: "
    if has_words(reading):
        return named + "the ad shows the brief's own phrases and has no voice-over."
    brand = "the brand's name and lines" if reading.brand else "no words at all; give the brand's name to show it"
    return named + f"the ad has no voice-over and shows {brand}."


def _on_foreign_goods(reading: Reading) -> list[str]:
    return (
        []
        if reading.category.motif != "abstract"
        else ["The studio found no product it knows: a wrapped box is drawn."]
    )


def _on_product(reading: Reading) -> list[str]:
    """A product that is not known, or is one of two."""
    product = reading.product
    if product is None:
        what = f"does not say what {reading.brand} is" if reading.brand else "names no product"
        return [f"The brief {what}: a wrapped box is drawn."]
    if reading.others:
        other = in_words(reading.others)
        drawn = "a wrapped box" if product.motif == "abstract" else f"the {product.noun}"
        return [f"The brief names more than one product ({product.noun} and {other}): the pictures show {drawn} only."]
    if product.motif == "abstract" and product.named and not product.category.nouns and product.kind == product.phrase:
        return [f"The brief does not say what {product.phrase} is: a wrapped box is drawn."]
    if product.motif == "abstract":
        return [f"The studio cannot draw “{product.phrase}”: a wrapped box stands for it."]
    return []


def _on_words(left_out: list[str]) -> list[str]:
    quoted = in_words([f"“{text}”" for text in left_out]) if left_out else ""
    return [f"Not on screen, for lack of room: {quoted}."] if left_out else []


def _left_out(said: tuple[str, ...], copies: list[Copy]) -> list[str]:
    """What no scene shows."""
    shown = " ".join(line.text for copy in copies for line in copy.shown).lower()
    return [text for text in said if not all(word in shown for word in text.lower().rstrip(".").split())]
