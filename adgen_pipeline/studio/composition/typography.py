"""How each family sets its words: faces, sizes, case, tracking, leading, alignment, emphasis and motion."""

from dataclasses import dataclass
from typing import Literal

from adgen_pipeline.studio.composition.typesetting import Face
from adgen_pipeline.studio.families import Family

Motion = Literal[
    "rise", "fade", "pop", "wipe", "type", "bloom", "slam", "stack", "settle", "spread", "unroll", "button"
]  # fmt: skip
"""How a piece comes and goes: see `motions`."""

Split = Literal["letter", "word", "line"]
"""What moves as one."""

Emphasis = Literal["glow", "shape", "underline", "extrude"]
"""What is done to a headline's last phrase: lit in the accent, set on a filled shape, underlined by hand, or given
depth."""


Shape = Literal["pill", "rounded", "leaf", "chamfer", "slant", "ticket"]
"""Of buttons, offers and highlights: `chamfer` has two corners cut off, `ticket` a bite at each end."""

Dressing = Literal["plain", "pill", "bracket", "slashes", "rules", "rule", "underline", "bar"]
"""What goes with an eyebrow or a brand's name."""


@dataclass(frozen=True)
class Entrance:
    """How words arrive: all their parts by one motion, each `stagger` seconds after the other."""

    motion: Motion
    split: Split
    stagger: float


@dataclass(frozen=True)
class Typography:
    """The type of one family. Sizes are shares of the frame's short side.

    `capitals` and `label_capitals`: headlines and brands, buttons set in capitals. `accented` is the face of a
    headline's last phrase. `flush`: set from the left instead of around the middle.
    `lifted`: filled shapes throw a hard shadow instead of a soft one. `offer_inverted`: an offer
    stands on the words' colour, where the fill is taken by highlights.
    """

    headline: Face
    size: float
    text: Face
    eyebrow: Face
    eyebrow_size: float
    brand: Face
    brand_size: float
    label: Face
    emphasis: Emphasis
    button: Shape
    offer: Shape
    arrives: Entrance
    text_arrives: Entrance
    brand_arrives: Entrance
    accented: Face | None = None
    text_size: float = 0.047
    capitals: bool = False
    eyebrow_capitals: bool = True
    label_capitals: bool = False
    flush: bool = False
    eyebrow_form: Dressing = "plain"
    brand_form: Dressing = "plain"
    lifted: bool = False
    offer_inverted: bool = False
    offer_size: float = 0.062
    label_size: float = 0.041


TYPOGRAPHY: dict[Family, Typography] = {
    "minimal": Typography(
        headline=Face("serif", -0.008, 1.10),
        size=0.124,
        text=Face("serif-text", 0.004, 1.28),
        eyebrow=Face("sans-bold", 0.24, 1.35),
        eyebrow_size=0.028,
        brand=Face("serif", 0.22, 1.15),
        brand_size=0.126,
        label=Face("sans-bold", 0.09),
        emphasis="glow",
        button="pill",
        offer="pill",
        eyebrow_form="plain",
        brand_form="rule",
        arrives=Entrance("rise", "word", 0.12),
        text_arrives=Entrance("fade", "line", 0.12),
        brand_arrives=Entrance("settle", "letter", 0.05),
        label_capitals=True,
        offer_size=0.046,
    ),
    "playful": Typography(
        headline=Face("playful", -0.008, 1.14),
        size=0.136,
        text=Face("playful-text", 0.0, 1.26),
        eyebrow=Face("playful", 0.02, 1.4),
        eyebrow_size=0.036,
        brand=Face("playful", 0.0, 1.06),
        brand_size=0.195,
        label=Face("playful", 0.01),
        emphasis="shape",
        button="pill",
        offer="pill",
        eyebrow_form="pill",
        brand_form="plain",
        lifted=True,
        arrives=Entrance("pop", "word", 0.11),
        text_arrives=Entrance("pop", "word", 0.04),
        brand_arrives=Entrance("pop", "letter", 0.06),
        text_size=0.050,
        eyebrow_capitals=False,
        offer_inverted=True,
    ),
    "tech": Typography(
        headline=Face("tech", -0.028, 1.06),
        size=0.116,
        text=Face("tech-text", -0.004, 1.30),
        eyebrow=Face("tech", 0.14, 1.4),
        eyebrow_size=0.027,
        brand=Face("tech", -0.02, 1.08),
        brand_size=0.15,
        label=Face("tech", 0.01),
        emphasis="glow",
        button="chamfer",
        offer="chamfer",
        eyebrow_form="bracket",
        brand_form="bracket",
        arrives=Entrance("wipe", "line", 0.16),
        text_arrives=Entrance("wipe", "line", 0.14),
        brand_arrives=Entrance("type", "letter", 0.07),
        text_size=0.043,
        flush=True,
    ),
    "organic": Typography(
        headline=Face("organic", -0.014, 1.08),
        size=0.130,
        text=Face("organic-text", 0.002, 1.30),
        eyebrow=Face("organic-italic", 0.01, 1.3),
        eyebrow_size=0.044,
        brand=Face("organic", -0.01, 1.1),
        brand_size=0.176,
        label=Face("organic-text", 0.01),
        emphasis="underline",
        button="rounded",
        offer="leaf",
        eyebrow_form="plain",
        brand_form="underline",
        arrives=Entrance("bloom", "word", 0.14),
        text_arrives=Entrance("bloom", "line", 0.16),
        brand_arrives=Entrance("bloom", "letter", 0.05),
        accented=Face("organic-italic", -0.008, 1.08),
        eyebrow_capitals=False,
    ),
    "sport": Typography(
        headline=Face("sport", -0.004, 0.94),
        size=0.186,
        text=Face("sport-text", 0.012, 1.20),
        eyebrow=Face("sport", 0.06, 1.3),
        eyebrow_size=0.042,
        brand=Face("sport", 0.0, 0.96),
        brand_size=0.235,
        label=Face("sport", 0.035),
        emphasis="shape",
        button="slant",
        offer="slant",
        eyebrow_form="slashes",
        brand_form="bar",
        arrives=Entrance("slam", "line", 0.10),
        text_arrives=Entrance("slam", "line", 0.08),
        brand_arrives=Entrance("slam", "word", 0.08),
        text_size=0.060,
        capitals=True,
        label_capitals=True,
        flush=True,
        offer_size=0.08,
        label_size=0.054,
        offer_inverted=True,
    ),
    "retro": Typography(
        headline=Face("retro", 0.0, 1.08),
        size=0.132,
        text=Face("sans-bold", 0.0, 1.30),
        eyebrow=Face("retro", 0.16, 1.35),
        eyebrow_size=0.034,
        brand=Face("retro", 0.02, 1.08),
        brand_size=0.172,
        label=Face("retro", 0.03),
        emphasis="extrude",
        button="rounded",
        offer="ticket",
        eyebrow_form="rules",
        brand_form="rules",
        lifted=True,
        arrives=Entrance("stack", "word", 0.12),
        text_arrives=Entrance("rise", "line", 0.12),
        brand_arrives=Entrance("stack", "letter", 0.05),
        text_size=0.043,
    ),
}
