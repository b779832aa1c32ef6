"""Cards of paper and glass with simple signs: what the studio shows of an offer that is no object."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.glyphs import GLYPHS, Glyph
from adgen_pipeline.studio.drawing.oklch import darker
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_PAPER = (0.06, -0.02, 0.60, 0.80, 4.0)  # middle, half sides, degrees turned
_TINTED = (-0.26, -0.16, 0.58, 0.78, -9.0)
_GLASS = (0.24, 0.62, 0.68, 0.25, -3.0)
_COIN = (0.70, -0.66, 0.24)  # middle and radius
_BADGE = (0.0, -0.30, 0.30)  # on the paper


class Service:
    """Two cards in depth, a pane of glass before them and a coin; which signs they bear depends on the seed."""

    extent = (-1.06, -1.09, 1.14, 1.17)
    body = (-0.95, -0.98, 0.98, 0.92)
    focus = ((0.08, -0.30), (0.70, -0.64), (0.10, 0.60))

    def still(self, canvas: Any, look: Look) -> None:
        """From the farthest card to the glass."""
        accent = look.palette.accent
        first, second, third = (GLYPHS[k] for k in np.random.default_rng(look.seed).permutation(len(GLYPHS))[:3])
        self._tinted(canvas, accent)
        self._paper(canvas, accent, first)
        self._coin(canvas, accent, second)
        self._frosted(canvas, accent, first)
        self._glass(canvas, look, third)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """A sheen that crosses paper and glass, and a ring that widens around the badge now and then."""
        middle = -1.5 + 3.0 * glint
        sheen = paint.ramp((middle - 0.25, 0), (middle + 0.25, 0.12), (0, WHITE, 0), (0.5, WHITE, 0.38), (1, WHITE, 0))
        for card in (_PAPER, _GLASS):
            canvas.save()
            canvas.clipPath(_placed(card), True)
            canvas.drawPaint(sheen)
            canvas.restore()
        share = (0.35 * seconds + 0.4) % 1.0
        canvas.save()
        _enter(canvas, _PAPER)
        ring = paint.stroke(look.palette.accent, 0.016, 0.5 * (1 - share))
        canvas.drawCircle(*_BADGE[:2], _BADGE[2] * (1 + 0.22 * share), ring)
        canvas.restore()

    def _tinted(self, canvas: Any, accent: Colour) -> None:
        """A card in the brand's colour, lit from the upper left."""
        canvas.save()
        _enter(canvas, _TINTED)
        card = _card(_TINTED)
        _cast(canvas, card, 0.42)
        half, high = _TINTED[2:4]
        stops = ((0, mix(accent, WHITE, 0.24), 1), (0.4, accent, 1), (1, darker(accent, 0.34), 1))
        canvas.drawRRect(card, paint.ramp((-half, -high), (half, high), *stops))
        for k in range(3):
            radius = 0.34 + 0.22 * k
            canvas.save()
            canvas.clipRRect(card, True)
            canvas.drawCircle(-half, -high, radius, paint.stroke(WHITE, 0.012, 0.22))
            canvas.restore()
        _edge(canvas, card, 0.55)
        canvas.restore()

    def _paper(self, canvas: Any, accent: Colour, glyph: Glyph) -> None:
        """White paper: a badge with a sign, and lines of text too far away to be read."""
        canvas.save()
        _enter(canvas, _PAPER)
        card, (half, high) = _card(_PAPER), _PAPER[2:4]
        _cast(canvas, card, 0.50)
        paper = mix(WHITE, accent, 0.03)
        canvas.drawRRect(card, paint.ramp((-half, -high), (half, high), (0, WHITE, 1), (0.5, paper, 1),
                                          (1, mix(paper, darker(accent, 0.5), 0.13), 1)))  # fmt: skip
        _badge(canvas, accent, _BADGE, glyph)
        ink = mix(darker(accent, 0.45), BLACK, 0.4)
        for y, wide, share in ((0.16, 0.40, 0.42), (0.28, 0.28, 0.76)):
            bar = skia.RRect.MakeRectXY(skia.Rect(-wide, y - 0.028, wide, y + 0.028), 0.028, 0.028)
            canvas.drawRRect(bar, paint.fill(mix(ink, WHITE, share)))
        _edge(canvas, card, 0.9)
        canvas.restore()

    def _coin(self, canvas: Any, accent: Colour, glyph: Glyph) -> None:
        """A thick disc that floats before the cards' corner."""
        x, y, radius = _COIN
        canvas.drawCircle(x + 0.05, y + 0.09, 0.97 * radius, paint.fill(BLACK, 0.36, blur=0.07))
        canvas.drawCircle(x + 0.018, y + 0.028, radius, paint.fill(darker(accent, 0.45)))
        _badge(canvas, accent, _COIN, glyph)

    def _frosted(self, canvas: Any, accent: Colour, glyph: Glyph) -> None:
        """What is seen through the glass: the cards again, blurred."""
        canvas.save()
        canvas.clipPath(_placed(_GLASS), True)
        canvas.saveLayer(
            None, skia.Paint(ImageFilter=skia.ImageFilters.Blur(0.05, 0.05), BlendMode=skia.BlendMode.kSrc)
        )
        self._tinted(canvas, accent)
        self._paper(canvas, accent, glyph)
        canvas.restore()
        canvas.restore()

    def _glass(self, canvas: Any, look: Look, glyph: Glyph) -> None:
        """A frosted pane whose rim catches the light."""
        accent, card, (half, high) = look.palette.accent, _card(_GLASS), _GLASS[2:4]
        canvas.save()
        _enter(canvas, _GLASS)
        canvas.save()
        canvas.clipRRect(card, skia.ClipOp.kDifference, True)
        _cast(canvas, card, 0.40)
        canvas.restore()
        canvas.save()
        canvas.clipRRect(card, True)
        tint = mix(WHITE, accent, 0.12) if look.light else mix(WHITE, accent, 0.25)
        canvas.drawPaint(paint.ramp((-half, -high), (half, high), (0, tint, 0.66), (0.5, tint, 0.40), (1, tint, 0.54)))
        canvas.restore()
        _edge(canvas, card, 1.0)
        _badge(canvas, accent, (-half + 0.26, 0.0, 0.155), glyph)
        for y, start, end in ((-0.06, -0.20, 0.50), (0.065, -0.20, 0.26)):
            bar = skia.RRect.MakeRectXY(skia.Rect(start, y - 0.026, end, y + 0.026), 0.026, 0.026)
            canvas.drawRRect(bar, paint.fill(mix(darker(accent, 0.5), BLACK, 0.5), 0.5))
        canvas.restore()


