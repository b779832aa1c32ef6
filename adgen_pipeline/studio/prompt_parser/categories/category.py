"""One kind of product: its nouns, its look, and the lines that invite to it.

A line is written `headline|spoken|spoken, if there is time`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adgen_pipeline.studio.motif_names import MotifName


@dataclass(frozen=True)
class Line:
    """One thought: the words on screen, the words spoken, and more words if the scene has time."""

    shown: str
    spoken: str
    more: str = ""


@dataclass(frozen=True)
class Category:
    """One kind of product. `palette` is accent, ground and more; `mass` are the nouns that take no article.

    `light` when it is shown on a light ground unless the brief wants it otherwise.
    `motif` is what the image service draws for it, `drawn_as` what it draws for single nouns instead.
    """

    name: str
    motif: MotifName
    nouns: frozenset[str]
    tone: str
    palette: tuple[str, ...]
    details: tuple[str, ...]
    settings: tuple[str, ...]
    hooks: tuple[Line, ...]
    benefits: tuple[Line, ...]
    calls: tuple[str, ...] = (
        "Discover more",
        "Take a closer look",
        "Have a look",
        "Shop now",
        "Get yours",
        "Order yours",
    )
    mass: frozenset[str] = frozenset()
    light: bool = False
    drawn_as: Mapping[MotifName, frozenset[str]] = field(default_factory=dict)

    def motif_of(self, noun: str) -> MotifName:
        """What is drawn for `noun`, one of the category's."""
        return next((motif for motif, nouns in self.drawn_as.items() if noun in nouns), self.motif)


def lines(*texts: str) -> tuple[Line, ...]:
    """Lines from their written form `headline|spoken|more`."""
    return tuple(Line(*text.split("|")) for text in texts)


def nouns(text: str) -> frozenset[str]:
    """The nouns of `text`, singular; "coffee_bean" is written for two words."""
    return frozenset(word.replace("_", " ") for word in text.split())
