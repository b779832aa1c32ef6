"""Roles, transitions and spans."""

from random import Random

import pytest

from adgen_pipeline.contracts.storyboard import Transition
from adgen_pipeline.studio.prompt_parser.copywriting import Copy, Shown, Spoken
from adgen_pipeline.studio.prompt_parser.timing import choose_transitions, plan_roles, plan_spans, reading_seconds


def words(count: int) -> Copy:
    text = " ".join(["word"] * count)
    return Copy((Shown(text, "headline", "sans"),), (Spoken(text, 0),))


@pytest.mark.parametrize(("duration", "scenes"), [(15, 3), (21, 3), (22, 5), (45, 5), (60, 6)])
def test_proof_takes_a_place_in_the_story(duration: int, scenes: int) -> None:
    """Beside a single benefit, else for the last of them; a short ad has room for neither."""
    roles = plan_roles(duration, has_proof=True)
    assert len(roles) == scenes and ("proof" in roles) == (duration >= 22)


def test_transitions_vary() -> None:
    """Never the same kind three times running, never two cuts together, and a cut at the end."""
    for seed in range(40):
        kinds = [transition.type for transition in choose_transitions(("fade", "fade", "cut"), 6, Random(seed))]
        runs = "".join(kind[0] for kind in kinds[:-1])
        assert "fff" not in runs and "cc" not in runs and kinds[-1] == "cut"


def test_a_wordy_scene_gets_more_time() -> None:
    """Time follows what is to be read, and the sum stays exact."""
    roles = plan_roles(15, has_proof=False)
    changes = [Transition(type="fade", duration=0.4), Transition(type="wipe", duration=0.6), Transition(type="cut")]
    spans = plan_spans(15, roles, [words(2), words(2), words(15)], changes)
    assert spans[2].length > spans[1].length and spans[2].alone >= reading_seconds(" ".join(["w"] * 15)) + 0.4
    assert spans[-1].start + spans[-1].length == 75
    assert [span.start for span in spans[1:]] == [s.start + s.length - s.overlap for s in spans[:-1]]