def _enter(canvas: Any, card: tuple[float, float, float, float, float]) -> None:
    canvas.translate(*card[:2])
    canvas.rotate(card[4])


def _card(card: tuple[float, float, float, float, float]) -> Any:
    half, high = card[2:4]
    return skia.RRect.MakeRectXY(skia.Rect(-half, -high, half, high), 0.11, 0.11)


def _placed(card: tuple[float, float, float, float, float]) -> Any:
    path = skia.Path()
    path.addRRect(_card(card))
    path.transform(skia.Matrix().setRotate(card[4]).postTranslate(*card[:2]))
    return path


def _cast(canvas: Any, card: Any, strength: float) -> None:
    """Two shadows: a wide one, and a close one where the card nearly touches what is behind it."""
    for down, blur, share in ((0.10, 0.085, 0.6), (0.025, 0.02, 0.5)):
        canvas.save()
        canvas.translate(0.4 * down, down)
        canvas.drawRRect(card, paint.fill(BLACK, strength * share, blur=blur))
        canvas.restore()


def _edge(canvas: Any, card: Any, strength: float) -> None:
    """The thickness of a card, bright above and to the left."""
    stops = ((0, WHITE, strength), (0.4, WHITE, 0.35 * strength), (0.7, WHITE, 0.05), (1, WHITE, 0.4 * strength))
    box = card.getBounds()
    corners = (box.left(), box.top()), (box.right(), box.bottom())
    canvas.drawRRect(card, paint.ramp(*corners, *stops, **paint.lined(0.014)))


def _badge(canvas: Any, accent: Colour, place: tuple[float, float, float], glyph: Glyph) -> None:
    """A round button in the brand's colour with a sign in white, or dark on a light colour."""
    x, y, radius = place
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius, radius)
    canvas.drawCircle(0.04, 0.12, 0.98, paint.fill(BLACK, 0.25, blur=0.12))
    lit, dark = mix(accent, WHITE, 0.36), darker(accent, 0.20)
    canvas.drawCircle(0, 0, 1, paint.ramp((-0.6, -0.8), (0.6, 0.8), (0, lit, 1), (0.5, accent, 1), (1, dark, 1)))
    canvas.drawCircle(0, 0, 0.96, paint.ramp((-0.6, -0.8), (0.6, 0.8), (0, WHITE, 0.7), (0.5, WHITE, 0.05),
                                             (1, WHITE, 0.25), **paint.lined(0.05)))  # fmt: skip
    canvas.scale(0.56, 0.56)
    sign = WHITE if float(accent @ np.array([0.2126, 0.7152, 0.0722])) < 0.66 else darker(accent, 0.66)
    canvas.save()
    canvas.translate(0.03, 0.07)
    glyph(canvas, darker(accent, 0.5), accent)
    canvas.restore()
    glyph(canvas, sign, accent)
    canvas.restore()
