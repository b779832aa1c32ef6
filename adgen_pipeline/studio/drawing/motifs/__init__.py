"""The motifs: which products can be drawn, and which words name them."""

import re
from collections.abc import Collection, Iterable

from adgen_pipeline.studio.drawing.motifs.abstract import Abstract
from adgen_pipeline.studio.drawing.motifs.backpack import Backpack
from adgen_pipeline.studio.drawing.motifs.bag import Bag
from adgen_pipeline.studio.drawing.motifs.base import Motif
from adgen_pipeline.studio.drawing.motifs.book import Book
from adgen_pipeline.studio.drawing.motifs.boot import Boot
from adgen_pipeline.studio.drawing.motifs.bottle import Bottle
from adgen_pipeline.studio.drawing.motifs.burger import Burger
from adgen_pipeline.studio.drawing.motifs.cake import Cake
from adgen_pipeline.studio.drawing.motifs.can import Can
from adgen_pipeline.studio.drawing.motifs.car import Car
from adgen_pipeline.studio.drawing.motifs.coffee import Coffee
from adgen_pipeline.studio.drawing.motifs.drink import Drink
from adgen_pipeline.studio.drawing.motifs.food import Food
from adgen_pipeline.studio.drawing.motifs.granola import Granola
from adgen_pipeline.studio.drawing.motifs.headphones import Headphones
from adgen_pipeline.studio.drawing.motifs.jar import Jar
from adgen_pipeline.studio.drawing.motifs.laptop import Laptop
from adgen_pipeline.studio.drawing.motifs.phone import Phone
from adgen_pipeline.studio.drawing.motifs.pizza import Pizza
from adgen_pipeline.studio.drawing.motifs.service import Service
from adgen_pipeline.studio.drawing.motifs.shoe import Shoe
from adgen_pipeline.studio.drawing.motifs.smartwatch import Smartwatch
from adgen_pipeline.studio.drawing.motifs.watch import Watch
from adgen_pipeline.studio.drawing.motifs.wine import Wine
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
    "food": Food,
    "pizza": Pizza,
    "granola": Granola,
    "cake": Cake,
    "burger": Burger,
    "drink": Drink,
    "jar": Jar,
    "bag": Bag,
    "service": Service,
    "abstract": Abstract,
    "smartwatch": Smartwatch,
    "boot": Boot,
    "can": Can,
    "backpack": Backpack,
    "wine": Wine,
}

