"""What each scene shows: shot, camera, place of the words, and the prompt for an image or video model."""

from dataclasses import dataclass
from random import Random

from adgen_pipeline.contracts.brief import AspectRatio, SceneRole
from adgen_pipeline.contracts.storyboard import Position, VisualDirection
from adgen_pipeline.studio.prompt_parser.direction import colour_names
from adgen_pipeline.studio.prompt_parser.grammar import in_words, sentence_case
from adgen_pipeline.studio.prompt_parser.reading import Reading
from adgen_pipeline.studio.prompt_parser.script import Copy
from adgen_pipeline.studio.prompt_parser.stories import Part

_SHOT_WORDS = {
    "close_up": "Macro close-up",
    "hero": "Hero shot",
    "detail": "Detail shot",
    "wide": "Wide shot",
    "end_card": "End card",
}
_CAMERAS = {
    "close_up": ("push_in", "pan_left", "pan_right", "tilt_up"),
    "hero": ("orbit", "push_in", "reveal", "rise"),
    "detail": ("pan_right", "tilt_down", "pan_left", "drift", "focus"),
    "wide": ("pull_out", "orbit", "rise", "drift", "push_in"),
    "end_card": ("static", "push_in", "pull_out"),
}
_PLACES = {
    "top": "in the lower part of the frame",
    "bottom": "in the upper part of the frame",
    "left": "on the right side of the frame",
    "right": "on the left side of the frame",
}
_NEAR = ("close_up", "detail")
_SIDES: dict[AspectRatio, tuple[Position, Position]] = {
    "9:16": ("top", "bottom"), "16:9": ("left", "right"), "1:1": ("top", "bottom"),
}  # fmt: skip
_ONCE = ("reveal", "focus")
"""Moves that would be a mannerism if they came again."""

_NEVER = ("text", "letters", "watermark", "extra products", "distortion", "blur")


@dataclass(frozen=True)
class Shot:
    """How one scene is filmed, and where its words stand."""

    shot_type: str
    camera: str
    position: Position


def plan_shots(parts: list[Part], ratio: AspectRatio, rng: Random) -> list[Shot]:
    """A shot a scene: the kind of shot is never the same twice running, and a camera's move comes again only when
    there is no other."""
    shots: list[Shot] = []
    for i, part in enumerate(parts):
        kind = _kind_of(part, parts[:i], [shot.shot_type for shot in shots])
        before = [shot.camera for shot in shots]
        fresh = [move for move in _CAMERAS[kind] if move not in before]
        moves = fresh or [move for move in _CAMERAS[kind] if move not in (*before[-1:], *_ONCE)]
        shots.append(Shot(kind, rng.choice(moves), words_position(part.role, kind, shots, ratio)))
    return shots


def then_alone(shot: Shot, seconds: float) -> str:
    """The camera's words where the scene's leave after `seconds`: the picture takes their place."""
    return (
        f"{shot.camera}, then {'travel over' if shot.shot_type in _NEAR else 'centre'} the product from {seconds:g} s"
    )


def _kind_of(part: Part, earlier: list[Part], before: list[str]) -> str:
    """The next of the part's shots in turn that is not the shot just seen."""
    told = sum(other.tells == part.tells for other in earlier)
    turned = [part.shots[(told + i) % len(part.shots)] for i in range(len(part.shots))]
    return next((kind for kind in turned if kind not in before[-1:]), turned[0])


def words_position(role: SceneRole, kind: str, before: list[Shot], ratio: AspectRatio) -> Position:
    """Where a scene's words stand: over or under the product in tall frames, beside it in wide ones; on the other side
    than in the last scene that was filmed from as near."""
    first, second = _SIDES[ratio]
    if role == "hook" or not before:
        return first
    alike = [shot.position for shot in before if (shot.shot_type in _NEAR) == (kind in _NEAR)]
    if kind in ("hero", "end_card") or not alike:
        return second
    return second if alike[-1] == first else first


def scene_prompt(reading: Reading, direction: VisualDirection, shot: Shot, index: int, copy: Copy) -> str:
    """What is seen in one scene, for an image or video model; no words are to be painted into it.

    Room is asked for where `copy` has words to show.
    """
    category = reading.category
    subject = reading.product.one if reading.product else "one sculptural form"
    detail = category.details[index % len(category.details)]
    setting = category.settings[_place(reading) % len(category.settings)]
    focus = {"close_up": f", {detail}", "detail": f", {detail}"}.get(shot.shot_type, "")
    told = [f"{_SHOT_WORDS[shot.shot_type]} of {subject}{focus}, {setting}"]
    told += [f"the idea of the scene: {copy.about}"] if copy.about else []
    told += [reading.scenery[index % len(reading.scenery)]] if reading.scenery and shot.shot_type != "end_card" else []
    told += [f"{direction.lighting}, {direction.mood} mood", f"palette of {in_words(colour_names(direction.palette))}"]
    told += [f"style: {direction.style}"]
    room = f"product {_PLACES[shot.position]}, clear space at the {shot.position} for words"
    told += [room if copy.shown else "the product fills the frame"]
    return " ".join(sentence_case(sentence.strip(" .")) + "." for sentence in told).replace(
        "End card of", "End card with"
    )


def negative_prompt(reading: Reading) -> str:
    """What must not be seen: painted words and the usual faults, and what the brief asks to avoid."""
    return ", ".join((*_NEVER, *reading.avoided))


def _place(reading: Reading) -> int:
    """One setting for the whole ad, the same for the same product."""
    return len(reading.product.phrase) if reading.product else 0
