"""From the parser's answer and the brief's own scenes to the plan of one ad. Pure: data in, data out."""

import re
from collections.abc import Sequence
from typing import TypeVar, cast, get_args

from adgen_pipeline.contracts.brief import LENGTH_TOLERANCE, Brief, SceneBrief
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.rewording import reword
from adgen_pipeline.contracts.storyboard import (
    ParseRequest,
    ParseResult,
    PlannedScene,
    Position,
    Scene,
    Storyboard,
    TextOverlay,
    Transition,
    Voiceover,
    VoiceSegment,
)
from adgen_pipeline.contracts.timeline import length_of, on_timeline
from adgen_pipeline.errors import InvalidBrief

_SPEECH_LEAD = 0.4
_WORDS_LEAD, _WORDS_TAIL = 0.4, 0.3
_PARTS = ("prompt", "role", "camera_movement", "shot_type", "narration", "negative_prompt")


def parse_request(brief: Brief) -> ParseRequest:
    """What the parser is asked for `brief`."""
    return ParseRequest(
        prompt=brief.prompt,
        duration=brief.duration,
        aspect_ratio=brief.aspect_ratio,
        brand_guidelines=brief.brand_guidelines,
        seed=brief.seed,
    )


def storyboard_for(job_id: str, brief: Brief, parsed: ParseResult, receipt: Receipt) -> Storyboard:
    """The plan: the parser's, with the brief's own scenes in place.

    A whole hand-written storyboard replaces scenes, words and narration and keeps the parser's look and music; an
    override replaces the named parts of one scene and leaves the others as they were. The brief's `words` come last.
    Raises InvalidBrief when the brief's scenes do not fit.
    """
    if brief.is_hand_written:
        scenes, words, segments = _hand_written(brief, parsed)
    else:
        scenes, words, segments = _overridden(brief, parsed)
    scenes, words, segments = reword(brief.words, scenes, words, segments)
    spoken = (parsed.audio.voiceover or Voiceover()).model_copy(update={"segments": segments})
    return Storyboard(
        job_id=job_id,
        brief=brief,
        receipt=receipt,
        scenes=scenes,
        visual_direction=parsed.visual_direction,
        audio=parsed.audio.model_copy(update={"voiceover": spoken if segments else None}),
        text_overlays=words,
        notes=parsed.notes,
    )


def missing_scenes(storyboard: Storyboard, present: Sequence[str]) -> list[str]:
    """The keys of the storyboard's scenes that are not in `present`."""
    return [scene.key for scene in storyboard.scenes if scene.key not in set(present)]


_Plan = tuple[list[PlannedScene], list[TextOverlay], list[VoiceSegment]]


def _hand_written(brief: Brief, parsed: ParseResult) -> _Plan:
    given = brief.scenes or []
    scenes = on_timeline([_scene_from(scene) for scene in given])
    words = [w for scene, own in zip(scenes, given, strict=True) for w in _own_words(scene, own, brief)]
    segments = [_spoken(scene) for scene in scenes if scene.narration]
    return scenes, words, [segment for segment in segments if segment]


def _overridden(brief: Brief, parsed: ParseResult) -> _Plan:
    overrides = {scene.index: scene for scene in brief.scenes or [] if scene.index}
    for index in overrides:
        if index > len(parsed.scenes):
            raise InvalidBrief(
                [("scenes", index, f"is no scene of this ad: the storyboard has {len(parsed.scenes)}; use 1 to that")]
            )
    planned = on_timeline(parsed.scenes)
    changed = [_merged(scene, overrides[i]) if i in overrides else scene for i, scene in enumerate(parsed.scenes, 1)]
    scenes = on_timeline(changed)
    if overrides:
        _check_length(scenes, brief)
    words, segments = _moved(parsed, planned, scenes, overrides, brief)
    return scenes, words, segments


def _merged(scene: Scene, override: SceneBrief) -> Scene:
    parts = {name: value for name in _PARTS if (value := getattr(override, name)) is not None}
    if override.duration is not None:
        parts["duration"] = override.duration
    merged = scene.model_copy(update=parts)
    if override.transition is None:
        return merged
    # The next scene keeps its start: what the overlap gains or loses, this scene's own time does.
    transition = _transition(override.transition, scene.transition.duration)
    gained = transition.overlap - scene.transition.overlap if override.duration is None else 0.0
    return merged.model_copy(update={"transition": transition, "duration": round(merged.duration + gained, 3)})


