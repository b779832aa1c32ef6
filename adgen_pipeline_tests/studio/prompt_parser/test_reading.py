"""What a brief says, read."""

import pytest

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.reading import Reading, read


def reading(prompt: str, **guidelines: str) -> Reading:
    return read(prompt, BrandGuidelines.model_validate(guidelines))


@pytest.mark.parametrize(
    ("prompt", "phrase", "category"),
    [
        ("Create a 30 second luxury watch ad with elegant gold aesthetics", "luxury watch", "watch"),
        ("Aurora running shoe: lightweight foam, grips wet trails", "Aurora running shoe", "shoe"),
        ("make a tiktok video for my handmade soy candles, cozy vibe", "handmade soy candles", "home"),
        ("CREATE AN AD FOR OUR NEW ENERGY DRINK!!! 0 SUGAR", "energy drink", "drink"),
        ("We're a family dental clinic in Leeds. Book online.", "family dental clinic", "health"),
        ("Luxry wach comercial, gold and blak", "luxury watch", "watch"),
        ("smartwatch and wireless earbuds bundle for $199", "smartwatch and wireless earbuds bundle", "headphones"),
        ("Show a woman drinking our matcha tea at sunrise", "matcha tea", "drink"),
        ("An ad for the flimflam repair gizmo", "flimflam repair gizmo", "service"),
        ("Zorbotron 5000, the self-cleaning litter box", "Zorbotron 5000", "pet"),
        ("perfume 'Nuit Claire' - sensual, mysterious, night", "Nuit Claire", "fragrance"),
        ("Our company Nordhem makes flat-pack oak desks", "flat-pack oak desks", "home"),
        ("The UltraPad Neo ergonomic adjustable electric standing desk converter", "UltraPad Neo", "home"),
        ("A 60-second ad for the Museum of Small Things: 4,000 objects", "Museum of Small Things", "event"),
        ("Our face serum brightens skin in 14 days", "face serum", "skincare"),
        ("We turn old denim into new bags. Made in Leeds.", "bags", "bag"),
        ("So we started sewing old sails and then they became bags", "bags", "bag"),
        ("Launch video for our camera, 200 MP", "camera", "camera"),
        ("Retro 80s arcade bar in Leeds", "retro 80s arcade bar", "drink"),
        ("app for splitting bills with friends, no ads", "app", "app"),
        ("A film about an old watchmaker repairing a pocket watch", "pocket watch", "watch"),
    ],
)
def test_the_product_is_the_customers_noun_phrase(prompt: str, phrase: str, category: str) -> None:
    """Whatever stands around it: orders to make an ad, shouting, slips, a story, a name."""
    product = reading(prompt).product
    assert product and (product.phrase, product.category.name) == (phrase, category)


@pytest.mark.parametrize(
    ("prompt", "brand"),
    [
        ("used car dealer, open sundays, hartley motors derby", "Hartley Motors Derby"),
        ("physio clinic, same day appointments, harbour physio cardiff", "Harbour Physio Cardiff"),
        ("Our company, Nordfracht, helps online shops ship abroad.", "Nordfracht"),
        ("bakery in york, fresh bread, vegan bakery", None),
    ],
)
def test_a_house_is_named_in_passing(prompt: str, brand: str | None) -> None:
    """In small letters behind the goods, or between commas; a plain trade is no name."""
    assert reading(prompt).brand == brand


@pytest.mark.parametrize(
    ("prompt", "features"),
    [
        (
            "Ice lollies. Now in three flavours: mango, strawberry and lime.",
            ["three flavours: mango, strawberry and lime"],
        ),
        (
            "ad for online course learn excel in 2 weeks no boring lectures",
            ["learn excel in 2 weeks", "no boring lectures"],
        ),
        ("physio clinic, back pain?, insurance accepted", ["insurance accepted"]),
        ("Flowers from our garden, romantic not cheesy. phone number on screen", ["from our garden"]),
    ],
)
def test_what_is_said_stands_in_one_piece(prompt: str, features: list[str]) -> None:
    """A choice keeps its list, run-on words are parted, and looks are none of it."""
    assert [feature.text.removeprefix("Now in ") for feature in reading(prompt).features] == features


def test_what_a_story_or_a_house_does_is_told_whole() -> None:
    """The plot of a book and the work of a house, though longer than other features."""
    book = reading(
        "Advertise the thriller 'The Salt House' by Mara Quill. A keeper finds a diary that predicts the end."
    )
    assert [f.text for f in book.features] == ["A keeper finds a diary that predicts the end"]
    assert book.category.name == "book"
    house = reading("Nordfracht helps online shops ship to 27 EU countries from one single warehouse.")
    assert [len(f.text.split()) for f in house.features] == [12]


