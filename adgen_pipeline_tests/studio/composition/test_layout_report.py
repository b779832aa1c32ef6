"""A sample of the layout report: what it measures is right, and nothing in it is wrong."""

from typing import get_args

import numpy as np

from adgen_pipeline.contracts.brief import SIZES
from adgen_pipeline.studio.drawing.motifs import MOTIFS
from adgen_pipeline.studio.drawing.recipe import Shot
from adgen_pipeline.studio.families import FAMILIES
from adgen_pipeline_tests.layout_report import Case, Drawn, measure, summary

_MOTIFS, _RATIOS, _SHOTS = list(MOTIFS), list(SIZES), get_args(Shot)


def sample() -> list[Case]:
    """Every family with short and with long words, on light and on dark; motifs, ratios and shots in turn."""
    return [
        Case(_MOTIFS[n % len(_MOTIFS)], family, _RATIOS[n % 3], _SHOTS[n % 5], light=n >= 6, words=words)
        for n, (family, words) in enumerate(zip(FAMILIES * 2, ("short", "long", "usual") * 4, strict=True))
    ]


def test_a_sample_has_no_faults() -> None:
    """No overlap, no cut-off, no words over a product's face, and 4.5:1 at every pixel of every letter."""
    figures = summary([measure(case) for case in sample()])
    assert figures["overlaps"] == figures["cut_offs"] == figures["over_faces"] == []
    assert figures["contrast_minimum"] >= 4.5, figures["worst"]


def test_faults_are_found() -> None:
    """Words moved onto each other, out of the safe area and over the product, and drawn in no ink, are told."""
    drawn = Drawn(Case("watch", "sport", "9:16", "hero", light=False, words="short"), (270, 480))
    shifted = Drawn(drawn.case, (270, 480))
    shifted.move_words(to=(2.0, 120.0))
    shifted.with_letters = np.ascontiguousarray(shifted.without)
    good, bad = drawn.measured(), shifted.measured()
    assert (good.overlaps, good.cut_offs, good.over_faces) == ((), (), ())
    assert len(bad.overlaps) == 3 and len(bad.cut_offs) == 3 and len(bad.over_faces) == 3
    assert {least for _, least, _ in bad.contrasts} == {1.0} and min(least for _, least, _ in good.contrasts) >= 4.5
