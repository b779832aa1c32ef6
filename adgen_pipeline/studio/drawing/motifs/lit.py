"""Surfaces lit as a studio lights them: one soft box above left, a strip on the right, light from behind.

Skia evaluates these surfaces a pixel at a time, so they are as fine in a close-up as in a wide shot.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import FINE, SMOOTH, shaded, surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

_CLOSE = 480.0
"""Pixels a unit from which on a smooth surface is drawn at half the resolution."""

NOISE = 256
"""Pixels a side of the `noise` tile; `grain(p)` below repeats it every unit."""

_PRELUDE = """
uniform shader noise;
const float3 SUN = float3(-0.52, 0.62, 0.587);

float4 grain(float2 p) { return noise.eval(p * 256); }

float band(float v, float low, float high, float soft) {
  return smoothstep(low - soft, low + soft, v) * (1 - smoothstep(high - soft, high + soft, v));
}

// What a mirror shows that faces `n` (x right, y up, z to the eye): the studio's lamps, and `rim` from behind.
float3 mirrored(float3 n, float soft, float3 rim) {
  float3 d = float3(2 * n.z * n.xy, 2 * n.z * n.z - 1);
  float box = band(d.x, -0.93, -0.40, 0.03 + soft) * band(d.y, -0.30, 0.85, 0.05 + soft);
  float strip = band(d.x, 0.66, 0.80, 0.02 + soft) * band(d.y, -0.70, 0.90, 0.10 + soft);
  float sky = 0.22 * smoothstep(-0.1, 0.9, d.y);
  float back = smoothstep(-0.35, -0.98, d.z);
  return float3(1.15 * box + 0.55 * strip + sky + 0.03) + rim * back;
}

float facing(float3 n) { return pow(clamp(1 - n.z, 0, 1), 4); }

float diffuse(float3 n) { float s = clamp(0.70 * dot(n, SUN) + 0.30, 0, 1); return 0.17 + 0.93 * s * sqrt(s); }

// Something opaque under a clear skin: paint, glaze, leather. `gloss` from 0 to 1, `soft` widens reflections.
float3 glazed(float3 n, float3 albedo, float gloss, float soft, float3 rim) {
  return albedo * diffuse(n) + mirrored(n, soft, rim) * gloss * (0.16 + 0.84 * facing(n));
}

float3 metal(float3 n, float3 tone, float soft, float3 rim) {
  return tone * (0.05 + mirrored(n, soft, rim) + 0.20 * diffuse(n));
}

