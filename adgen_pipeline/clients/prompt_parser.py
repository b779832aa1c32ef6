"""The client of the prompt parser."""

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.brief import LENGTH_TOLERANCE, MOST_SCENES
from adgen_pipeline.contracts.stages import PARSING
from adgen_pipeline.contracts.storyboard import ParseRequest, ParseResult
from adgen_pipeline.contracts.timeline import length_of


class PromptParser(ServiceClient[ParseRequest, ParseResult]):
    """Turns a brief's prompt into a storyboard."""

    stage = PARSING
    result_type = ParseResult

    def check(self, request: ParseRequest, result: ParseResult) -> str | None:
        """There must be scenes, no more than an ad may have, and their durations must add up to the brief's."""
        if not result.scenes:
            return "sent result.scenes with 0 scenes: an ad needs at least one"
        if len(result.scenes) > MOST_SCENES:
            return f"sent result.scenes with {len(result.scenes)} scenes: an ad has at most {MOST_SCENES}"
        length = length_of(result.scenes)
        if abs(length - request.duration) > LENGTH_TOLERANCE:
            each = " + ".join(f"{scene.duration:g}" for scene in result.scenes)
            return (
                f"sent result.scenes[].duration that do not add up: {each} less the transitions' overlap is "
                f"{length:g} s, not {request.duration} s"
            )
        return None
