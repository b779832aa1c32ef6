"""One clip: the scene of its keyframe, under a moving camera."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from adgen_pipeline.contracts.brief import FPS
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.studio.drawing.recipe import Recipe, read_recipe
from adgen_pipeline.studio.drawing.scene import Drawable, Scene
from adgen_pipeline.studio.encoding import CLIP, VideoWriter
from adgen_pipeline.studio.families import Family, family_in
from adgen_pipeline.studio.frame import frame_size
from adgen_pipeline.studio.video_gen.camera import Reframing, move_named, reframing_in, views
from adgen_pipeline.studio.video_gen.film import film
from adgen_pipeline.studio.video_gen.pace import PACES
from adgen_pipeline.studio.video_gen.photo import Photo

MODEL = "adgen-studio-video/1"


def render_clip(
    request: ClipRequest, reference: Path, target: Path, progress: Callable[[float], None] | None = None
) -> None:
    """Write the clip of `request` to `target`: an MP4 of round(duration x fps) frames, without sound.

    `reference` is the keyframe. One with a recipe is drawn again in layers, and shown as it was at `STILL` of the
    clip; any other picture is filmed as it is. `progress` hears the share that is done. Raises RenderError if the
    reference is no picture or the resolution cannot be drawn.
    """
    size, fps = frame_size(request.aspect_ratio, request.resolution), request.fps or FPS
    seed = _seed(request)
    recipe = read_recipe(reference)
    scene = _scene(request, recipe, reference, size, seed)
    move, pace = move_named(request.camera_movement, seed), PACES[_family(request, recipe)]
    moments = views(move, pace, max(1, round(request.duration * fps)), fps, _reframing(request, scene))
    with VideoWriter(target, size, fps, CLIP) as writer:
        for done, frame in enumerate(film(scene, moments, size), 1):
            writer.write(frame)
            if progress:
                progress(done / len(moments))


def _reframing(request: ClipRequest, scene: Drawable) -> Reframing | None:
    """Where the request's words ask for one, and the scene knows where its product stands."""
    start = reframing_in(request.camera_movement)
    if start is None or not isinstance(scene, Scene):
        return None
    return Reframing.planned(scene.framing, start, request.duration)


def _family(request: ClipRequest, recipe: Recipe | None) -> Family:
    """The keyframe's own; of a foreign picture, what the scene's words say."""
    return recipe.style.family if recipe else family_in(request.scene_prompt) or "minimal"


def _scene(request: ClipRequest, recipe: Recipe | None, reference: Path, size: tuple[int, int], seed: int) -> Drawable:
    if recipe is None:
        return Photo(reference, size, seed)
    return Scene(recipe.model_copy(update={"ratio": request.aspect_ratio}), size)


def _seed(request: ClipRequest) -> int:
    """The request's own seed, else one that the same scene gets again."""
    if request.seed is not None:
        return request.seed % 2**63
    digest = hashlib.sha256(f"{request.scene_prompt}\n{request.duration}".encode()).digest()
    return int.from_bytes(digest[:4])
