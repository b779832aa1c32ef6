"""The product's definitions as the drill's workers load them: at the lab's pace, with a fatal point in them."""

from adgen_pipeline.clients import base
from adgen_pipeline.definitions import defs
from adgen_pipeline_tests.celery_lab.points import install
from adgen_pipeline_tests.chaos.caller import hurry

hurry()
base.RETRY_DELAYS = (0.05, 0.1, 0.2)
install()

__all__ = ["defs"]
