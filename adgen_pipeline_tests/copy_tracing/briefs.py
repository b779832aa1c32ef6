"""Two hundred briefs as people might write them, the same ones every time."""

from random import Random
from typing import NamedTuple

COUNT = 200


class Written(NamedTuple):
    """A brief as typed, and as it was meant: the same but for slips of the finger and shouting."""

    typed: str
    meant: str


_PRODUCTS = (
    "luxury watch", "smartwatch", "alarm clock", "eau de parfum", "scented candle", "hand cream", "face serum",
    "shampoo bar", "sunscreen", "lipstick", "running shoe", "hiking boots", "sneakers", "phone case", "smartphone",
    "tablet", "gaming laptop", "mechanical keyboard", "budgeting app", "language learning app",
    "project management software",
    "cold brew coffee", "espresso machine", "coffee beans", "wireless earbuds", "noise-cancelling headphones",
    "bluetooth speaker", "electric car", "family SUV", "city bike", "pizza", "sourdough bread", "chocolate bar",
    "hot sauce", "meal kit", "leather backpack", "tote bag", "wallet", "cookbook", "thriller novel", "energy drink",
    "craft beer", "green tea", "orange juice", "oat milk", "gold ring", "sunglasses", "rain jacket", "denim jeans",
    "wool blanket", "mattress", "desk lamp", "robot vacuum", "yoga mat", "gym", "yoga classes", "online course",
    "dental clinic", "cleaning service", "pet insurance", "boutique hotel", "music festival", "wooden toy train",
    "dog food", "action camera", "drone", "flumbo", "Zorblatt 9", "quantum toaster", "garden shears", "barber shop",
)  # fmt: skip
_AUDIENCES = (
    "busy parents", "students", "runners", "people who hate mornings", "small teams", "gamers", "first-time owners",
    "new mothers", "commuters", "seniors", "teenagers", "home cooks",
)  # fmt: skip
_FEATURES = (
    "48-hour battery", "folds flat", "waterproof to 50 m", "no added sugar", "ready in 5 minutes", "fits in a pocket",
    "weighs only 300 g", "soft and light", "works offline", "made of recycled steel", "three sizes", "12 colours",
    "starts in ten seconds", "quieter than a whisper", "open every day", "easy to clean", "handmade in Portugal",
    "delivered in 24 hours", "Swiss movement", "organic cotton",
)  # fmt: skip
_OFFERS = (
    "20% off until Sunday", "$49", "from €19.90", "£5 off your first order", "2 for 1 on Tuesdays", "free shipping",
    "Black Friday: 40% off", "first month free", "only $9 a month", "use code HELLO10", "on sale from 1 May",
    "half price this weekend", "buy one, get one free", "save 15%", "1,299 dollars",
)  # fmt: skip
_PROOFS = (
    "rated 4.8 by 12,000 customers", "award-winning", "dermatologist tested", "trusted by 300 clinics",
    "2-year warranty", "certified B Corp", "money-back guarantee", "recommended by doctors", "since 1987",
    "over 5,000 five-star reviews",
)  # fmt: skip
_TONES = (
    "luxury and elegant", "playful", "futuristic tech", "natural and organic", "sporty", "retro 80s", "calm", "bold",
    "warm and cosy", "clean and modern", "funny", "cinematic", "minimal",
)  # fmt: skip
_PAINS = (
    "Tired of cold coffee?", "Still doing it by hand?", "Stop wasting your weekends.", "Back pain again?",
    "No more tangled cables.", "Never enough time?",
)  # fmt: skip
_CHANGES = ("from messy to tidy in an hour", "turns tired mornings into slow ones", "from dull to bright")
_FRAMES = (
    "Create a {tone} ad for our {product}, {feature}. {Offer}.",
    "{product} for {audience}. {Feature}, {feature2}. {Proof}.",
    "make me a video about a {product} ({feature}) - {tone} style - {offer}",
    "{Pain} {Product}: {feature}. {Offer}. Order now.",
    "We sell a {product} that is {feature}. {Proof}. For {audience}.",
    "Hi! could you do a 30 second spot, {tone}, for my {product}? {Offer}",
    "{Product}, {change}. {Feature}. {Proof}.",
    "{Offer}! {Product} for {audience}",
    "An ad for Nordlicht, a {product} for {audience}. {Feature}. {Proof}. {Offer}.",
    "{tone} {product}",
    "Product: {product}. Audience: {audience}. Tone: {tone}. Price: $39. Feature: {feature}",
    "our {product} and nothing else. {feature}, {feature2} and {feature3}. {Offer}",
    "{Pain} Meet Lumora, the {product} for {audience}. {Feature}.",
    "TikTok ad: {product}, {feature}, {offer}, {tone} vibe",
    "{product} {product} {product}!!! {Offer}",
)


def briefs() -> tuple[Written, ...]:
    """All of them."""
    return tuple(_brief(index) for index in range(COUNT))


def _brief(index: int) -> Written:
    """Products and frames in turn, so that each comes up; the rest by a chance that is the same every time."""
    rng = Random(f"brief/{index}")
    features = rng.sample(_FEATURES, 3)
    parts = {
        "product": _PRODUCTS[index % len(_PRODUCTS)],
        "audience": rng.choice(_AUDIENCES),
        "feature": features[0],
        "feature2": features[1],
        "feature3": features[2],
        "offer": rng.choice(_OFFERS),
        "proof": rng.choice(_PROOFS),
        "tone": rng.choice(_TONES),
        "pain": rng.choice(_PAINS),
        "change": rng.choice(_CHANGES),
    }
    capitals = {name.capitalize(): text[:1].upper() + text[1:] for name, text in parts.items()}
    meant = _FRAMES[index % len(_FRAMES)].format(**parts, **capitals)
    return Written(_spoilt(meant, index, rng), meant)


def _spoilt(meant: str, index: int, rng: Random) -> str:
    """Some in capitals, some with slips, some with pictures between the words."""
    match index % 8:
        case 3:
            return _with_slip(meant, rng)
        case 5:
            return meant.upper()
        case 7:
            return "🔥 " + meant.replace(". ", " ✨ ").replace(", ", " 👉 ") + " 😍😍"
    return meant


def _with_slip(meant: str, rng: Random) -> str:
    """Two neighbouring letters of one long word changed for each other."""
    words = meant.split()
    long = [i for i, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return meant
    at = rng.choice(long)
    word, i = words[at], rng.randrange(2, len(words[at]) - 2)
    words[at] = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return " ".join(words)
