"""What kinds of product the studio knows, by theme: how each is named, shown and spoken of.

    category    `Category` and `Line`, what all themes are made of
    wear        watch, jewellery, clothing, shoe, bag
    body        fragrance, skincare, fitness
    table       drink, coffee, food
    devices     phone, laptop, app, headphones, camera
    living      car, home, book, toy, pet
    services    travel, event, course, service
    care        health, farewell, property, cause, work
    unknown     what the studio has no word for

Lines invite; they never claim anything about the product, because the studio knows nothing of it but the brief.
"""

from adgen_pipeline.studio.prompt_parser.categories.body import BODY
from adgen_pipeline.studio.prompt_parser.categories.care import CARE
from adgen_pipeline.studio.prompt_parser.categories.category import Category, Line, lines
from adgen_pipeline.studio.prompt_parser.categories.devices import DEVICES
from adgen_pipeline.studio.prompt_parser.categories.living import LIVING
from adgen_pipeline.studio.prompt_parser.categories.services import SERVICES
from adgen_pipeline.studio.prompt_parser.categories.table import TABLE
from adgen_pipeline.studio.prompt_parser.categories.unknown import UNKNOWN
from adgen_pipeline.studio.prompt_parser.categories.wear import WEAR

__all__ = ["CATEGORIES", "NOUNS", "UNKNOWN", "Category", "Line", "lines"]

_KNOWN = (*WEAR, *BODY, *TABLE, *DEVICES, *LIVING, *SERVICES, *CARE)

CATEGORIES = {category.name: category for category in (*_KNOWN, UNKNOWN)}
NOUNS = {noun: category for category in _KNOWN for noun in category.nouns}
"""Every known noun, singular, to its category; two-word nouns with a space."""
