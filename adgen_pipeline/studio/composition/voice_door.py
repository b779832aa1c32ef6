"""The one door to the voice, whose runtime would report its use to its maker if nobody said no."""

from adgen_pipeline.settings import forbid_telemetry

forbid_telemetry()

from hibari import Hibari  # noqa: E402 - the runtime reads the environment when it is loaded

__all__ = ["Hibari"]
