"""The metal on a bag: turn lock, rings, feet, a stamp in foil, and a tag that hangs from a handle."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import lit, tinted
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials, sweep
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_LOCK = (0.0, 0.175)
_RINGS = ((-0.40, -0.435), (0.40, -0.435))
_TAG = (-0.40, -0.40)

_PLATE = """
uniform float3 tone; uniform float3 rim; uniform float4 plate;  // half width, half height, corner, bevel
half4 main(float2 p) {
  float2 q = abs(p) - plate.xy + plate.z;
  float d = length(max(q, 0)) + min(max(q.x, q.y), 0) - plate.z;
  float2 out_ = normalize(max(q, 0.0001)) * sign(p);
  float edge = smoothstep(-plate.w, 0, d);
  float3 n = normalize(float3(out_.x * edge * 1.1, -out_.y * edge * 1.1, 1));
  n = normalize(n + float3(0.03, 0.08, 0) * (grain(float2(p.x * 0.4, p.y * 6.0)).b - 0.5) + float3(-0.16, 0.20, 0));
  return shown(metal(n, tone, 0.14, rim) * (1.08 + 0.10 * (grain(float2(p.x * 0.5, p.y * 8.0)).b - 0.5)));
}
"""


def draw_lock(canvas: Any, made: Materials) -> None:
    """A plate on the flap's edge and the knob that turns in it."""
    canvas.save()
    canvas.translate(*_LOCK)
    body = skia.RRect.MakeRectXY(skia.Rect(-0.135, -0.092, 0.135, 0.092), 0.045, 0.045)
    canvas.drawRRect(body.makeOffset(0.012, 0.024), paint.fill(BLACK, 0.7, blur=0.018))
    known = {"tone": tinted(mix(made.metal, made.lit, 0.15)), "rim": tinted(made.lit)}
    canvas.drawRRect(body, lit(_PLATE, {**known, "plate": (0.135, 0.092, 0.045, 0.022)}))
    canvas.drawRRect(body, paint.stroke(mix(made.shade, BLACK, 0.4), 0.004, 0.7))
    inner = skia.RRect.MakeRectXY(skia.Rect(-0.108, -0.066, 0.108, 0.066), 0.028, 0.028)
    canvas.drawRRect(inner, paint.stroke(BLACK, 0.005, 0.5))
    canvas.drawRRect(inner.makeOffset(0.002, 0.004), paint.stroke(made.lit, 0.003, 0.7))
    for x, y in ((-0.088, 0.0), (0.088, 0.0)):
        _draw_screw(canvas, made, x, y)
    _draw_knob(canvas, made)
    canvas.restore()


def _draw_knob(canvas: Any, made: Materials) -> None:
    """A round base, and the bar one turns."""
    canvas.drawCircle(0.008, 0.016, 0.056, paint.fill(BLACK, 0.6, blur=0.012))
    around = [made.metal, made.lit, made.metal, made.shade, made.metal, made.lit, made.metal, made.shade, made.metal]
    turned = sweep(around, [0, 0.1, 0.25, 0.36, 0.5, 0.62, 0.75, 0.88, 1], 210)
    canvas.drawCircle(0, 0, 0.054, paint.shaded(turned))
    canvas.drawCircle(0, 0, 0.053, paint.stroke(made.lit, 0.003, 0.8))
    for groove in range(6):
        canvas.drawCircle(0, 0, 0.024 + 0.004 * groove, paint.stroke(BLACK, 0.001, 0.18))
    bar = skia.RRect.MakeRectXY(skia.Rect(-0.022, -0.062, 0.022, 0.062), 0.022, 0.022)
    canvas.drawRRect(bar.makeOffset(0.008, 0.012), paint.fill(BLACK, 0.6, blur=0.008))
    bands = (
        (0, made.metal, 1), (0.2, mix(made.lit, WHITE, 0.5), 1), (0.4, made.metal, 1),
        (0.75, mix(made.shade, made.metal, 0.3), 1), (1, made.metal, 1),
    )  # fmt: skip
    canvas.drawRRect(bar, paint.ramp((-0.022, 0), (0.022, 0), *bands))
    canvas.drawRRect(bar, paint.stroke(mix(made.shade, BLACK, 0.4), 0.002, 0.8))


def _draw_screw(canvas: Any, made: Materials, x: float, y: float) -> None:
    canvas.drawCircle(x, y, 0.011, paint.halo((x - 0.003, y - 0.004), 0.014, (0, made.lit, 1), (1, made.shade, 1)))
    canvas.drawLine(x - 0.007, y + 0.004, x + 0.007, y - 0.004, paint.stroke(BLACK, 0.003, 0.8))


