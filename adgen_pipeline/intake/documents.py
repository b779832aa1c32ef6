"""YAML and JSON: one brief, a list of briefs, or `ads` that share `defaults`; each may be a matrix of ads."""

import json
from collections.abc import Callable
from typing import Any

from adgen_pipeline.campaigns.matrix import expand
from adgen_pipeline.contracts.documents import NotReadable, check_size, yaml_documents
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.intake.rows import Row, Sheet, Unreadable, bad_row, canonical, problems_of, row_of


def read_yaml(text: str) -> Sheet:
    """The briefs of a YAML file, of all its documents. Raises Unreadable."""
    try:
        documents = yaml_documents(text)
    except NotReadable as error:
        raise _unreadable(error) from None
    return _sheet(documents[0] if len(documents) == 1 else documents)


def read_json(text: str) -> Sheet:
    """The briefs of a JSON file. Raises Unreadable."""
    try:
        found = json.loads(text)
        check_size(found)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"is not JSON: {error.msg}; was it cut off?", where=where) from None
    except NotReadable as error:
        raise _unreadable(error) from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"is not to be read as JSON: {_brief(error)}") from None
    return _sheet(found)


READERS: dict[str, Callable[[str], Sheet]] = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


def _sheet(found: Any) -> Sheet:
    return Sheet(rows=tuple(_rows(found)))


def _rows(found: Any) -> list[Row]:
    if isinstance(found, dict) and "ads" in found:
        return _numbered(_with_defaults(found))
    return _numbered(found) if isinstance(found, list) else _ads("", found)


def _numbered(ads: list[Any]) -> list[Row]:
    if not ads:
        raise Unreadable('holds no brief: write at least one line such as prompt: "A watch ad"')
    return [row for number, ad in enumerate(ads, 1) for row in _ads(f"brief {number}", ad)]


def _ads(where: str, ad: Any) -> list[Row]:
    """The ad, or those of its `matrix`; where one of these breaks a rule, none of them is made."""
    if not isinstance(ad, dict) or "matrix" not in ad:
        return [row_of(where, ad)]
    try:
        variants = expand(ad)
    except InvalidBrief as error:
        return [bad_row(where, problems_of(where, error))]
    return [Row(where=", ".join(filter(None, (where, each.label))), brief=canonical(each.brief)) for each in variants]


def _with_defaults(found: dict[str, Any]) -> list[Any]:
    """The `ads`, each with what `defaults` say where it says nothing itself."""
    others = sorted(map(str, set(found) - {"ads", "defaults"}))
    if others:
        raise Unreadable(
            "stands beside `ads`: move it into `defaults`, which hold for all of them", value=repr(others[0])
        )
    ads, defaults = found["ads"], found.get("defaults") or {}
    if not isinstance(ads, list) or not isinstance(defaults, dict):
        raise Unreadable("`ads` is a list of briefs, and `defaults` are fields and their values")
    return [_merged(defaults, ad) if isinstance(ad, dict) else ad for ad in ads]


def _merged(defaults: dict[str, Any], ad: dict[str, Any]) -> dict[str, Any]:
    both = {
        name for name in defaults.keys() & ad.keys() if isinstance(defaults[name], dict) and isinstance(ad[name], dict)
    }
    return defaults | ad | {name: defaults[name] | ad[name] for name in both}


def _unreadable(error: NotReadable) -> Unreadable:
    where = f"line {error.line}, column {error.column}" if error.line else ""
    return Unreadable(error.why, where=where)


def _brief(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).partition("\n")[0][:200]
