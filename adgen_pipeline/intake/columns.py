"""A column's name and a cell's text, as people and spreadsheets write them."""

import difflib
import re
from typing import Any

from adgen_pipeline.contracts.brief import BrandGuidelines, Brief
from adgen_pipeline.contracts.documents import NotReadable, yaml_document

IGNORED = "problem"
"""The column in which a report says what to mend: a mended sheet may keep it."""

_BRAND = "brand_guidelines"
_ALIASES = {
    "brand": f"{_BRAND}.name",
    "brand_name": f"{_BRAND}.name",
    "cta": f"{_BRAND}.call_to_action",
    "logo": f"{_BRAND}.logo_url",
    "primary_colour": f"{_BRAND}.primary_color",
    "secondary_colour": f"{_BRAND}.secondary_color",
    "ratio": "aspect_ratio",
    "format": "aspect_ratio",
    "length": "duration",
    "seconds": "duration",
    "budget": "max_cost",
}
_FIELDS = {
    **{name: name for name in Brief.model_fields if name != _BRAND},
    **{name: f"{_BRAND}.{name}" for name in BrandGuidelines.model_fields},
    **{f"{_BRAND}.{name}": f"{_BRAND}.{name}" for name in BrandGuidelines.model_fields},
    **{f"brand.{name}": f"{_BRAND}.{name}" for name in BrandGuidelines.model_fields},
    **_ALIASES,
}
_STRUCTURED = ("scenes", "words", "reuse")
_RATIO = re.compile(r"0?(\d{1,2})\s*[:x/]\s*0?(\d{1,2})(:00)?")


def field_of(column: str) -> str | None:
    """The path of the brief's field that a column names, or None. `Primary colour` and `brand.name` are understood."""
    return _FIELDS.get(_plain(column))


def nearest(column: str) -> str:
    """What a person may have meant by a name that is no field's."""
    found = difflib.get_close_matches(_plain(column), _FIELDS, n=1)
    known = ", ".join(name for name in (*Brief.model_fields, *BrandGuidelines.model_fields) if name != _BRAND)
    return f"did you mean {found[0]!r}?" if found else f"the columns of a brief are: {known}"


def value_of(field: str, cell: str) -> Any:
    """A cell's text as the brief's `field` takes it: spreadsheets turn 9:16 into a time, and write 2,50 for 2.5."""
    if field == "aspect_ratio" and (ratio := _RATIO.fullmatch(cell)):
        return f"{ratio[1]}:{ratio[2]}"
    if field == "max_cost":
        return re.sub(r"^(\d+),(\d{1,2})$", r"\1.\2", cell.lstrip("$").strip())
    if field in ("duration", "seed"):
        return re.sub(r"^(\d+)[.,]0+$", r"\1", cell)
    if field in ("captions", "reuse", "aspect_ratio"):
        cell = cell.lower() if not cell.startswith("{") else cell
    if field in _STRUCTURED and cell[:1] in "[{":
        return _parsed(cell)
    return cell


def _parsed(cell: str) -> Any:
    try:
        return yaml_document(cell)
    except NotReadable:
        return cell


def _plain(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().lower())
