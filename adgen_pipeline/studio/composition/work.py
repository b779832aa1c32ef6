"""One ad, from the request to the answer's result."""

from typing import Any

from adgen_pipeline.contracts.ad import ComposeRequest, ComposeResult
from adgen_pipeline.contracts.keyframe import as_resolution
from adgen_pipeline.studio.composition.render import compose
from adgen_pipeline.studio.job import Job


def work(body: dict[str, Any], job: Job) -> dict[str, Any]:
    """Put the ad together in the job's folder."""
    request = ComposeRequest.model_validate(body)
    clips = [job.fetch(scene.video_url, f"clip_{n:02d}") for n, scene in enumerate(request.scenes, 1)]
    logo_url = request.brand_guidelines.logo_url
    logo = job.fetch_logo(str(logo_url)) if logo_url else None
    ad = compose(request, clips, logo, job.folder, job.progress)
    job.told["text_boxes"] = [box.model_dump() for box in ad.text_boxes]
    return ComposeResult(
        video_url=ad.video.name,
        thumbnail_url=ad.thumbnail.name,
        duration=ad.duration,
        resolution=as_resolution(ad.size),
        file_size_mb=round(ad.video.stat().st_size / 1e6, 3),
        captions_url=ad.captions.name if ad.captions else None,
    ).model_dump(mode="json", exclude_none=True)
