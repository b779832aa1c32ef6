"""The one Dagster door: `dagster dev -m adgen_pipeline.definitions`."""

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.warm_start import start_runs_by_fork
from adgen_pipeline.observability import observe

observe("code")
defs = build_defs()
start_runs_by_fork()
