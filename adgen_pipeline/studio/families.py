"""The families of style: each sets palette, type, shapes, motion and music of an ad together.

The four services do not know each other: a family travels between them in words. The parser puts its name first into
the storyboard's style, its headlines' style and its music's mood; each service reads it back out of what it is given,
so that another parser's "sleek and futuristic" is understood as well.
"""

import re
from typing import Literal, get_args

Family = Literal["minimal", "playful", "tech", "organic", "sport", "retro"]
"""`minimal` is the quiet one: luxury, calm grounds, much room."""

FAMILIES: tuple[Family, ...] = get_args(Family)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS: dict[Family, frozenset[str]] = {
    "minimal": _set(
        "minimal minimalist minimalistic luxury luxurious luxe elegant elegance premium refined sophisticated timeless "
        "exclusive classy clean simple editorial understated opulent sensual glamorous serif noir"
    ),
    "playful": _set(
        "playful fun funny cheerful cheeky happy joyful quirky whimsical kids colourful colorful bouncy candy "
        "silly pop cartoon"
    ),
    "tech": _set(
        "tech technical techy high-tech futuristic digital smart sleek innovative electronic cyber cyberpunk neon "
        "robotic startup software glossy"
    ),
    "organic": _set(
        "organic natural nature botanical herbal earthy eco eco-friendly sustainable green warm cosy cozy rustic "
        "wholesome handmade artisan artisanal acoustic calm serene gentle soft homemade authentic fresh"
    ),
    "sport": _set(
        "sport sports sporty athletic energetic dynamic powerful intense bold edgy gritty epic punchy urban driving "
        "restless adrenaline motivational loud striking"
    ),
    "retro": _set(
        "retro vintage nostalgic old-school eighties seventies nineties 70s 80s 90s vinyl analog analogue disco "
        "film-grain antique faded"
    ),
}


def family_in(*texts: str | None) -> Family | None:
    """The family that the first telling word of the first telling text names; None if no word tells."""
    for text in texts:
        for word in re.findall(r"[a-z0-9]+(?:-[a-z]+)*", (text or "").lower()):
            for family, words in _WORDS.items():
                if word in words:
                    return family
    return None
