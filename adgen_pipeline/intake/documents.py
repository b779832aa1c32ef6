"""YAML and JSON: one brief, a list of briefs, or `ads` that share `defaults`; each may be a matrix of ads."""

import json
from collections.abc import Callable
from typing import Any

import yaml

from adgen_pipeline.campaigns.matrix import expand
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.intake.rows import Row, Sheet, Unreadable, bad_row, canonical, problems_of, row_of

_MOST_VALUES = 200_000
"""Values of one document, aliases counted as often as they are used: a short file can spell out billions."""

_MOST_YAML_BYTES = 1_000_000
"""YAML is read at some 0.1 MB a second."""

_MOST_KEYS = 100
"""Keys of one mapping: `<<` puts mappings together before they can be counted."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    def flatten_mapping(self, node: Any) -> None:
        super().flatten_mapping(node)
        if len(node.value) > _MOST_KEYS:
            raise yaml.YAMLError(f"a mapping has more than {_MOST_KEYS} keys")


def read_yaml(text: str) -> Sheet:
    """The briefs of a YAML file, of all its documents. Raises Unreadable."""
    if len(text) > _MOST_YAML_BYTES:
        raise Unreadable(f"has more than {_MOST_YAML_BYTES // 1_000_000} MB: divide it, or write it as CSV or JSON")
    try:
        documents = [each for each in yaml.load_all(text, _Loader) if each is not None]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        why = getattr(error, "problem", None) or str(error) or "it cannot be parsed"
        raise Unreadable(f"is not YAML: {why}", where=where) from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"is not to be read as YAML: {_brief(error)}") from None
    return _sheet(documents[0] if len(documents) == 1 else documents)


def read_json(text: str) -> Sheet:
    """The briefs of a JSON file. Raises Unreadable."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"is not JSON: {error.msg}; was it cut off?", where=where) from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"is not to be read as JSON: {_brief(error)}") from None
    return _sheet(found)


READERS: dict[str, Callable[[str], Sheet]] = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


def _sheet(found: Any) -> Sheet:
    _check_size(found)
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


def _check_size(found: Any) -> None:
    left, waiting = _MOST_VALUES, [found]
    while waiting:
        each = waiting.pop()
        left -= 1
        if left < 0:
            raise Unreadable(f"spells out more than {_MOST_VALUES} values: divide it")
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


def _brief(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).partition("\n")[0][:200]
