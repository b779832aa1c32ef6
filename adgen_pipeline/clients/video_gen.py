"""The client of video generation."""

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.clip import ClipRequest, ClipResult
from adgen_pipeline.contracts.stages import CLIPS

SHORTER, LONGER = 0.1, 1.0
"""Seconds a clip may miss the wanted length by: what is too long is cut, what is missing cannot be made up."""


class VideoGen(ServiceClient[ClipRequest, ClipResult]):
    """Turns a keyframe into a clip."""

    stage = CLIPS
    result_type = ClipResult

    def files(self, result: ClipResult) -> dict[str, tuple[str, str]]:
        """The clip."""
        return {"video_url": (result.video_url, "video")}

    def check(self, request: ClipRequest, result: ClipResult) -> str | None:
        """The clip must be as long as it was asked to be."""
        if request.duration - SHORTER <= result.duration <= request.duration + LONGER:
            return None
        return f"sent result.duration = {result.duration:g} s for a clip of {request.duration:g} s"