def test_an_audience_may_have_an_age() -> None:
    """ "women over 35" are for whom it is, and no feature."""
    found = reading("A face serum. Elegant and minimal, women over 35.")
    assert found.audience == "women over 35" and not found.features


def test_adjectives_alone_name_no_product() -> None:
    """A brief of qualities keeps them, and invents nothing to sell."""
    found = reading("elegant bold golden luxurious")
    assert found.product is None and found.adjectives == ("elegant", "bold", "golden")
    assert found.tone.name == "luxury"


def test_what_is_called_by_a_name_has_that_brand() -> None:
    """The name is no feature, and what stands behind it is one."""
    scent = reading("A floral perfume called Lune, long lasting")
    assert (scent.brand, [f.text for f in scent.features]) == ("Lune", ["long lasting"])
    app = reading("An app called fitloop helps you stretch")
    assert (app.brand, [f.text for f in app.features]) == ("fitloop", ["helps you stretch"])


def test_every_part_of_a_full_brief_is_found() -> None:
    """Audience, offer, platform, features, proof, address and call each come out in the customer's words."""
    found = reading(
        "Make a TikTok ad for our Aurora running shoe with recycled sole, for weekend trail runners. It is waterproof. "
        "Rated 4.8 by 12,000 customers. $129 until June 30. Shop at aurora.com"
    )
    assert (found.platform, found.brand, found.audience) == ("TikTok", "Aurora", "weekend trail runners")
    assert [feature.text for feature in found.features] == ["recycled sole", "waterproof"]
    assert found.proofs == ("Rated 4.8 by 12,000 customers",)
    assert found.offers == ("$129 until June 30",)
    assert (found.website, found.call_to_action) == ("aurora.com", "Shop at aurora.com")


@pytest.mark.parametrize(
    ("prompt", "brand", "phrase", "offers"),
    [
        ("Ledgerly is a B2B SaaS that closes the books in two days", "Ledgerly", "B2B SaaS", ()),
        ("A 15 second ad for Ledgerly, accounting software", "Ledgerly", "accounting software", ()),
        (
            "Buy 2 get 1 free on all Fresco pizzas",
            "Fresco",
            "Fresco pizzas",
            ("Buy 2 get 1 free on all Fresco pizzas",),
        ),
        ("We deliver groceries. Download the QuickCart app.", "QuickCart", "QuickCart app", ()),
        (
            "Summer sale at Nordlys: up to 50% off all sunglasses",
            "Nordlys",
            "sunglasses",
            ("up to 50% off all sunglasses",),
        ),
        ("50% off your first month at IronHouse Gym", "IronHouse Gym", "IronHouse Gym", ("50% off your first month",)),
        ("Get fresh pasta kits every Friday with Pastabox", "Pastabox", "fresh pasta kits", ()),
        ("Grand opening of Café Luna on 3 May", "Café Luna", "Café Luna", ()),
        ("Gaming laptop with RTX graphics", None, "gaming laptop", ()),
        ("Our vet clinic now offers home visits", None, "vet clinic", ()),
        ("B2B saas ad: Flowdesk, helpdesk software, quick setup", "Flowdesk", "helpdesk software", ()),
        ("15s for linkedin - Hartmann & Cole, employment lawyers", "Hartmann & Cole", "employment lawyers", ()),
        ("like HelloFresh but for people who hate cooking - Zapp, meals in 5 mins", "Zapp", "meals", ()),
        ("An ad for our company Northwind Bikes, which builds cargo e-bikes", "Northwind Bikes", "cargo e-bikes", ()),
        ("indie music festival Sound of the Fields, tiktok", "Sound of the Fields", "Sound of the Fields", ()),
        ("cologne 'Nuit' by Maison Verel, youtube 16:9", "Maison Verel", "Nuit", ()),
        ("IRON TEMPLE GYM LEEDS - OPEN 24/7", "Iron Temple Gym Leeds", "Iron Temple Gym Leeds", ()),
        ("need a calm video for our dental practice BrightSmile", "BrightSmile", "BrightSmile", ()),
        ("ad for our smart bulb AND the matching smart plug", None, "smart bulb and matching smart plug", ()),
        ("diwali offer on kurtas", None, "kurtas", ()),
    ],
)
def test_brand_and_goods_are_told_apart(prompt: str, brand: str | None, phrase: str, offers: tuple[str, ...]) -> None:
    """By the verb after a name, by who sells, by the app to download; a deed or an occasion is not the product."""
    found = reading(prompt)
    assert (found.brand, found.product and found.product.phrase, found.offers) == (brand, phrase, offers)


