"""A code location that holds our definitions and the floor's: both are launched alike, whatever ours do to a launch."""

import dagster as dg

from adgen_pipeline import definitions
from benchmarks import floor

defs = dg.Definitions.merge(definitions.defs, floor.defs)