// What the screen can show of `c`: too much light turns white instead of another hue.
half4 shown(float3 c) {
  float most = max(max(c.r, c.g), max(c.b, 1));
  return half4(half3(mix(c / most, float3(1), smoothstep(1.0, 2.2, most))), 1);
}
"""


def lit(source: str, uniforms: Mapping[str, Any], children: Mapping[str, Any] | None = None, **more: Any) -> Any:
    """The paint of the SkSL shader `source`, which may use what the prelude above holds.

    `uniforms` are numbers, or sequences for vectors and colours; `children` are further shaders it samples.
    """
    builder = skia.RuntimeShaderBuilder(_effect(source))
    for name, value in uniforms.items():
        number = isinstance(value, int | float)
        builder.setUniform(name, float(value) if number else [float(part) for part in value])
    for name, child in {"noise": _noise(), **(children or {})}.items():
        builder.setChild(name, child)
    return shaded(builder.makeShader(), **more)


def draw_smooth(canvas: Any, path: Any, brush: Any, fineness: float = 1.0) -> None:
    """Fill `path` with a lit surface without fine detail: in close-ups at half the resolution, edges at the full one.

    A shader's time goes by its pixels; on glaze and frosted glass nobody sees the difference. `fineness` above 1 raises
    the resolution, for a surface with edges of its own.
    """
    seen, matrix = path.getBounds(), canvas.getTotalMatrix()
    share = fineness * (0.5 if matrix.mapRadius(1) > _CLOSE else 1.0)
    if share == 1 or not seen.intersect(canvas.getLocalClipBounds()):
        canvas.drawPath(path, brush)
        return
    device = matrix.mapRect(seen).makeOutset(4, 4)
    drawn = surface(share * device.width(), share * device.height())
    other = drawn.getCanvas()
    other.scale(share, share)
    other.translate(-device.left(), -device.top())
    other.concat(matrix)
    other.drawPaint(brush)
    canvas.save()
    canvas.clipPath(path, True)
    canvas.resetMatrix()
    canvas.translate(device.left(), device.top())
    canvas.scale(1 / share, 1 / share)
    canvas.drawImage(drawn.makeImageSnapshot(), 0, 0, FINE if share < 1 else SMOOTH)
    canvas.restore()


def table(*columns: Any, exact: bool = False) -> Any:
    """A shader whose value at (k, 0) is row k of up to three `columns`, and between them what lies between.

    `exact` gives the nearest row alone, which takes a third of the time.
    """
    pixels = np.ones((1, len(columns[0]), 4), np.float32)
    for channel, column in enumerate(columns):
        pixels[0, :, channel] = column
    return _sampled(pixels, skia.TileMode.kClamp, skia.FilterMode.kNearest if exact else skia.FilterMode.kLinear)


def relief(heights: Any) -> Any:
    """A shader whose value at (x, y) is `heights` (rows x columns) there, and between them what lies between."""
    pixels = np.ones((*heights.shape, 4), np.float32)
    pixels[..., 0] = heights
    return _sampled(pixels, skia.TileMode.kClamp, skia.FilterMode.kLinear)


def layers(*planes: Any) -> Any:
    """A shader whose red, green and blue at (x, y) are three `planes` (rows x columns) there, smooth between."""
    pixels = np.ones((*planes[0].shape, 4), np.float32)
    for channel, plane in enumerate(planes):
        pixels[..., channel] = plane
    return _sampled(pixels, skia.TileMode.kClamp, skia.FilterMode.kLinear)


def tile(pixels: Any) -> Any:
    """A shader that repeats `pixels` (rows x columns x RGBA, bytes) without end."""
    return _sampled(pixels, skia.TileMode.kRepeat, skia.FilterMode.kLinear)


def tinted(colour: Colour) -> tuple[float, float, float]:
    """`colour` as a uniform."""
    red, green, blue = (float(part) for part in colour)
    return red, green, blue


@cache
def _effect(source: str) -> Any:
    return skia.RuntimeEffect.MakeForShader(_PRELUDE + source)


@cache
def _noise() -> Any:
    """A tile of noise without seams: smooth waves in red, clouds in green, fine grain in blue."""
    rng = np.random.default_rng(11)
    pixels = np.full((NOISE, NOISE, 4), 255, np.uint8)
    for channel, power in enumerate((2.6, 1.1, 0.35)):
        pixels[..., channel] = 255 * _clouds(rng, power) + 0.5
    return tile(pixels)


def _clouds(rng: np.random.Generator, power: float) -> Any:
    """Noise from 0 to 1 whose amplitude falls with frequency to the `power`."""
    waves = np.fft.fftfreq(NOISE)
    frequency = np.hypot(waves[:, None], waves[None, :])
    frequency[0, 0] = 1.0
    shaped = np.fft.fft2(rng.standard_normal((NOISE, NOISE))) / (frequency * NOISE) ** power
    shaped[0, 0] = 0
    clouds = np.fft.ifft2(shaped).real
    return np.clip(0.5 + 0.22 * clouds / clouds.std(), 0, 1)


def _sampled(pixels: Any, tiling: Any, between: Any) -> Any:
    kind = skia.kRGBA_8888_ColorType if pixels.dtype == np.uint8 else skia.kRGBA_F32_ColorType
    image = skia.Image.fromarray(pixels, colorType=kind)
    return image.makeRawShader(tiling, tiling, skia.SamplingOptions(between))
