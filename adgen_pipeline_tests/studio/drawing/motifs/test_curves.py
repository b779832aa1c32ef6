"""Curves: what silhouettes and the lines beside them rely on."""

import numpy as np

from adgen_pipeline.studio.drawing.motifs.curves import beside, line, moved, shape, smooth


def test_a_smooth_curve_passes_through_its_knots() -> None:
    """What a drawing names is where its outline goes."""
    knots = [(0.0, 0.0), (0.4, 0.3), (1.0, 0.1), (1.2, -0.5)]
    curve = smooth(*knots)
    assert all(np.hypot(*(curve - knot).T).min() < 1e-9 for knot in knots)
    assert np.hypot(*np.diff(curve, axis=0).T).max() < 0.1


def test_beside_keeps_its_distance() -> None:
    """A seam beside a circle is a circle: with y growing down, clockwise on screen turns inward."""
    turn = np.linspace(0, np.pi, 200)
    circle = np.column_stack((np.cos(turn), np.sin(turn)))
    assert np.allclose(np.hypot(*beside(circle, 0.1).T)[5:-5], 0.9, atol=1e-3)
    assert np.allclose(np.hypot(*beside(circle, -0.1).T)[5:-5], 1.1, atol=1e-3)


def test_moved_shifts_every_point() -> None:
    """Right and down, by what was asked."""
    curve = smooth((0, 0), (1, 0))
    assert np.allclose(moved(curve, 0.2, 0.3) - curve, (0.2, 0.3))


def test_shapes_close_and_lines_do_not() -> None:
    """A shape has an inside; the same run as a line has two ends."""
    corners = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])
    assert shape(corners).isLastContourClosed()
    assert not line(corners).isLastContourClosed()