def draw_rings(canvas: Any, made: Materials) -> None:
    """The rings between tabs and handle."""
    around = [made.metal, made.lit, made.metal, made.shade, made.metal, made.lit, made.metal]
    for x, y in _RINGS:
        canvas.save()
        canvas.translate(x, y)
        canvas.drawCircle(0.008, 0.014, 0.062, paint.stroke(BLACK, 0.026, 0.55, blur=0.010))
        ring = sweep(around, [0, 0.15, 0.32, 0.5, 0.68, 0.85, 1], 200)
        canvas.drawCircle(0, 0, 0.062, paint.stroke(mix(made.shade, BLACK, 0.4), 0.030))
        canvas.drawCircle(0, 0, 0.062, paint.shaded(ring, **paint.lined(0.026)))
        canvas.drawCircle(-0.002, -0.003, 0.064, paint.stroke(mix(made.lit, WHITE, 0.5), 0.005, 0.75))
        canvas.restore()


def draw_feet(canvas: Any, made: Materials) -> None:
    """Studs the bag stands on."""
    for x in (-0.62, 0.62):
        foot = skia.Rect(x - 0.05, 0.77, x + 0.05, 0.838)
        bands = ((0, made.shade, 1), (0.25, made.lit, 1), (0.5, made.metal, 1), (1, mix(made.shade, BLACK, 0.5), 1))
        canvas.drawRoundRect(foot, 0.03, 0.03, paint.ramp((x - 0.05, 0), (x + 0.05, 0), *bands))


def draw_foil(canvas: Any, brand: str, made: Materials, y: float) -> None:
    """The brand pressed into the leather in foil: a dent, the foil, a bright lower edge."""
    # Type is set large and scaled down: skia lays letters out on a grid too coarse for sizes below one.
    letters, word = paint.font("serif-bold", 100), brand.upper()
    widths = [letters.measureText(letter) for letter in word]
    total = sum(widths) + 22 * (len(word) - 1)
    scale = min(0.00125, 0.86 / total)
    foil = paint.ramp(
        (0, -70), (total, 20), (0, made.metal, 1), (0.28, mix(made.lit, WHITE, 0.3), 1), (0.55, made.metal, 1),
        (0.8, made.lit, 1), (1, made.metal, 1),
    )  # fmt: skip
    canvas.save()
    canvas.translate(-0.5 * total * scale, y + 33 * scale)
    canvas.scale(scale, scale)
    x = 0.0
    for letter, width in zip(word, widths, strict=True):
        canvas.drawString(letter, x + 1.5, 4, letters, paint.fill(WHITE, 0.22))
        canvas.drawString(letter, x - 1.5, -3.5, letters, paint.fill(BLACK, 0.65))
        canvas.drawString(letter, x, 0, letters, foil)
        x += width + 22
    canvas.restore()


def draw_tag(canvas: Any, look: Look, dye: Colour, degrees: float) -> None:
    """A leather tag on two thongs, swung by `degrees`."""
    made = materials(look)
    tone = mix(look.palette.accent, BLACK, 0.12)
    canvas.save()
    canvas.translate(*_TAG)
    canvas.rotate(degrees)
    for x in (-0.012, 0.012):
        canvas.drawLine(0, 0.0, x, 0.17, paint.stroke(mix(dye, BLACK, 0.5), 0.012))
    half = smooth((0.0, 0.14), (0.055, 0.15), (0.074, 0.20), (0.074, 0.34), (0.060, 0.395), (0.0, 0.405))
    outline = np.vstack((half, half[::-1] * (-1, 1)))
    canvas.drawPath(shape(moved(outline, 0.010, 0.014)), paint.fill(BLACK, 0.35))
    body = ((0, mix(tone, WHITE, 0.30), 1), (0.4, tone, 1), (1, mix(tone, BLACK, 0.5), 1))
    canvas.drawPath(shape(outline), paint.ramp((-0.08, 0.12), (0.09, 0.42), *body))
    dashes = {"PathEffect": skia.DashPathEffect.Make([0.018, 0.009], 0)}
    canvas.drawPath(
        line(moved(outline * (0.78, 0.86), 0, 0.040)), paint.stroke(mix(tone, WHITE, 0.75), 0.008, **dashes)
    )
    canvas.drawPath(line(outline), paint.stroke(mix(tone, WHITE, 0.5), 0.004, 0.7))
    canvas.drawCircle(0, 0.178, 0.020, paint.fill(made.metal))
    canvas.drawCircle(0, 0.178, 0.011, paint.fill(BLACK, 0.85))
    canvas.drawCircle(-0.002, 0.176, 0.020, paint.stroke(made.lit, 0.004, 0.9))
    canvas.restore()
