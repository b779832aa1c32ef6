"""One clip, from the request to the answer's result."""

from typing import Any

from adgen_pipeline.contracts.brief import FPS, SIZES
from adgen_pipeline.contracts.clip import ClipRequest, ClipResult
from adgen_pipeline.contracts.keyframe import as_resolution
from adgen_pipeline.studio.job import Job
from adgen_pipeline.studio.video_gen.render import render_clip


def work(body: dict[str, Any], job: Job) -> dict[str, Any]:
    """Draw the clip into the job's folder."""
    request = ClipRequest.model_validate(body)
    reference = job.fetch(request.reference_image_url, "reference")
    render_clip(request, reference, job.folder / "clip.mp4", job.progress)
    fps = request.fps or FPS
    resolution = request.resolution or as_resolution(SIZES[request.aspect_ratio])
    duration = round(request.duration * fps) / fps
    return ClipResult(video_url="clip.mp4", duration=duration, resolution=resolution).model_dump(mode="json")
