"""The one Dagster door: `dagster dev -m adgen_pipeline.definitions`."""

from adgen_pipeline.defs.build import build_defs

defs = build_defs()
