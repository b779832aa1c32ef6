"""The Dagster schema is the brief's, and what it cannot say is checked before a run exists."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from pydantic import BaseModel

from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.definitions import defs
from adgen_pipeline.defs.brief_config import EXAMPLE, brief_fields
from adgen_pipeline.defs.build import build_defs
from adgen_pipeline_tests.contracts.test_brief import BAD
from adgen_pipeline_tests.defs.runs import PROMPT, instance

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def nested(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    import typing

    def models(annotation: Any) -> list[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return [annotation]
        return [found for arg in typing.get_args(annotation) for found in models(arg)]

    return next(iter(models(model.model_fields[name].annotation)), None)


def compare(fields: dict[str, dg.Field], model: type[BaseModel]) -> None:
    assert set(fields) == set(model.model_fields)
    for name, field in fields.items():
        known = model.model_fields[name]
        assert field.description == known.description, name
        assert field.is_required == known.is_required(), name
        inner = nested(model, name)
        if inner:
            shape = field.config_type
            for attribute in ("inner_type", "non_scalar_type"):
                shape = getattr(shape, attribute, shape)
            compare(shape.fields, inner)


def test_the_schema_has_the_models_fields() -> None:
    """Same names, same descriptions, same ones required, at every depth."""
    compare(brief_fields(), Brief)


def jobs() -> list[tuple[dg.JobDefinition, Any]]:
    built = build_defs()
    flat = built.resolve_job_def("generate_ad")
    whole = built.resolve_implicit_global_asset_job_def()
    return [(flat, lambda brief: brief), (whole, lambda brief: {"ops": {"parsed_prompt": {"config": brief}}})]


@pytest.mark.parametrize(("data", "field", "told"), [bad for bad in BAD if isinstance(bad[0], dict)])
def test_a_bad_brief_never_becomes_a_run(data: dict[str, Any], field: str, told: str) -> None:
    """Flat in `generate_ad` and nested in "Materialize all": launching is refused, no run is left."""
    with instance() as opened:
        for job, wrap in jobs():
            with pytest.raises(dg.DagsterError):
                opened.create_run_for_job(job, run_config=wrap(data))
        assert opened.get_runs_count() == 0


@pytest.mark.parametrize(
    "data", [{"callback_url": "http://10.0.0.7/"}, {"brand_guidelines": {"logo_url": "http://10.0.0.7/logo.png"}}]
)
def test_an_address_that_is_never_asked_never_becomes_a_run(data: dict[str, Any]) -> None:
    """A receiver or a logo in a private network, unless the settings name it."""
    with instance() as opened:
        for job, wrap in jobs():
            with pytest.raises(dg.DagsterError):
                opened.create_run_for_job(job, run_config=wrap({"prompt": PROMPT} | data))
        assert opened.get_runs_count() == 0


@pytest.mark.parametrize("config", [{}, None])
def test_an_empty_config_buys_nothing(config: Any) -> None:
    """There is no default prompt."""
    with instance() as opened:
        for job, _ in jobs():
            with pytest.raises(dg.DagsterError):
                opened.create_run_for_job(job, run_config=config)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_a_brief_that_launches(path: Path) -> None:
    """What people copy works at every door."""
    with instance() as opened:
        for job, wrap in jobs():
            assert opened.create_run_for_job(job, run_config=wrap(yaml.safe_load(path.read_text())))


def test_the_description_holds_a_brief_to_paste() -> None:
    """The example in the job's description is a valid brief."""
    job = defs.resolve_job_def("generate_ad")
    assert job.description and EXAMPLE in job.description
    with instance() as opened:
        assert opened.create_run_for_job(job, run_config=yaml.safe_load(EXAMPLE))


def test_every_way_of_writing_a_field_is_taken() -> None:
    """Unions, lists and nested models pass the schema: `reuse` as a word or a mapping, scenes, money."""
    briefs = [
        {"prompt": PROMPT, "reuse": "off", "max_cost": 2},
        {"prompt": PROMPT, "reuse": {"refresh": ["scene_02"]}, "max_cost": 1.5, "draft": True, "captions": "burned"},
        {"prompt": PROMPT, "scenes": [{"index": 2, "prompt": "another", "duration": 5.5}], "seed": 3},
    ]
    with instance() as opened:
        for brief in briefs:
            for job, wrap in jobs():
                assert opened.create_run_for_job(job, run_config=wrap(brief))
