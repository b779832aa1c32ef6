"""Planes in space: what drawings of solid things rely on."""

import numpy as np

from adgen_pipeline.studio.drawing.motifs.space import Pose


def test_a_plane_and_a_point_agree() -> None:
    """What is drawn at (u, v) of a plane comes to lie where that point of space is seen."""
    pose = Pose(at=(0.1, -0.2, 0.3), yaw=25, pitch=12, roll=4)
    plane = pose.plane((0.2, 0.1, -0.4), (0, 0, 1), (0, 1, 0))
    at = plane.mapXY(0.3, -0.5)
    assert np.allclose((at.x(), at.y()), pose.seen((0.2, -0.4, -0.1)), atol=1e-5)


def test_untouched_planes_stay_where_they_are() -> None:
    """A thing that faces the eye is drawn in the motif's own units."""
    assert np.allclose(Pose().seen((0.4, -0.7, 0.0)), (0.4, -0.7))


def test_turns_show_the_sides_they_name() -> None:
    """A positive yaw brings the left side forward, a positive pitch the upper one."""
    assert Pose(yaw=30).seen((-1, 0, -0.5))[0] < Pose(yaw=30).seen((-1, 0, 0))[0]
    assert Pose(pitch=30).seen((0, -1, -0.5))[1] < Pose(pitch=30).seen((0, -1, 0))[1]


def test_near_things_are_larger() -> None:
    """Lines that run away from the eye converge."""
    near, far = (Pose().seen((1, 0, z))[0] for z in (0.5, -0.5))
    assert near > 1 > far
