"""One keyframe: from a request to a JPEG that knows how it was made."""

from pathlib import Path

import numpy as np
from PIL import Image

from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.studio.drawing.paint import surface
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.recipe import Recipe, read_recipe, write_picture
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.frame import frame_size
from adgen_pipeline.studio.image_gen.prompt import recipe_for

MODEL = "adgen-studio-image/1"


def render_keyframe(request: ImageRequest, reference: Path | None, target: Path) -> int:
    """Write the keyframe of `request` to `target` (JPEG) and return the seed it was drawn with.

    `reference` is another picture whose look is taken over where the request says nothing. Raises RenderError if
    the reference is no picture or the resolution cannot be drawn.
    """
    size = frame_size(request.aspect_ratio, request.resolution)
    recipe = recipe_for(request, read_recipe(reference) if reference else None)
    write_picture(_drawn(recipe, size), recipe, target)
    return recipe.seed


def _drawn(recipe: Recipe, size: tuple[int, int]) -> Image.Image:
    frame = surface(*size)
    Scene(recipe, size).draw(frame.getCanvas(), 0.0, View())
    return Image.fromarray(np.ascontiguousarray(as_pixels(frame.makeImageSnapshot())[..., 2::-1]), "RGB")
