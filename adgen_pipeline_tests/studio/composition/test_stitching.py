"""What is copied and what is drawn, by the numbers of frames."""

from typing import Any

import pytest

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.studio.composition.stitching import Run, gops_from, runs
from adgen_pipeline.studio.composition.timeline import timeline
from adgen_pipeline.studio.gops import Gop

FPS = 10
CLIP = [Gop(first, (first + 2, first + 4, first + 5)) for first in range(0, 20, 5)]
"""Two seconds, a GOP of five pictures each half second, that may be cut off after two and after four."""


def cut(*scenes: tuple[float, float, Any], words: tuple[tuple[float, float], ...] = (), clip: Any = CLIP) -> list[Run]:
    """The runs of an ad of such clips: scenes as (start, end, transition), words as (start, end)."""
    listed = [{"video_url": "x", "start_time": s, "end_time": e, "transition": t} for s, e, t in scenes]
    plan = timeline(ComposeRequest.model_validate({"scenes": listed}), FPS)
    return runs(plan, words, [clip] * len(scenes))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), [Run(0, 20, 0)]),
        (((0.5, 1.0),), [Run(0, 5, 0), Run(5, 10), Run(10, 20, 0)]),
        (((0.7, 0.91),), [Run(0, 7, 0), Run(7, 10), Run(10, 20, 0)]),
        (((0.6, 1.2),), [Run(0, 5, 0), Run(5, 15), Run(15, 20, 0)]),
        (((0.4, 0.5),), [Run(0, 4, 0), Run(4, 10), Run(10, 20, 0)]),
        (((0, 2.0),), [Run(0, 10), Run(10, 20)]),
    ],
)
def test_a_gop_is_copied_until_words_come(words: Any, expected: list[Run]) -> None:
    """From its beginning to the last picture before words that nothing later is needed for; after words, from the next
    GOP on. A frame belongs to words that begin with it and not to those that end with it."""
    assert cut((0, 2, "cut"), words=words) == expected


def test_a_single_frame_is_not_drawn_alone() -> None:
    """Words in one frame at the end of a GOP take the next GOP with them, and in the ad's last frame the one before."""
    clip = [Gop(first, (first + 2, first + 4, first + 5)) for first in (0, 5, 10)]
    assert cut((0, 1.5, "cut"), words=((0.4, 0.5),), clip=clip) == [Run(0, 4, 0), Run(4, 10), Run(10, 15, 0)]
    assert cut((0, 1.5, "cut"), words=((1.4, 1.5),), clip=clip) == [Run(0, 10, 0), Run(10, 15)]


def test_what_two_scenes_share_is_drawn() -> None:
    """A fade: its frames, those of its GOP in the next scene, and nothing else, are drawn."""
    fade = {"type": "fade", "duration": 0.4}
    assert cut((0, 2, fade), (1.6, 3.6, "cut")) == [Run(0, 15, 0), Run(15, 21), Run(21, 36, 1)]
    assert cut((0, 2, "cut"), (2, 4, "cut")) == [Run(0, 20, 0), Run(20, 40, 1)]
    assert cut((0, 1.7, "cut"), (1.7, 3.7, "cut")) == [Run(0, 17, 0), Run(17, 37, 1)]


def test_held_pictures_are_drawn() -> None:
    """Where scenes do not overlap, the first one's last picture is held under the change; where a clip ends early,
    its last picture stands in the frames left."""
    fade = {"type": "fade", "duration": 0.5}
    assert cut((0, 2, fade), (2, 4, "cut")) == [Run(0, 20, 0), Run(20, 25), Run(25, 40, 1)]
    assert cut((0, 2.2, "cut")) == [Run(0, 20, 0), Run(20, 22)]


def test_what_cannot_be_copied_is_drawn_in_parts() -> None:
    """A clip without GOPs that fit: parts of one to two seconds, each from where a GOP of the clip would begin."""
    assert cut((0, 1.9, "cut"), clip=[]) == [Run(0, 19)]
    assert cut((0, 6.1, "cut"), clip=[]) == [
        Run(0, 10),
        Run(10, 20),
        Run(20, 30),
        Run(30, 40),
        Run(40, 50),
        Run(50, 61),
    ]


def test_what_is_drawn_begins_its_gops_where_the_clips_do() -> None:
    """In the second scene, too, whose clip begins in the midst of a GOP of the first one's; the last frame begins none,
    since the one after it does."""
    listed = [{"video_url": "x", "start_time": s, "end_time": e, "transition": "cut"} for s, e in ((0, 1.3), (1.3, 3))]
    plan = timeline(ComposeRequest.model_validate({"scenes": listed}), FPS)
    assert gops_from(plan, 2, 24) == [2, 5, 10, 13, 18]
    assert gops_from(plan, 4, 25) == [4, 10, 13, 18, 23]