@pytest.mark.parametrize(
    ("goods", "motif"),
    [
        ("hand cream", "jar"), ("shampoo bar", "jar"), ("cold brew coffee", "coffee"), ("green tea", "coffee"),
        ("energy drink", "drink"), ("water bottle", "drink"), ("perfume", "bottle"), ("snack bar", "food"),
        ("coffee table", "abstract"), ("printer", "abstract"), ("wallet", "abstract"), ("tote", "bag"),
        ("budgeting app", "phone"), ("payroll software", "laptop"), ("podcast", "headphones"), ("smart TV", "abstract"),
        ("watch strap", "watch"), ("watch repair", "service"), ("fitness membership", "service"), ("hotel", "service"),
        ("online course", "service"), ("toy car", "abstract"), ("car insurance", "service"), ("flumbo", "abstract"),
    ],
)  # fmt: skip
def test_each_product_is_drawn_as_what_it_is(goods: str, motif: str) -> None:
    """By its own noun, not by its kind's: a printer is no laptop, and what has no object is a service."""
    product = reading(f"Make an ad for our {goods}").product
    assert product and product.motif == motif


def test_another_brand_named_for_its_style_is_not_the_brand() -> None:
    """Nor is a day."""
    assert reading("Nike style ad for our socks").brand is None
    assert reading("Mother's Day bouquets, from £29").brand is None


@pytest.mark.parametrize(
    "call",
    ["Start a 14-day free trial", "Book a demo today", "Download the QuickCart app", "Try it free for 30 days"],
)
def test_an_imperative_is_the_call_to_action(call: str) -> None:
    """Whole, and neither product nor look."""
    found = reading(f"Ledgerly is an accounting tool. {call}!")
    assert found.call_to_action == call and not found.looks and not found.offers
    assert found.product and found.product.phrase == "accounting tool"


def test_the_customers_own_shop_is_no_audience() -> None:
    """ "For my Etsy shop" says who sells, not who buys; nor is the viewer himself one."""
    assert reading("An ad for my Etsy shop selling handmade candles").audience is None
    assert reading("An app that writes your minutes for you").audience is None


def test_a_question_to_the_viewer_is_kept() -> None:
    """With its mark; one to the maker of the ad is none."""
    assert reading("Want whiter teeth? Glow7 strips work fast.").question == "Want whiter teeth?"
    assert reading("Could you make an ad for a watch?").question is None


def test_directions_go_to_the_picture_not_to_the_copy() -> None:
    """What to show, what to avoid and how it should look are kept apart from what the product does."""
    found = reading("Hiking boots ad. Show a misty ridge. Avoid faces. The mood should be calm. Use upbeat music.")
    assert found.scenery == ("a misty ridge",) and found.avoided == ("faces",) and not found.features


def test_labels_are_read() -> None:
    """A brief written as a form says the same as one in sentences."""
    found = reading("Product: Lumen desk lamp. Audience: students. Tone: calm. CTA: Light up your desk. Price: $39")
    assert (found.audience, found.tone.name, found.call_to_action) == ("students", "calm", "Light up your desk")
    assert found.offers == ("$39",)


def test_briefs_in_parts_are_read_part_by_part() -> None:
    """A problem stays the customer's, a message is said, a hook that asks is asked; none of them is a brand."""
    found = reading("Problem: you forget every word. Our online Spanish course: ten minutes a day")
    assert (found.problem, found.brand) == ("you forget every word", None)
    assert reading("Hook: still paying by the hour? Product: flat fee software").question == "Still paying by the hour?"
    assert [f.text for f in reading("A bike. Main message: it replaces your car").features] == ["it replaces your car"]


def test_who_is_ruled_out_is_not_the_audience() -> None:
    """ "Not for sensitive skin" is a warning, and a claim keeps the brackets that limit it."""
    found = reading("A serum. Reduces dark spots (in a study with 52 women). Not for sensitive skin.")
    assert found.audience is None and "Not for sensitive skin" in [feature.text for feature in found.features]
    assert found.proofs == ("Reduces dark spots (in a study with 52 women)",)


def test_a_job_is_offered_not_sold() -> None:
    """Whom it wants is said first, and nobody is asked to buy."""
    found = reading("we're hiring! nurses for a care home in Bristol, 18 pounds an hour")
    assert (found.category.name, found.occasion, found.audience) == ("work", "we're hiring nurses", None)


def test_guidelines_win() -> None:
    """Name, tagline and call of the brand stand before those of the prompt, and its style sets the tone."""
    found = reading('Watch ad, slogan "On time"', name="Chronos", tagline="Own it", style="playful, fun")
    assert (found.brand, found.tagline, found.tone.name) == ("Chronos", "Own it", "playful")


def test_colours_of_things_are_no_palette() -> None:
    """ "Olive oil" is not olive, "golden hour" not gold; "navy and gold" are both."""
    assert reading("Premium olive oil at golden hour").colours == ()
    assert reading("A watch in navy and gold").colours == ("navy", "gold")
