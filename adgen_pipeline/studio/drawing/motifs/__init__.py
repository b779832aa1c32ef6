"""The motifs: which products can be drawn, and which words name them."""

import re
from collections.abc import Iterable

from adgen_pipeline.studio.drawing.motifs.abstract import Abstract
from adgen_pipeline.studio.drawing.motifs.base import Motif
from adgen_pipeline.studio.drawing.motifs.book import Book
from adgen_pipeline.studio.drawing.motifs.bottle import Bottle
from adgen_pipeline.studio.drawing.motifs.car import Car
from adgen_pipeline.studio.drawing.motifs.coffee import Coffee
from adgen_pipeline.studio.drawing.motifs.headphones import Headphones
from adgen_pipeline.studio.drawing.motifs.laptop import Laptop
from adgen_pipeline.studio.drawing.motifs.phone import Phone
from adgen_pipeline.studio.drawing.motifs.service import Service
from adgen_pipeline.studio.drawing.motifs.shoe import Shoe
from adgen_pipeline.studio.drawing.motifs.watch import Watch
from adgen_pipeline.studio.drawing.recipe import MotifName

MOTIFS: dict[MotifName, type[Motif]] = {
    "watch": Watch,
    "bottle": Bottle,
    "shoe": Shoe,
    "phone": Phone,
    "laptop": Laptop,
    "book": Book,
    "coffee": Coffee,
    "headphones": Headphones,
    "car": Car,
    "service": Service,
    "abstract": Abstract,
}

STANDING: frozenset[MotifName] = frozenset({"bottle", "shoe", "coffee", "car", "abstract"})
"""Products that stand on a floor, with a reflection in it; the others float."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMES: dict[MotifName, frozenset[str]] = {
    "watch": _words("watch watches wristwatch smartwatch timepiece timepieces chronograph"),
    "bottle": _words(
        "bottle bottles flacon perfume perfumes fragrance fragrances cologne parfum scent aftershave serum skincare "
        "lotion moisturizer moisturiser cleanser toner shampoo cosmetics drink drinks beverage beverages juice soda "
        "lemonade water wine champagne beer cider kombucha whisky whiskey gin vodka rum tequila spirits liqueur"
    ),
    "shoe": _words("shoe shoes sneaker sneakers trainer trainers footwear boot boots loafer loafers"),
    "phone": _words(
        "phone phones smartphone smartphones iphone android mobile handset app apps mobile-app application"
    ),
    "laptop": _words("laptop laptops notebook-computer ultrabook computer computers pc macbook chromebook desktop"),
    "book": _words("book books novel novels memoir cookbook hardcover paperback bestseller ebook audiobook anthology"),
    "coffee": _words(
        "coffee coffees espresso espressos latte lattes cappuccino cappuccinos mocha macchiato barista cafe"
    ),
    "headphones": _words("headphones headphone headset headsets earphones earbuds earbud earpods"),
    "car": _words(
        "car cars automobile automobiles automotive vehicle vehicles suv sedan saloon coupe roadster hatchback ev"
    ),
    "service": _words(
        "service services insurance insurances consulting consultancy coaching course courses lessons class classes "
        "training tutoring workshop workshops travel trip trips tour tours holiday holidays flight flights hotel "
        "hotels event events festival concert cleaning repair repairs delivery bank banking loan loans investing "
        "mortgage dentist clinic therapy fitness gym subscription membership agency"
    ),
    "abstract": _words("abstract"),
}


def motif_for(category: str | None, words: Iterable[str]) -> MotifName | None:
    """The motif that `category`, else the earliest of `words` names; None if none does."""
    for text in (category or "", " ".join(words)):
        for word in re.findall(r"[a-z-]+", text.lower()):
            for name, names in _NAMES.items():
                if word in names:
                    return name
    return None
