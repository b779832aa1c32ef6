"""The product's definitions at the lab's pace: what the code server of whole runs loads."""

from adgen_pipeline.clients import base
from adgen_pipeline.definitions import defs
from adgen_pipeline_tests.chaos.caller import hurry

hurry()
base.RETRY_DELAYS = (0.05, 0.1, 0.2)

__all__ = ["defs"]
