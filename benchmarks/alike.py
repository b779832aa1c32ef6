"""A code location that holds our definitions and the floor's: both are launched alike, whatever ours do to a launch."""

import dagster as dg

from adgen_pipeline.definitions import defs as ours
from benchmarks.floor import defs as floor

defs = dg.Definitions.merge(ours, floor)
