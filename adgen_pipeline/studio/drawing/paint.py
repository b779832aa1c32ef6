"""Short words for what the drawings do with skia: colours, gradients, surfaces, type, easing."""

import math
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

PIXELS = skia.kBGRA_8888_ColorType
"""Scaled blits of BGRA pictures are several times faster than of RGBA ones in this build of skia."""

SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear)
FINE = skia.SamplingOptions(skia.CubicResampler.Mitchell())


class _Font(NamedTuple):
    """A font's file in its package, and where on its axes of variation the face lies."""

    package: str
    file: str
    axes: Mapping[str, float] = {}


_FREDOKA, _FREDOKA_FILE = "fontpkg_fredoka", "Fredoka[wdth,wght].ttf"
_FRAUNCES, _FRAUNCES_FILE = "fontpkg_fraunces", "Fraunces[SOFT,WONK,opsz,wght].ttf"
_GROTESK, _GROTESK_FILE = "fontpkg_space_grotesk", "SpaceGrotesk[wght].ttf"
_BARLOW = "fontpkg_barlow_condensed"

_FONTS = {
    "serif": _Font("font_source_serif_pro", "SourceSerifPro-Light.ttf"),
    "serif-text": _Font("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-bold": _Font("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "sans": _Font("font_manrope", "Manrope-Medium.ttf"),
    "sans-bold": _Font("font_manrope", "Manrope-Bold.ttf"),
    "playful": _Font(_FREDOKA, _FREDOKA_FILE, {"wght": 650, "wdth": 98}),
    "playful-text": _Font(_FREDOKA, _FREDOKA_FILE, {"wght": 500, "wdth": 100}),
    "tech": _Font(_GROTESK, _GROTESK_FILE, {"wght": 560}),
    "tech-text": _Font(_GROTESK, _GROTESK_FILE, {"wght": 430}),
    "organic": _Font(_FRAUNCES, _FRAUNCES_FILE, {"wght": 420, "SOFT": 100, "opsz": 120, "WONK": 0}),
    "organic-italic": _Font(
        _FRAUNCES, "Fraunces-Italic[SOFT,WONK,opsz,wght].ttf", {"wght": 420, "SOFT": 100, "opsz": 96, "WONK": 1}
    ),
    "organic-text": _Font(_FRAUNCES, _FRAUNCES_FILE, {"wght": 420, "SOFT": 100, "opsz": 24, "WONK": 0}),
    "sport": _Font(_BARLOW, "BarlowCondensed-BlackItalic.ttf"),
    "sport-text": _Font(_BARLOW, "BarlowCondensed-SemiBold.ttf"),
    "retro": _Font("fontpkg_righteous", "Righteous-Regular.ttf"),
}

TYPEFACES = tuple(_FONTS)
"""The shipped faces, all under the Open Font License: docs/decisions/0028-type-and-layout.md tells which is whose."""


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
    """The shipped face of that name, one of TYPEFACES."""
    package, file, axes = _FONTS[name]
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, package
    made = skia.Typeface.MakeFromFile(str(Path(spec.origin).parent / "files" / file))
    return _varied(made, axes) if axes else made


def _varied(face: Any, axes: Mapping[str, float]) -> Any:
    """The face of a variable font that lies at `axes` (OpenType tags and their values)."""
    kind = skia.FontArguments.VariationPosition
    places = kind.Coordinates([kind.Coordinate(int.from_bytes(tag.encode()), at) for tag, at in axes.items()])
    position = kind(places)  # skia keeps neither: both have to outlive the clone's making
    return face.makeClone(skia.FontArguments().setVariationDesignPosition(position))


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
