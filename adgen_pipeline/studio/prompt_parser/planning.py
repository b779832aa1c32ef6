"""The storyboard of a brief: read it, choose its story, write the words, time the scenes, and say what is seen."""

from hashlib import sha256
from random import Random

from adgen_pipeline.contracts.storyboard import (
    Audio,
    ParseRequest,
    ParseResult,
    Scene,
    Transition,
    Voiceover,
    VoiceSegment,
)
from adgen_pipeline.studio.prompt_parser.copywriting import write_copy
from adgen_pipeline.studio.prompt_parser.direction import music, visual_direction
from adgen_pipeline.studio.prompt_parser.foreign import foreign_copy, read_foreign
from adgen_pipeline.studio.prompt_parser.language import ENGLISH, language_of
from adgen_pipeline.studio.prompt_parser.notes import notes_on
from adgen_pipeline.studio.prompt_parser.overlays import overlays, words_leave
from adgen_pipeline.studio.prompt_parser.picture import Shot, negative_prompt, plan_shots, scene_prompt, then_alone
from adgen_pipeline.studio.prompt_parser.reading import Reading, read
from adgen_pipeline.studio.prompt_parser.script import Copy, narration
from adgen_pipeline.studio.prompt_parser.speech import LEAD_SECONDS
from adgen_pipeline.studio.prompt_parser.stories import Part, framework_of, plan_story
from adgen_pipeline.studio.prompt_parser.timing import Span, plan_spans, words_that_fit
from adgen_pipeline.studio.prompt_parser.transitions import choose_transitions

MODEL = "adgen-studio-parser/2"


def plan_ad(request: ParseRequest) -> ParseResult:
    """The storyboard of `request`. The same request gives the same answer; another seed, a variation of it."""
    seed = request.seed if request.seed is not None else _seed_of(request)
    reading = _read(request)
    parts = plan_story(framework_of(reading), reading, request.duration)
    direction = visual_direction(reading, request.brand_guidelines, _dice(seed, "light"))
    shots = plan_shots(parts, request.aspect_ratio, _dice(seed, f"camera/{reading.category.name}/{reading.tone.name}"))
    beat = reading.tone.beat
    changes = choose_transitions(reading.tone.transitions, beat, shots, _dice(seed, "transitions"))
    copies = words_that_fit(request.duration, beat, _write(reading, parts, _dice(seed, "copy")), changes)
    spans = plan_spans(request.duration, beat, parts, copies, changes)
    spoken = [narration(copy, span.alone) for copy, span in zip(copies, spans, strict=True)]
    leaves = [words_leave(copy, span, beat) for copy, span in zip(copies, spans, strict=True)]
    leaves[-1] = spans[-1].alone  # what closes the ad stays
    scenes = [
        Scene(
            prompt=scene_prompt(reading, direction, shots[i], i, copies[i]),
            duration=spans[i].duration,
            transition=_timed(changes[i], spans[i]),
            role=part.role,
            camera_movement=_camera(shots[i], spans[i], leaves[i]),
            shot_type=shots[i].shot_type,
            narration=spoken[i] or None,
            negative_prompt=negative_prompt(reading),
        )
        for i, part in enumerate(parts)
    ]
    words = [overlays(copies[i], spans[i], shots[i], reading.tone.family, leaves[i]) for i in range(len(parts))]
    return ParseResult(
        scenes=scenes,
        visual_direction=direction,
        audio=Audio(music=music(reading), voiceover=Voiceover(segments=_segments(spoken, spans))),
        text_overlays=[overlay for scene in words for overlay in scene],
        notes=notes_on(request.prompt, reading, copies),
    )


def _read(request: ParseRequest) -> Reading:
    language = language_of(request.prompt)
    if language == ENGLISH:
        return read(request.prompt, request.brand_guidelines)
    return read_foreign(request.prompt, request.brand_guidelines, language)


def _write(reading: Reading, parts: list[Part], rng: Random) -> list[Copy]:
    return write_copy(reading, parts, rng) if reading.language == ENGLISH else foreign_copy(reading, parts)


def _seed_of(request: ParseRequest) -> int:
    """A seed of the words alone: the same brief in another length or shape keeps its voice."""
    words = request.prompt + request.brand_guidelines.model_dump_json()
    return int.from_bytes(sha256(words.encode()).digest()[:4])


def _dice(seed: int, what: str) -> Random:
    """Chance for one matter only, so that a change in one leaves the others as they were."""
    return Random(f"{seed}/{what}")


def _camera(shot: Shot, span: Span, leave: float) -> str:
    """The shot's move, and what comes of it where the words leave before the scene does."""
    return shot.camera if leave >= span.alone else then_alone(shot, leave)


def _timed(change: Transition, span: Span) -> Transition:
    """`change` with exactly the seconds that its scene shares with the next."""
    return change if change.type == "cut" else change.model_copy(update={"duration": span.overlap})


def _segments(spoken: list[str], spans: list[Span]) -> list[VoiceSegment]:
    return [
        VoiceSegment(text=text, start_time=round(span.start_time + LEAD_SECONDS, 3))
        for text, span in zip(spoken, spans, strict=True)
        if text
    ]