def _moved(
    parsed: ParseResult,
    before: list[PlannedScene],
    after: list[PlannedScene],
    overrides: dict[int, SceneBrief],
    brief: Brief,
) -> tuple[list[TextOverlay], list[VoiceSegment]]:
    """Words and narration in their scenes' new places; those of an overridden scene as the override says."""
    words: list[TextOverlay] = []
    segments: list[VoiceSegment] = []
    for old, new in zip(before, after, strict=True):
        own = overrides.get(new.index, SceneBrief())
        shift = new.start_time - old.start_time
        planned = [w for w in parsed.text_overlays if _within(w.start_time, old, before)]
        if own.headline is not None:
            words += [*_own_words(new, own, brief), *(_later(w, shift) for w in planned if w.role != "headline")]
        else:
            words += [_later(w, shift) for w in planned]
        said = parsed.audio.voiceover.segments if parsed.audio.voiceover else []
        spoken = _spoken(new) if own.narration is not None else None
        segments += [spoken] if spoken else [_later(s, shift) for s in said if _within(s.start_time, old, before)]
    return words, segments


def _within(moment: float, scene: PlannedScene, scenes: list[PlannedScene]) -> bool:
    """True if `moment` belongs to `scene`: where two overlap, to the later one."""
    following = scenes[scene.index] if scene.index < len(scenes) else None
    return scene.start_time <= moment < (following.start_time if following else float("inf"))


_Timed = TypeVar("_Timed", TextOverlay, VoiceSegment)


def _later(item: _Timed, shift: float) -> _Timed:
    return item if not shift else item.model_copy(update={"start_time": round(max(0.0, item.start_time + shift), 3)})


def _scene_from(own: SceneBrief) -> Scene:
    parts = {name: getattr(own, name) for name in _PARTS}
    return Scene(**parts, duration=own.duration, transition=Transition(type=own.transition or "cut"))


def _transition(name: str, planned: float | None) -> Transition:
    return Transition(type=name) if name == "cut" else Transition(type=name, duration=planned)


def _own_words(scene: PlannedScene, own: SceneBrief, brief: Brief) -> list[TextOverlay]:
    """The headline of a hand-written scene; on the closing scene also the brand's name, tagline and button."""
    start = round(scene.start_time + _WORDS_LEAD, 3)
    lasts = round(max(0.5, scene.duration - scene.transition.overlap - _WORDS_LEAD - _WORDS_TAIL), 3)
    place = _place_for_words(scene.prompt) or ("left" if brief.aspect_ratio == "16:9" else "bottom")
    lines: list[tuple[str | None, str, str | None]] = [(own.headline, "headline", None)]
    if scene.role == "call_to_action":
        brand = brief.brand_guidelines
        place = _place_for_words(scene.prompt) or ("right" if brief.aspect_ratio == "16:9" else "bottom")
        lines = [(brand.name, "headline", "brand"), (own.headline, "caption", None)]
        lines += [(brand.tagline, "caption", None), (brand.call_to_action, "call_to_action", None)]
    return [
        TextOverlay(text=text, role=role, start_time=start, duration=lasts, position=place, style=style)
        for text, role, style in lines
        if text
    ]


def _place_for_words(prompt: str) -> Position | None:
    """The position that the picture is asked to keep clear: the words belong there."""
    asked = re.search(r"clear space at the (\w+)", prompt)
    return cast("Position", asked[1]) if asked and asked[1] in get_args(Position) else None


def _spoken(scene: PlannedScene) -> VoiceSegment | None:
    if not scene.narration:
        return None
    return VoiceSegment(text=scene.narration, start_time=round(scene.start_time + _SPEECH_LEAD, 3))


def _check_length(scenes: list[PlannedScene], brief: Brief) -> None:
    length = length_of(scenes)
    if abs(length - brief.duration) > LENGTH_TOLERANCE:
        each = " + ".join(f"{scene.duration:g}" for scene in scenes)
        way_out = (
            f"does not fit: the scenes last {each} s, with the transitions' overlap {length:g} s in all; "
            f"make them add up to the brief's duration of {brief.duration} s, or change duration"
        )
        raise InvalidBrief([("scenes[].duration", f"{length:g} s", way_out)])
