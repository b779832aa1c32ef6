"""What each stage is asked for one ad: from its storyboard to the services' requests. Pure: data in, data out."""

from adgen_pipeline.contracts.ad import ComposeRequest, ComposeScene
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.keyframe import ImageRequest, as_resolution
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard


def image_request(storyboard: Storyboard, scene: PlannedScene, reference_url: str | None) -> ImageRequest:
    """What image generation is asked for one scene; the look is taken from the picture at `reference_url`."""
    brief, look = storyboard.brief, storyboard.visual_direction
    return ImageRequest(
        prompt=scene.prompt,
        style=look.style or brief.brand_guidelines.style,
        visual_direction=look,
        aspect_ratio=brief.aspect_ratio,
        resolution=as_resolution(brief.size),
        seed=brief.seed,
        reference_image_url=reference_url,
        negative_prompt=scene.negative_prompt,
    )


def clip_request(storyboard: Storyboard, scene: PlannedScene, reference_url: str) -> ClipRequest:
    """What video generation is asked for one scene, whose keyframe is at `reference_url`."""
    brief = storyboard.brief
    return ClipRequest(
        scene_prompt=scene.prompt,
        reference_image_url=reference_url,
        duration=scene.duration,
        aspect_ratio=brief.aspect_ratio,
        camera_movement=scene.camera_movement,
        resolution=as_resolution(brief.size),
        fps=brief.fps,
        seed=brief.seed,
        negative_prompt=scene.negative_prompt,
    )


def compose_request(storyboard: Storyboard, urls: dict[str, str]) -> ComposeRequest:
    """What composition is asked for; `urls` are the clips', by scene."""
    brief = storyboard.brief
    return ComposeRequest(
        scenes=[
            ComposeScene(
                video_url=urls[scene.key],
                start_time=scene.start_time,
                end_time=scene.end_time,
                transition=scene.transition,
            )
            for scene in storyboard.scenes
        ],
        audio=storyboard.audio,
        text_overlays=storyboard.text_overlays,
        aspect_ratio=brief.aspect_ratio,
        resolution=as_resolution(brief.size),
        fps=brief.fps,
        brand_guidelines=brief.brand_as_shown,
        captions=brief.captions,
        seed=brief.seed,
    )
