"""One keyframe, from the request to the answer's result."""

from typing import Any

from adgen_pipeline.contracts.keyframe import ImageRequest, ImageResult
from adgen_pipeline.studio.image_gen.render import MODEL, render_keyframe
from adgen_pipeline.studio.job import Job


def work(body: dict[str, Any], job: Job) -> dict[str, Any]:
    """Draw the keyframe into the job's folder."""
    request = ImageRequest.model_validate(body)
    reference = job.fetch(request.reference_image_url, "reference") if request.reference_image_url else None
    seed = render_keyframe(request, reference, job.folder / "keyframe.jpg")
    return ImageResult(image_url="keyframe.jpg", seed=seed, model=MODEL).model_dump(mode="json")
