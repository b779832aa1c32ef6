"""The client of composition."""

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.ad import ComposeRequest, ComposeResult
from adgen_pipeline.contracts.stages import COMPOSITION

_TOLERANCE = 0.5


class Composition(ServiceClient[ComposeRequest, ComposeResult]):
    """Turns the clips into the ad."""

    stage = COMPOSITION
    result_type = ComposeResult

    def files(self, result: ComposeResult) -> dict[str, tuple[str, str]]:
        """The ad and its poster, and the captions of a service that times them itself."""
        ad = {"video_url": (result.video_url, "video"), "thumbnail_url": (result.thumbnail_url, "image")}
        return ad | ({"captions_url": (result.captions_url, "captions")} if result.captions_url else {})

    def check(self, request: ComposeRequest, result: ComposeResult) -> str | None:
        """The ad must end where its last scene ends."""
        wanted = max(scene.end_time for scene in request.scenes)
        if abs(result.duration - wanted) <= _TOLERANCE:
            return None
        return f"sent result.duration = {result.duration:g} s for an ad of {wanted:g} s"
