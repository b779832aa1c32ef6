"""The brief as Dagster config: its schema derived from the model, its rules checked when a run is launched.

Dagster checks shapes and types by itself, but bounds only inside a step. A config mapping runs before a run exists,
so the brief is read there, and a bad one never becomes a run.
"""

import types
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import dagster as dg
from pydantic import AnyUrl, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.settings import Settings
from adgen_pipeline.studio.logos import check_address
from adgen_pipeline.webhooks import check_receiver

EXAMPLE = """\
prompt: Create a 30 second luxury watch ad with elegant gold aesthetics
duration: 30
aspect_ratio: "9:16"
brand_guidelines:
  primary_color: "#D4AF37"
  secondary_color: "#000000"
"""
"""A brief to paste into the launchpad."""

_SCALARS: dict[type, Any] = {str: dg.String, int: dg.Int, bool: dg.Bool, float: dg.Float, Decimal: dg.Float}


def config_fields(model: type[BaseModel]) -> dict[str, dg.Field]:
    """The Dagster fields of `model`: same names, types and descriptions; optional ones may be left out."""
    return {name: _field(field) for name, field in model.model_fields.items()}


def checked(config: Mapping[str, Any]) -> dict[str, Any]:
    """`config` as it is, once the brief in it keeps all rules. Raises InvalidBrief."""
    brief = read_brief(dict(config))
    settings = Settings.read()
    check_address(brief, settings)
    if brief.callback_url:
        check_receiver(str(brief.callback_url), settings)
    return dict(config)


def brief_fields() -> dict[str, dg.Field]:
    """The Dagster fields of a brief."""
    return config_fields(Brief)


def _field(field: FieldInfo) -> dg.Field:
    default = field.default
    shown = isinstance(default, str | int | bool) and default is not PydanticUndefined
    kind = _config_type(field.annotation)
    if shown:
        return dg.Field(kind, default_value=default, description=field.description)
    return dg.Field(kind, is_required=field.is_required(), description=field.description)


def _config_type(annotation: Any) -> Any:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _config_type(args[0])
    if origin is Literal:
        return dg.String
    if origin is list:
        return dg.Array(_config_type(args[0]))
    if origin in (Union, types.UnionType):
        return _union([arg for arg in args if arg is not type(None)])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return dg.Shape(config_fields(annotation))
    if isinstance(annotation, type) and issubclass(annotation, AnyUrl):
        return dg.String
    return _SCALARS[annotation]


def _union(members: list[Any]) -> Any:
    """One member as itself; words or a model (as in `reuse`) as Dagster's union of a scalar and a shape."""
    kinds = {_config_type(member) if get_origin(member) is Literal else member for member in members}
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    if models and len(kinds) == 2:
        return dg.ScalarUnion(scalar_type=dg.String, non_scalar_schema=config_fields(models[0]))
    return _config_type(members[0])
