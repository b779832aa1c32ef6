"""Short words for what the drawings do with skia: colours, gradients, surfaces, type, easing."""

import math
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

PIXELS = skia.kBGRA_8888_ColorType
"""Scaled blits of BGRA pictures are several times faster than of RGBA ones in this build of skia."""

SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear)
FINE = skia.SamplingOptions(skia.CubicResampler.Mitchell())

_FONTS = {
    "serif": ("font_source_serif_pro", "SourceSerifPro-Light.ttf"),
    "serif-bold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "sans": ("font_manrope", "Manrope-Medium.ttf"),
    "sans-bold": ("font_manrope", "Manrope-Bold.ttf"),
}


def rgba(colour: Colour, alpha: float = 1.0) -> Any:
    """`colour` as skia's integer colour, for gradients."""
    red, green, blue = (round(255 * min(1.0, max(0.0, float(v)))) for v in colour)
    return skia.ColorSetARGB(round(255 * min(1.0, max(0.0, alpha))), red, green, blue)


def fill(colour: Colour, alpha: float = 1.0, blur: float = 0.0, **more: Any) -> Any:
    """An antialiased paint; `blur` is the radius (sigma) in the canvas's units."""
    if blur > 0:
        more["MaskFilter"] = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur)
    shade = skia.Color4f(float(colour[0]), float(colour[1]), float(colour[2]), max(0.0, min(1.0, alpha)))
    return skia.Paint(AntiAlias=True, Color4f=shade, **more)


def stroke(colour: Colour, width: float, alpha: float = 1.0, blur: float = 0.0, **more: Any) -> Any:
    """Like `fill`, for lines of `width` units."""
    return fill(colour, alpha, blur, Style=skia.Paint.kStroke_Style, StrokeWidth=width, **more)


def shaded(shader: Any, **more: Any) -> Any:
    """A dithered, antialiased paint of a gradient."""
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader, **more)


def linear(start: tuple[float, float], end: tuple[float, float], *stops: tuple[float, Any]) -> Any:
    """A gradient from `start` to `end`; each stop is (0..1, colour from `rgba`)."""
    return skia.GradientShader.MakeLinear([start, end], [c for _, c in stops], [p for p, _ in stops])


def radial(centre: tuple[float, float], radius: float, *stops: tuple[float, Any]) -> Any:
    """A round gradient; stops as in `linear`."""
    return skia.GradientShader.MakeRadial(centre, radius, [c for _, c in stops], [p for p, _ in stops])


def ramp(start: tuple[float, float], end: tuple[float, float], *stops: tuple[float, Colour, float], **more: Any) -> Any:
    """The paint of a gradient from `start` to `end`; each stop is (0..1, colour, alpha)."""
    return shaded(linear(start, end, *((at, rgba(colour, alpha)) for at, colour, alpha in stops)), **more)


def halo(centre: tuple[float, float], radius: float, *stops: tuple[float, Colour, float], **more: Any) -> Any:
    """The paint of a round gradient; stops as in `ramp`, from the centre outward."""
    return shaded(radial(centre, radius, *((at, rgba(colour, alpha)) for at, colour, alpha in stops)), **more)


def lined(width: float) -> dict[str, Any]:
    """What makes the paint of a gradient draw a line of `width` units: `ramp(..., **lined(0.01))`."""
    return {"Style": skia.Paint.kStroke_Style, "StrokeWidth": width}


def surface(width: float, height: float) -> Any:
    """An empty, transparent raster of whole pixels."""
    info = skia.ImageInfo.Make(math.ceil(width), math.ceil(height), PIXELS, skia.kPremul_AlphaType)
    return skia.Surface.MakeRaster(info)


@cache
def typeface(name: str) -> Any:
    """One of the shipped faces: serif, serif-bold, sans, sans-bold."""
    package, file = _FONTS[name]
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, package
    return skia.Typeface.MakeFromFile(str(Path(spec.origin).parent / "files" / file))


def font(name: str, size: float) -> Any:
    """`name` at `size` pixels, placed and smoothed for motion."""
    made = skia.Font(typeface(name), size)
    made.setSubpixel(True)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    return made


def ease_out(t: float) -> float:
    """Fast, then settling (cubic); clamped to 0..1."""
    t = min(1.0, max(0.0, t))
    return 1 - (1 - t) ** 3


def ease_in_out(t: float) -> float:
    """Gentle at both ends (smoothstep); clamped to 0..1."""
    t = min(1.0, max(0.0, t))
    return t * t * (3 - 2 * t)
