"""The storyboard of a brief: read it, write the words, time the scenes, and say what is seen and heard."""

from hashlib import sha256
from random import Random

from adgen_pipeline.contracts.storyboard import (
    Audio,
    ParseRequest,
    ParseResult,
    Scene,
    TextOverlay,
    Voiceover,
    VoiceSegment,
)
from adgen_pipeline.studio.prompt_parser.copywriting import Copy, narration, write_copy
from adgen_pipeline.studio.prompt_parser.direction import music, visual_direction
from adgen_pipeline.studio.prompt_parser.picture import Shot, negative_prompt, plan_shots, scene_prompt
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.speech import LEAD_SECONDS
from adgen_pipeline.studio.prompt_parser.timing import (
    Span,
    choose_transitions,
    plan_roles,
    plan_spans,
    reading_seconds,
)

MODEL = "adgen-studio-parser/1"

_ENTER = 0.4
_STAGGER = 0.4


def plan_ad(request: ParseRequest) -> ParseResult:
    """The storyboard of `request`. The same request gives the same answer; another seed, a variation of it."""
    seed = request.seed if request.seed is not None else _seed_of(request)
    reading = read(request.prompt, request.brand_guidelines)
    roles = plan_roles(request.duration, bool(reading.proofs))
    direction = visual_direction(reading, request.brand_guidelines, _dice(seed, "light"))
    copies = write_copy(reading, roles, _dice(seed, "copy"))
    transitions = choose_transitions(reading.tone.transitions, len(roles), _dice(seed, "transitions"))
    shots = plan_shots(roles, request.aspect_ratio, _dice(seed, "camera"))
    spans = plan_spans(request.duration, roles, copies, transitions)
    spoken = [narration(copy, span.alone) for copy, span in zip(copies, spans, strict=True)]
    scenes = [
        Scene(
            prompt=scene_prompt(reading, direction, shots[i], i, copies[i].about),
            duration=spans[i].duration,
            transition=transitions[i],
            role=role,
            camera_movement=shots[i].camera,
            shot_type=shots[i].shot_type,
            narration=spoken[i] or None,
            negative_prompt=negative_prompt(reading),
        )
        for i, role in enumerate(roles)
    ]
    overlays = [_overlays(*scene) for scene in zip(copies, spans, shots, strict=True)]
    return ParseResult(
        scenes=scenes,
        visual_direction=direction,
        audio=Audio(music=music(reading), voiceover=Voiceover(segments=_segments(spoken, spans))),
        text_overlays=[overlay for scene in overlays for overlay in scene],
    )


def _seed_of(request: ParseRequest) -> int:
    """A seed of the words alone: the same brief in another length or shape keeps its voice."""
    words = request.prompt + request.brand_guidelines.model_dump_json()
    return int.from_bytes(sha256(words.encode()).digest()[:4])


def _dice(seed: int, what: str) -> Random:
    """Chance for one matter only, so that a change in one leaves the others as they were."""
    return Random(f"{seed}/{what}")


def _segments(spoken: list[str], spans: list[Span]) -> list[VoiceSegment]:
    return [
        VoiceSegment(text=text, start_time=round(span.start_time + LEAD_SECONDS, 3))
        for text, span in zip(spoken, spans, strict=True)
        if text
    ]


def _overlays(copy: Copy, span: Span, shot: Shot) -> list[TextOverlay]:
    """The words of one scene, one after the other on the same spot, each long enough to be read."""
    overlays = []
    for i, shown in enumerate(copy.shown):
        latest = span.alone - reading_seconds(shown.text)
        enter = round(max(0.0, min(_ENTER + i * _STAGGER, latest)), 3)
        overlays.append(
            TextOverlay(
                text=shown.text,
                role=shown.role,
                start_time=round(span.start_time + enter, 3),
                duration=round(span.alone - enter, 3),
                position=shot.position,
                style=shown.style,
            )
        )
    return overlays
