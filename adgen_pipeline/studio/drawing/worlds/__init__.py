"""The worlds: what each family of style looks like."""

from adgen_pipeline.studio.drawing.worlds.base import World
from adgen_pipeline.studio.drawing.worlds.minimal import Minimal
from adgen_pipeline.studio.drawing.worlds.organic import Organic
from adgen_pipeline.studio.drawing.worlds.playful import Playful
from adgen_pipeline.studio.drawing.worlds.retro import Retro
from adgen_pipeline.studio.drawing.worlds.sport import Sport
from adgen_pipeline.studio.drawing.worlds.tech import Tech
from adgen_pipeline.studio.families import Family

WORLDS: dict[Family, World] = {
    "minimal": Minimal(),
    "playful": Playful(),
    "tech": Tech(),
    "organic": Organic(),
    "sport": Sport(),
    "retro": Retro(),
}
