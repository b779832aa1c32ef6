"""A wrapped box: what the studio shows of a product it cannot draw. It claims nothing about what is inside."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.bow import draw_bow
from adgen_pipeline.studio.drawing.oklch import darker, deep, lch, tone
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.texture import relief

_HALF, _TOP, _FOOT = 0.86, -0.34, 1.0  # the front
_BACK_HALF, _BACK = 0.70, -0.60  # the lid's far edge
_LID = 0.27  # how far the lid comes down
_OVER = 0.025  # how far it stands out
_RIBBON, _WIDE = -0.34, 0.115  # middle of the ribbon, half its width
_KNOT = (-0.315, -0.49)
_NAME = (0.30, 0.47)  # where the brand is stamped


class Abstract:
    """A box with a lid, in paper of the brand's shade, tied with a satin ribbon in its colour."""

    extent = (-1.13, -0.98, 0.92, 1.04)
    body = (-1.02, -0.88, 0.9, 1.0)
    focus = ((-0.32, -0.45), (-0.10, -0.25), (-0.55, -0.40))

    def still(self, canvas: Any, look: Look) -> None:
        """Front, lid, ribbon, bow; the brand, if there is one, stamped into the paper."""
        paper = _paper(look)
        self._front(canvas, paper)
        self._lid(canvas, paper)
        self._grain(canvas, look.seed)
        self._ribbon(canvas, look)
        if look.brand:
            self._stamp(canvas, look, paper)
        draw_bow(canvas, look.palette.accent, _KNOT)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Light that crosses paper and satin, and a shimmer on the bow."""
        middle = -1.6 + 3.2 * glint
        canvas.save()
        canvas.clipPath(_outline(), True)
        stops = ((0, WHITE, 0), (0.5, WHITE, 0.17), (1, WHITE, 0))
        canvas.drawPaint(paint.ramp((middle - 0.3, 0), (middle + 0.3, 0.22), *stops))
        band = skia.Rect(_RIBBON - _WIDE, _TOP, _RIBBON + _WIDE, _FOOT)
        y = 0.33 + 0.5 * math.sin(0.8 * seconds)
        shine = ((0, WHITE, 0), (0.5, WHITE, 0.22), (1, WHITE, 0))
        canvas.drawRect(band, paint.ramp((_RIBBON, y - 0.3), (_RIBBON + 0.05, y + 0.3), *shine))
        canvas.restore()

    def _front(self, canvas: Any, paper: Colour) -> None:
        face = skia.Rect(-_HALF, _TOP, _HALF, _FOOT)
        canvas.drawRect(face, paint.ramp((-_HALF, 0), (_HALF, 0.3), (0, mix(paper, WHITE, 0.10), 1), (0.4, paper, 1),
                                         (1, darker(paper, 0.14), 1)))  # fmt: skip
        canvas.drawRect(face, paint.ramp((0, _TOP), (0, _FOOT), (0.45, BLACK, 0), (1, BLACK, 0.13)))
        for x, alpha in ((-_HALF + 0.004, 0.45), (_HALF - 0.004, 0.12)):
            canvas.drawLine(x, _TOP + _LID, x, _FOOT, paint.stroke(WHITE, 0.007, alpha))

    def _lid(self, canvas: Any, paper: Colour) -> None:
        """Its rim, the shadow below it, and its top, which the light falls on."""
        left, right, bottom = -_HALF - _OVER, _HALF + _OVER, _TOP + _LID
        shadow = paint.ramp((0, bottom), (0, bottom + 0.12), (0, BLACK, 0.42), (0.3, BLACK, 0.18), (1, BLACK, 0))
        canvas.drawRect(skia.Rect(-_HALF, bottom, _HALF, bottom + 0.12), shadow)
        rim = paint.ramp((left, 0), (right, 0.1), (0, mix(paper, WHITE, 0.17), 1), (0.45, mix(paper, WHITE, 0.06), 1),
                         (1, darker(paper, 0.14), 1))  # fmt: skip
        canvas.drawRect(skia.Rect(left, _TOP, right, bottom), rim)
        lit = mix(paper, WHITE, 0.28)
        top = paint.ramp((-0.7, _BACK), (0.8, _TOP), (0, mix(paper, WHITE, 0.40), 1), (1, lit, 1))
        canvas.drawPath(_lid_top(), top)
        canvas.drawLine(left, _TOP, right, _TOP, paint.stroke(mix(paper, WHITE, 0.65), 0.010))
        canvas.drawLine(left, bottom, right, bottom, paint.stroke(darker(paper, 0.45), 0.006, 0.8))

    def _grain(self, canvas: Any, seed: int) -> None:
        """The paper's fibres."""
        fibres = np.random.default_rng(seed).standard_normal((300, 380))
        fibres = fibres + np.roll(fibres, 1, 1) + np.roll(fibres, 2, 1)
        canvas.save()
        canvas.clipPath(_outline(), True)
        relief(canvas, fibres, skia.Rect(-0.9, _BACK, 0.9, _FOOT), 0.011)
        canvas.restore()

    def _ribbon(self, canvas: Any, look: Look) -> None:
        """Satin down the front and over the lid; it lies on the rim and casts a thin shadow."""
        accent = look.palette.accent
        dark, lit = darker(accent, 0.32), mix(accent, WHITE, 0.42)
        left, right = _RIBBON - _WIDE, _RIBBON + _WIDE
        satin = ((0, dark, 1), (0.10, accent, 1), (0.34, lit, 1), (0.52, accent, 1), (0.86, dark, 1), (1, accent, 1))
        canvas.drawRect(skia.Rect(left - 0.01, _TOP, right + 0.035, _FOOT), paint.fill(BLACK, 0.30, blur=0.016))
        canvas.drawRect(skia.Rect(left, _TOP, right, _FOOT), paint.ramp((left, 0), (right, 0), *satin))
        bottom = _TOP + _LID
        canvas.drawRect(skia.Rect(left, bottom, right, bottom + 0.09),
                        paint.ramp((0, bottom), (0, bottom + 0.09), (0, BLACK, 0.40), (1, BLACK, 0)))  # fmt: skip
        share, over = _BACK_HALF / _HALF, skia.Path()
        over.addPoly([skia.Point(left, _TOP), skia.Point(left * share, _BACK), skia.Point(right * share, _BACK),
                      skia.Point(right, _TOP)], True)  # fmt: skip
        canvas.drawPath(over, paint.ramp((left, 0), (right, 0), *((at, mix(c, WHITE, 0.18), a) for at, c, a in satin)))
        bend = paint.ramp((0, _TOP - 0.012), (0, _TOP + 0.03), (0, WHITE, 0), (0.4, WHITE, 0.55), (1, WHITE, 0))
        canvas.drawRect(skia.Rect(left, _TOP - 0.012, right, _TOP + 0.03), bend)

    def _stamp(self, canvas: Any, look: Look, paper: Colour) -> None:
        """The brand's name in foil."""
        assert look.brand is not None
        name, (x, y) = look.brand.upper(), _NAME
        letters = paint.font("serif", 0.15)
        size = min(0.15, 0.15 * 0.86 / max(0.01, letters.measureText(name)))
        letters = paint.font("serif", size)
        at = x - letters.measureText(name) / 2
        foil = (
            look.palette.accent if abs(lch(look.palette.accent).light - lch(paper).light) > 0.25 else look.palette.high
        )
        canvas.drawString(name, at, y + 0.005, letters, paint.fill(BLACK, 0.35))
        canvas.drawString(name, at, y, letters, paint.fill(foil))


def _paper(look: Look) -> Colour:
    """Cream in light scenes, deep in the brand's own hue in dark ones."""
    _, chroma, hue = lch(look.palette.accent)
    if look.light:
        return tone(0.955, 0.012, hue if chroma > 0.04 else 80)
    return deep(hue, 0.29, 0.45 * chroma)


def _lid_top() -> Any:
    path = skia.Path()
    path.addPoly([skia.Point(-_HALF - _OVER, _TOP), skia.Point(-_BACK_HALF, _BACK), skia.Point(_BACK_HALF, _BACK),
                  skia.Point(_HALF + _OVER, _TOP)], True)  # fmt: skip
    return path


def _outline() -> Any:
    """Everything that is paper."""
    path = _lid_top()
    path.addRect(skia.Rect(-_HALF - _OVER, _TOP, _HALF + _OVER, _TOP + _LID))
    path.addRect(skia.Rect(-_HALF, _TOP + _LID, _HALF, _FOOT))
    return path
