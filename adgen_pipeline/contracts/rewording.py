"""The brief's own words in place of the planned ones, after the storyboard is planned. Pure: data in, data out."""

import re
from collections.abc import Sequence

from adgen_pipeline.contracts.brief import Words
from adgen_pipeline.contracts.storyboard import PlannedScene, TextOverlay, VoiceSegment

_LEAD, _TAIL = 0.4, 0.3
"""Seconds between a scene's ends and words that no plan gives a place."""


def reword(
    words: Words, scenes: Sequence[PlannedScene], shown: Sequence[TextOverlay], spoken: Sequence[VoiceSegment]
) -> tuple[list[PlannedScene], list[TextOverlay], list[VoiceSegment]]:
    """The plan with the brief's `words`: on screen, and where a spoken sentence said just what they replace.

    Neither a picture nor a clip depends on what is changed here.
    """
    new: dict[str, str] = {}
    if words.headline:
        first = [w for w in shown if w.role == "headline" and w.start_time < scenes[0].end_time and _is_hook(w, scenes)]
        shown = _replaced(shown, first, _titled(words.headline, "headline", scenes[0]))
        new |= {_bare(old.text): words.headline for old in first}
    if words.call_to_action:
        buttons = [w for w in shown if w.role == "call_to_action"]
        shown = _replaced(shown, buttons, _titled(words.call_to_action, "call_to_action", scenes[-1]))
        new |= {_bare(old.text): words.call_to_action for old in buttons}
    told = [s.model_copy(update={"narration": _say(s.narration, new)}) if s.narration else s for s in scenes]
    return told, list(shown), [s.model_copy(update={"text": _say(s.text, new)}) for s in spoken]


def _is_hook(words: TextOverlay, scenes: Sequence[PlannedScene]) -> bool:
    """Whether they belong to the first scene: where two overlap, words belong to the later one."""
    return len(scenes) == 1 or words.start_time < scenes[1].start_time


def _titled(text: str, role: str, scene: PlannedScene) -> TextOverlay:
    """The words in their scene, where the plan has none of their role."""
    lasts = max(0.5, scene.duration - scene.transition.overlap - _LEAD - _TAIL)
    start = round(scene.start_time + _LEAD, 3)
    return TextOverlay.model_validate({"text": text, "role": role, "start_time": start, "duration": round(lasts, 3)})


def _replaced(shown: Sequence[TextOverlay], old: Sequence[TextOverlay], new: TextOverlay) -> list[TextOverlay]:
    """`shown` with the text of `new` in the place of the first of `old`, or with `new` where there is none."""
    if not old:
        return sorted([*shown, new], key=lambda words: words.start_time)
    place, *others = old
    return [w.model_copy(update={"text": new.text}) if w is place else w for w in shown if w not in others]


def _say(text: str, new: dict[str, str]) -> str:
    """`text` with each of its sentences that is a key of `new` in the new words."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(_sentence(new[_bare(each)]) if _bare(each) in new else each for each in sentences)


def _bare(text: str) -> str:
    return text.strip().rstrip(".!?").casefold()


def _sentence(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."
