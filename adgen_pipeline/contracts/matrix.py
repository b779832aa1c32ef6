"""The matrix: one brief, made in several shapes and variants. Every axis that is given is crossed with the others."""

from typing import Any

from pydantic import Field, field_validator

from adgen_pipeline.contracts.brief import Line, Ratio
from adgen_pipeline.contracts.frozen import Strict

_LONGEST_LABEL = 100

MOST_ADS = 100
"""Ads of one matrix: a slip of the pen should not order thousands."""


class Matrix(Strict):
    """The axes along which a brief is varied, all of them optional."""

    aspect_ratios: list[Ratio] | None = Field(
        None, min_length=1, description='A list of "16:9", "9:16" and "1:1": one ad in each shape.'
    )
    variants: list[dict[str, Any]] | None = Field(
        None,
        min_length=1,
        description=(
            "A list of variants, each a few fields of the brief that it changes, beside `label`, `headline` and "
            "`call_to_action`: - {label: bold, headline: Own it., seed: 3}."
        ),
    )
    headlines: list[Line] | None = Field(
        None, min_length=1, description="A list of headlines for the first scene, each at most 100 characters."
    )
    calls_to_action: list[Line] | None = Field(
        None, min_length=1, description="A list of words for the button, each at most 100 characters."
    )
    seeds: list[int] | None = Field(None, min_length=1, description="A list of whole numbers from 0 to 2147483647.")

    @field_validator("variants")
    @classmethod
    def _are_told_apart_in_short(cls, variants: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
        """Labels stand in tags of runs, which a database may keep an index of."""
        if any(len(str(variant.get("label", ""))) > _LONGEST_LABEL for variant in variants or []):
            raise ValueError(f"has a label of more than {_LONGEST_LABEL} characters")
        return variants
