"""The recipe of a picture: what it takes to draw it again, carried inside the picture's own file."""

from pathlib import Path
from typing import Annotated, Literal, Self

from PIL import Image
from pydantic import Field, ValidationError

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.picture import open_picture
from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.motif_names import MotifName as MotifName

Shot = Literal["macro", "hero", "detail", "wide", "end"]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Share = Annotated[float, Field(ge=0, le=1)]

STILL = 0.4
"""Share of a clip's duration at which it shows its keyframe: the camera comes from before and goes on after."""

_MAX_BYTES = 4000


class Style(Frozen):
    """The family it belongs to, and how the scene is lit: `light` or dark ground; how much of rays, glow and
    out-of-focus lights (0 to 1)."""

    family: Family = "minimal"
    light: bool = False
    rays: Share = 0.5
    glow: Share = 0.5
    bokeh: Share = 0.5


class Recipe(Frozen):
    """All a scene is drawn from; `words` is the position that stays calm for words, unless it is `silent` and has
    none."""

    version: Literal[1] = 1
    motif: MotifName
    palette: tuple[Colour, ...] = Field(max_length=8)
    brand: str | None = Field(None, max_length=40)
    style: Style = Style()
    ratio: AspectRatio
    shot: Shot
    words: Position
    silent: bool = False
    seed: int = Field(ge=0, lt=2**63)
    still: Share = STILL

    def as_comment(self) -> bytes:
        """The recipe as an image file's comment."""
        return self.model_dump_json(exclude_none=True).encode()

    @classmethod
    def of_comment(cls, comment: object) -> Self | None:
        """The recipe in a file's comment, or None if it is anything else. The comment may come from anybody."""
        text = comment.encode("latin-1", "ignore") if isinstance(comment, str) else comment
        if not isinstance(text, bytes) or len(text) > _MAX_BYTES:
            return None
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return None


def write_picture(picture: Image.Image, recipe: Recipe, target: Path) -> None:
    """Write `picture` as JPEG with its recipe as comment."""
    picture.save(target, "JPEG", quality=92, subsampling=0, comment=recipe.as_comment())


def read_recipe(path: Path) -> Recipe | None:
    """The recipe inside the picture at `path`, or None if it has none. Raises RenderError if it is no picture."""
    with open_picture(path) as picture:
        return Recipe.of_comment(picture.info.get("comment"))
