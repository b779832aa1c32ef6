"""The client of image generation."""

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.keyframe import ImageRequest, ImageResult
from adgen_pipeline.contracts.stages import IMAGES


class ImageGen(ServiceClient[ImageRequest, ImageResult]):
    """Turns a scene into a keyframe."""

    stage = IMAGES
    result_type = ImageResult

    def files(self, result: ImageResult) -> dict[str, tuple[str, str]]:
        """The keyframe."""
        return {"image_url": (result.image_url, "image")}
