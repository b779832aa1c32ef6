"""The grain of surfaces (etched glass, blasted metal, leather, cloth), as far as the eye can see it."""

from typing import Any

from adgen_pipeline.studio.drawing.motifs.space import pixels_a_unit
from adgen_pipeline.studio.drawing.paint import shaded
from adgen_pipeline.studio.drawing.skia_door import skia

_SHARP, _LOST, _LEAST = 4.0, 0.8, 0.22
"""Pixels a wave from which on grain is drawn in full, below which it would only be noise, and what is left of it then.
"""


def grain(canvas: Any, waves: tuple[float, float], strength: float, *, seed: float, dark: bool = False) -> Any:
    """The paint of a grain with `waves` a unit across and down; `strength` is its contrast.

    It lightens and darkens softly; if `dark` it is specks of shadow on what is already drawn in the layer.
    """
    shown = strength * _seen(canvas, max(waves))
    noise = skia.PerlinNoiseShader.MakeFractalNoise(*waves, 2, seed)
    tone = 0.0 if dark else 1.0
    only = [0, 0, 0, 0, tone, 0, 0, 0, 0, tone, 0, 0, 0, 0, tone, shown, 0, 0, 0, -0.37 * shown]
    mode = skia.BlendMode.kSrcATop if dark else skia.BlendMode.kSoftLight
    return shaded(noise, ColorFilter=skia.ColorFilters.Matrix(only), BlendMode=mode)


def weave(canvas: Any, waves: tuple[float, float], strength: float, *, seed: float) -> Any:
    """The paint of threads, lit and shaded alike; as in `grain`."""
    noise = skia.PerlinNoiseShader.MakeFractalNoise(*waves, 2, seed)
    alpha = strength * _seen(canvas, max(waves))
    grey = [1.3, 0, 0, 0, -0.15, 1.3, 0, 0, 0, -0.15, 1.3, 0, 0, 0, -0.15, 0, 0, 0, 0, alpha]
    return shaded(noise, ColorFilter=skia.ColorFilters.Matrix(grey), BlendMode=skia.BlendMode.kSoftLight)


def _seen(canvas: Any, waves: float) -> float:
    """How much of `waves` a unit can be seen at the scale that the canvas is drawn at."""
    pixels = pixels_a_unit(canvas) / waves
    return min(1.0, max(_LEAST, (pixels - _LOST) / (_SHARP - _LOST)))
