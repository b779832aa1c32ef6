"""The names of what can be drawn: the parser chooses one, and needs no drawing library for it; drawing knows how."""

from typing import Literal

MotifName = Literal[
    "watch", "bottle", "shoe", "phone", "laptop", "headphones", "car", "book", "coffee", "food", "bag", "drink", "jar",
    "service", "abstract", "smartwatch", "pizza", "granola", "burger", "cake", "can", "wine", "backpack", "boot",
]  # fmt: skip
"""`bottle` is a flacon, `drink` what one drinks from, `jar` holds skincare; `service` is for what has no object, and
`abstract` for what cannot be drawn. From `smartwatch` on they are kinds of the others."""