STANDING: frozenset[MotifName] = frozenset(MOTIFS) - {
    "watch", "smartwatch", "phone", "laptop", "book", "headphones", "service",
}  # fmt: skip
"""Products that stand on a floor, with a reflection in it; the others float."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMES: dict[MotifName, frozenset[str]] = {
    "watch": _words("watch watches wristwatch smartwatch timepiece timepieces chronograph"),
    "bottle": _words(
        "bottle bottles flacon perfume perfumes fragrance fragrances cologne parfum scent aftershave diffuser"
    ),
    "shoe": _words("shoe shoes sneaker sneakers trainer trainers footwear boot boots loafer loafers"),
    "phone": _words(
        "phone phones smartphone smartphones iphone android mobile handset app apps mobile-app application"
    ),
    "laptop": _words("laptop laptops notebook-computer ultrabook computer computers pc macbook chromebook desktop"),
    "book": _words("book books novel novels memoir cookbook hardcover paperback bestseller ebook audiobook anthology"),
    "coffee": _words(
        "coffee coffees espresso espressos latte lattes cappuccino cappuccinos mocha macchiato americano cortado "
        "barista roastery roaster café cafe"
    ),
    "food": _words(
        "food foods meal meals snack snacks pizza pizzas burger burgers granola muesli cereal salad salads bowl bowls "
        "ramen noodles pasta sushi taco tacos sandwich sandwiches soup curry sauce restaurant recipe recipes pizzeria "
        "hamburger cheeseburger oatmeal porridge bakery pastry pastries cake cakes cookie cookies dessert desserts"
    ),
    "granola": _words(
        "granola granolas muesli mueslis müsli cereal cereals oatmeal oatmeals oat oats porridge porridges cornflakes "
        "breakfast breakfasts yogurt yogurts yoghurt yoghurts skyr"
    ),
    "cake": _words(
        "cake cakes cupcake cupcakes cheesecake cheesecakes bakery bakeries patisserie pâtisserie pastry pastries "
        "dessert desserts brownie brownies muffin muffins cookie cookies biscuit biscuits pie pies tart tarts doughnut "
        "doughnuts donut donuts macaron macarons chocolate chocolates truffle truffles sweets confectionery"
    ),
    "burger": _words(
        "burger burgers hamburger hamburgers cheeseburger cheeseburgers sandwich sandwiches slider sliders sub subs "
        "panini bagel bagels"
    ),
    "pizza": _words("pizza pizzas pizzeria pizzerias pizzaiolo margherita calzone focaccia"),
    "drink": _words(
        "drink drinks beverage beverages juice juices soda sodas lemonade water beer beers lager ale ipa wine wines "
        "champagne prosecco cider kombucha smoothie smoothies cocktail cocktails mocktail spritz tonic seltzer "
        "whisky whiskey gin vodka rum tequila mead sake spirits liqueur iced-tea"
    ),
    "jar": _words(
        "skincare serum serums cream creams moisturizer moisturiser lotion cleanser toner sunscreen balm shampoo "
        "conditioner cosmetics makeup deodorant"
    ),
    "bag": _words(
        "bag bags handbag handbags tote totes backpack backpacks rucksack rucksacks daypack daypacks knapsack "
        "schoolbag schoolbags purse purses satchel clutch suitcase luggage briefcase weekender "
        "duffel duffle wallet wallets"
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
    "smartwatch": _words("smartwatch smartwatches smart-watch smart-watches smart fitness tracker trackers wearable"),
    "backpack": _words("backpack backpacks rucksack rucksacks daypack daypacks knapsack schoolbag schoolbags"),
    "wine": _words(
        "wine wines winery wineries vineyard vineyards merlot cabernet pinot syrah malbec tempranillo chardonnay "
        "sauvignon riesling rosé champagne champagnes prosecco cava"
    ),
    "can": _words(
        "can cans canned energy energizer soda sodas soft-drink soft-drinks cola colas iced seltzer seltzers radler"
    ),
    "boot": _words("boot boots booties chelsea chukka chukkas trekking mountaineering"),
}


_KINDS: dict[MotifName, tuple[MotifName, ...]] = {
    "food": ("pizza", "granola", "cake", "burger"),
    "watch": ("smartwatch",),
    "shoe": ("boot",),
    "drink": ("can", "wine"),
    "bag": ("backpack",),
}
"""Products that look unlike the usual one of their category: words choose them, where the category is theirs."""

_USUAL: tuple[MotifName, ...] = tuple(name for name in _NAMES if not any(name in kinds for kinds in _KINDS.values()))
"""What words name by themselves. Words of a kind alone ("smart", "can") mean too much else."""


_MORE = re.compile(r"[,&]|\b(?:with|for|from|of|in|by|at|to|and)\b")
"""What the head of a phrase ends before."""


def motif_for(category: str | None, words: Iterable[str]) -> MotifName | None:
    """The motif that `category`, else the earliest of `words` names, or the kind of it that they name; else None."""
    category, phrases = (category or "").lower(), [phrase.lower() for phrase in words]
    for kind in sum(_KINDS.values(), ()):
        if kind == category:
            return kind
    named = _named(category, _USUAL) or _named(" ".join(phrases), _USUAL)
    kinds = _KINDS.get(named or "abstract", ())
    found = (_kind(phrase, kinds) for phrase in (*phrases, category))
    return next(filter(None, found), named)


def _kind(phrase: str, among: Collection[MotifName]) -> MotifName | None:
    """Which of `among` the phrase is about: its head's last word counts most, for chocolate granola is granola."""
    for part in _MORE.split(phrase):
        if kind := _named(" ".join(reversed(part.split())), among):
            return kind
    return None


def _named(text: str, among: Collection[MotifName]) -> MotifName | None:
    for word in re.findall(r"[a-zâéü-]+", text):
        for name in among:
            if word == name or word in _NAMES[name]:
                return name
    return None
