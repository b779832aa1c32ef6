"""Prices, reductions, dates and addresses."""

import pytest

from adgen_pipeline.studio.prompt_parser.offers import parted, take_offers, take_website


@pytest.mark.parametrize(
    ("text", "offer", "rest"),
    [
        ("watch for $199", "$199", "watch"),
        ("rowing machine, €1.299", "€1.299", "rowing machine"),
        ("honey for 7,90 €", "7,90 €", "honey"),
        ("bags, between 60 and 90 euros", "between 60 and 90 euros", "bags"),
        ("soap, 3 for £12", "3 for £12", "soap"),
        ("a chair, now €349 instead of €449", "now €349 instead of €449", "a chair"),
        ("market, 28 November to 20 December", "28 November to 20 December", "market"),
        ("windows, £25 a house", "£25 a house", "windows"),
        ("candles, 20% off this weekend", "20% off this weekend", "candles"),
        ("shoes. $129 until June 30.", "$129 until June 30", "shoes."),
        ("laptop from $1,299.99 now", "from $1,299.99", "laptop, now"),
        ("burger. 2 for 1 on Tuesdays", "2 for 1 on Tuesdays", "burger."),
        ("yoga. First week free.", "First week free", "yoga."),
        ("15% off your first order with code WOOF15", "15% off your first order with code WOOF15", ""),
        ("cleaning, first visit $20 off", "first visit $20 off", "cleaning"),
        ("bakery, second loaf half price", "second loaf half price", "bakery"),
        ("save up to 20% on heating", "save up to 20% on heating", ""),
        ("tea. First bag free with code HELLO.", "First bag free with code HELLO", "tea."),
        ("-20% on Velo, a bike, until Sunday", "-20% until Sunday", "Velo, a bike"),
        ("Buy 2 get 1 free on all Fresco pizzas", "Buy 2 get 1 free on all Fresco pizzas", "Fresco pizzas"),
        ("clinic, free check-up for new patients", "free check-up for new patients", "clinic"),
        ("Sale: up to 50% off all sunglasses", "up to 50% off all sunglasses", "Sale, sunglasses"),
        ("$10 off all orders over $50", "$10 off all orders over $50", ""),
        ("check-ups, new patient check-up £29 incl. x-ray, book", "new patient check-up £29 incl. x-ray", None),
        ("law, first talk free if you call in 7 days", "first talk free if you call in 7 days", "law"),
        (
            "hotel, 3 nights for the price of 2 in November (Sun-Thu only)",
            "3 nights for the price of 2 in November (Sun-Thu only)",
            "hotel",
        ),
        ("kurtas - flat 30% off above rs 1999", "flat 30% off above rs 1999", "kurtas -"),
        ("MANCHESTER - 50% off first 3 months if you join", "50% off first 3 months if you join", "MANCHESTER -"),
        ("a charity. £3 a month gives one child water.", "£3 a month gives one child water", "a charity."),
        ("buffet, AED 185 per person", "AED 185 per person", "buffet"),
        ("catering, from £35 a head, min 40 guests", "from £35 a head, min 40 guests", "catering"),
        ("a pizza place, two for one every Friday", "two for one every Friday", "a pizza place"),
        ("bulbs, bundle 39.99 instead of 54.98", "bundle 39.99 instead of 54.98", None),
        ("jacket. Launch price $129 until 30 September.", "Launch price $129 until 30 September", "jacket."),
        ("Free for up to 5 clients, then $12/month.", "Free for up to 5 clients, then $12/month", ""),
        ("a course, 19 dollars instead of 79 today only", "19 dollars instead of 79 today only", "a course"),
        ("parcels, one flat rate of €4.90 per parcel", "flat rate of €4.90 per parcel", "parcels"),
        ("a car. Lease it from €249 per month.", "Lease it from €249 per month", "a car."),
        ("flowers, order by 12 Feb for free delivery", "order by 12 Feb for free delivery", "flowers"),
        ("tours. Book before 1 May and save 10%.", "Book before 1 May and save 10%", "tours."),
        ("sushi, all you can eat 24.95", "all you can eat 24.95", "sushi"),
        ("bar, first 50 guests get free sake", "first 50 guests get free sake", "bar"),
        ("serum, 30 ml for $34", "30 ml for $34", "serum"),
        ("students get 20% off selected running shoes", "students get 20% off selected running shoes", "running shoes"),
    ],
)
def test_offers_are_taken_as_written(text: str, offer: str, rest: str | None) -> None:
    """Exactly the customer's characters with all that limits them; the rest reads on, and keeps the goods."""
    offers, left = take_offers(text)
    assert offers == (offer,) and (rest is None or left.rstrip(" .,") == rest.rstrip(" .,"))


@pytest.mark.parametrize(
    ("offer", "parts"),
    [
        ("50% off your first month", ("50% off your first month", "")),
        ("Buy 2 get 1 free on all Fresco pizzas", ("Buy 2 get 1 free", "on all Fresco pizzas")),
        ("£10 instead of £25 with every new pair", ("£10 instead of £25", "with every new pair")),
        ("3 nights for the price of 2", ("", "3 nights for the price of 2")),
        ("up to 40% off all sofas until August 31", ("up to 40% off all sofas", "until August 31")),
    ],
)
def test_a_long_offer_is_parted_before_its_conditions(offer: str, parts: tuple[str, str]) -> None:
    """What is offered fits a headline, and what limits it stands below; nothing is dropped."""
    assert parted(offer, 6) == parts


def test_numbers_of_features_are_no_offers() -> None:
    """Depths, hours and years stay where they are."""
    assert take_offers("waterproof to 200 m, 48-hour battery, 2-year warranty")[0] == ()


def test_what_is_earned_or_asked_for_is_no_offer() -> None:
    """A sum the viewer makes is none, and a call to action keeps its words whole."""
    assert take_offers("Rent out a room and earn up to $900 a month")[0] == ()
    assert take_offers("Software. Start a 14-day free trial.") == ((), "Software. Start a 14-day free trial.")


def test_an_address_is_found() -> None:
    """A web address is taken out, but stays in a line that asks to go there."""
    assert take_website("shoes from aurora.co.uk, light") == ("aurora.co.uk", "shoes, light")
    assert take_website("A run. Register at run.org") == ("run.org", "A run. Register at run.org")
