"""From one brief and a matrix to the briefs of all its ads."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.contracts.forms import Form, Problem
from adgen_pipeline.contracts.matrix import MOST_ADS, Matrix
from adgen_pipeline.errors import InvalidBrief

_FORM = Form("matrix", {"": Matrix}, example='aspect_ratios: ["9:16", "16:9"]', about_all="matrix")
_WORDS = ("headline", "call_to_action")


class Variant(NamedTuple):
    """One ad of a matrix: what tells it from the others ("9:16 · headline 2", "" for a single ad), and its brief."""

    label: str
    brief: Brief


class _Change(NamedTuple):
    """What one place on an axis is called, and the fields of the brief that it sets."""

    label: str
    fields: dict[str, Any]


def expand(data: Any) -> list[Variant]:
    """The ads of a brief with a `matrix` among its fields; the brief alone where it has none.

    Raises InvalidBrief naming the variant and the field of each broken rule; what is wrong in all is told once.
    """
    if not isinstance(data, dict) or "matrix" not in data:
        return [Variant("", read_brief(data))]
    brief = {name: value for name, value in data.items() if name != "matrix"}
    try:
        matrix: Matrix = _FORM.read(data["matrix"])
    except InvalidBrief as error:
        within = [(f if f == "matrix" else f"matrix.{f}", value, told) for f, value, told in error.problems]
        raise InvalidBrief(within) from None
    return cross(brief, matrix)


def cross(brief: Mapping[str, Any], matrix: Matrix) -> list[Variant]:
    """The ads of `brief`, a mapping of its fields, along all axes of `matrix`. Raises InvalidBrief as `expand`."""
    axes = _axes(matrix)
    number = prod(len(axis) for axis in axes)
    if number > MOST_ADS:
        sides = " x ".join(str(len(axis)) for axis in axes)
        raise InvalidBrief([("matrix", f"{sides} = {number}", f"are too many ads at once: make it {MOST_ADS} at most")])
    ads = [_ad(brief, changes) for changes in product(*axes)]
    variants, problems = [], []
    for label, fields in ads:
        try:
            variants.append(Variant(label, read_brief(fields)))
        except InvalidBrief as error:
            problems += [(label, problem) for problem in error.problems]
    if problems:
        raise InvalidBrief(_told_once(problems, len(ads)))
    _refuse_equals(variants)
    return variants


def _axes(matrix: Matrix) -> list[list[_Change]]:
    ratios = [_Change(ratio, {"aspect_ratio": ratio}) for ratio in matrix.aspect_ratios or []]
    variants = [_variant(n, dict(fields)) for n, fields in enumerate(matrix.variants or [], 1)]
    headlines = _numbered("headline", matrix.headlines)
    calls = _numbered("call_to_action", matrix.calls_to_action)
    seeds = [_Change(f"seed {seed}", {"seed": seed}) for seed in matrix.seeds or []]
    return [axis for axis in (ratios, variants, headlines, calls, seeds) if axis]


def _numbered(word: str, texts: Sequence[str] | None) -> list[_Change]:
    called = word.replace("_", " ")
    return [_Change(f"{called} {n}", {"words": {word: text}}) for n, text in enumerate(texts or [], 1)]


def _variant(number: int, fields: dict[str, Any]) -> _Change:
    """One of `variants`: its headline and call to action are words of the ad, everything else a field of the brief."""
    label = str(fields.pop("label", f"variant {number}"))
    words = {word: fields.pop(word) for word in _WORDS if word in fields}
    return _Change(label, _merged(fields, {"words": words}) if words else fields)


def _ad(brief: Mapping[str, Any], changes: Sequence[_Change]) -> tuple[str, dict[str, Any]]:
    fields = dict(brief)
    for change in changes:
        fields = _merged(fields, change.fields)
    return " · ".join(change.label for change in changes), fields


def _merged(fields: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` with the changes; of a group of fields only those that are named."""
    merged = dict(fields)
    for name, value in changes.items():
        known = merged.get(name)
        merged[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _told_once(problems: list[tuple[str, Problem]], ads: int) -> list[Problem]:
    """Each problem with the variant it is in; without one, and once, where all of them have it."""
    by_problem: dict[str, list[str]] = {}
    first: dict[str, Problem] = {}
    for label, problem in problems:
        by_problem.setdefault(repr(problem), []).append(label)
        first.setdefault(repr(problem), problem)
    told: list[Problem] = []
    for name, labels in by_problem.items():
        field, value, way_out = first[name]
        told += [(field, value, way_out)] if len(labels) == ads else [(f"{x}: {field}", value, way_out) for x in labels]
    return told


def _refuse_equals(variants: list[Variant]) -> None:
    """Two variants with one brief, or with one label, are a slip of the pen."""
    for n, (label, brief) in enumerate(variants):
        twin = next((other for other in variants[:n] if other.brief == brief or other.label == label), None)
        if twin:
            told = f"is the same as {twin.label!r}: let them differ in label and in what is made"
            raise InvalidBrief([("matrix", label, told)])
