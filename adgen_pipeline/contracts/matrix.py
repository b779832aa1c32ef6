"""The matrix: one brief, made in several shapes and variants. Every axis that is given is crossed with the others."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from adgen_pipeline.contracts.brief import PARTS, Brief, Line, Ratio, not_blank
from adgen_pipeline.contracts.forms import Form
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


class BatchBrief(Brief):
    """A brief with a matrix among its fields. Rules that join several fields are looked at for each of its ads."""

    prompt: Annotated[str, Field(min_length=10, max_length=500), AfterValidator(not_blank)] | None = Field(  # type: ignore[assignment]
        None,
        description="What to advertise, in plain words; 10 to 500 characters. Left out where each variant has one.",
    )
    matrix: Matrix = Field(description=f"The axes of the batch, each optional: {', '.join(Matrix.model_fields)}.")

    @model_validator(mode="after")
    def _scenes_are_a_storyboard_or_overrides(self) -> Self:
        return self


_FORM = Form(
    "batch", {"": BatchBrief, "matrix": Matrix, **PARTS}, example='aspect_ratios: ["9:16", "16:9"]', about_all="matrix"
)


def way_out(detail: Any) -> str:
    """What would fit in place of what pydantic's error `detail` is about, its `loc` counted from the batch's brief."""
    return _FORM.way_out(detail)
