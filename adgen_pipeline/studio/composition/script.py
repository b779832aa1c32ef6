"""What is to be read, when and where: the request's overlays, the end card, the captions, in one list."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.contracts.storyboard import Position, TextOverlay
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.captions import Cue
from adgen_pipeline.studio.composition.timeline import Timeline
from adgen_pipeline.studio.composition.typesetting import drawable
from adgen_pipeline.studio.families import Family, family_in

Kind = Literal["logo", "eyebrow", "headline", "brand", "caption", "offer", "button", "legal", "subtitle"]

END_CARD_SECONDS = 3.5
HANDOVER = 0.5
"""Overlays at one place that overlap for no longer than this follow one another; beyond it they stand together."""

_LONGEST_EYEBROW = 40
_TOGETHER, _LONGEST_LEAVE = 0.11, 0.4  # seconds


@dataclass(frozen=True)
class Title:
    """Words (or the logo) on screen from `start` to `end`, seconds of the ad."""

    text: str
    kind: Kind
    start: float
    end: float
    position: Position
    style: str = ""

    def meets(self, other: "Title") -> bool:
        """True if both are on screen at once."""
        return self.start < other.end and other.start < self.end


def script(request: ComposeRequest, seconds: float, *, logo: bool, cues: list[Cue]) -> list[Title]:
    """All titles of the ad in the order in which they stack from top to bottom.

    Raises RenderError for an overlay that lies outside the ad or has no character that can be drawn.
    """
    titles = [_title(n, overlay, seconds) for n, overlay in enumerate(request.text_overlays, 1)]
    titles = _handed_over(_with_eyebrows(titles))
    titles += _end_card(request, seconds, titles)
    if logo:
        titles.insert(*_logo(titles, seconds))
    if request.captions == "burned":
        titles += [Title(cue.text, "subtitle", cue.start, cue.end, "bottom") for cue in cues]
    return titles


def family_of(request: ComposeRequest) -> Family:
    """The family that the first headline with a style, the brand or the music names; the quiet one if none does."""
    styles = [overlay.style for overlay in request.text_overlays if overlay.role == "headline" and overlay.style]
    music = request.audio.music
    return family_in(*styles[:1], request.brand_guidelines.style, music.mood if music else None) or "minimal"


def leaving_with_scenes(titles: list[Title], plan: Timeline) -> list[Title]:
    """Titles that last until their scene begins to give way go with it: no picture stands bare before it leaves."""
    changes = [
        (after.first / plan.fps, (before.stop + before.held) / plan.fps)
        for before, after in pairwise(plan.slots)
        if before.change != "cut"
    ]
    return [replace(title, end=_left(title, changes)) for title in titles]


def _left(title: Title, changes: list[tuple[float, float]]) -> float:
    lasting = [(begin, over) for begin, over in changes if abs(title.end - begin) < _TOGETHER]
    if title.kind == "subtitle" or not lasting:
        return title.end
    begin, over = lasting[0]
    return max(title.end, min(over, begin + _LONGEST_LEAVE))


def _title(number: int, overlay: TextOverlay, seconds: float) -> Title:
    name = f"text overlay {number} ({overlay.text[:30]!r})"
    if overlay.start_time >= seconds:
        raise RenderError(f"{name} starts at {overlay.start_time} s, but the ad ends at {seconds:.2f} s")
    text = drawable(overlay.text)
    if not text:
        raise RenderError(f"{name}: no typeface at hand has any of its characters")
    style = (overlay.style or "").lower()
    kind: Kind = "button" if overlay.role == "call_to_action" else overlay.role
    if "brand" in style and kind in ("headline", "caption"):
        kind = "brand"
    end = min(seconds, overlay.start_time + overlay.duration)
    return Title(text, kind, overlay.start_time, end, overlay.position, style)


def _with_eyebrows(titles: list[Title]) -> list[Title]:
    """A short caption right above a headline is its eyebrow: small, letter-spaced capitals."""
    shown = [
        replace(title, kind="eyebrow") if _is_eyebrow(title, following) else title
        for title, following in pairwise(titles)
    ]
    return [*shown, *titles[-1:]]


def _is_eyebrow(title: Title, following: Title) -> bool:
    above = title.kind == "caption" and following.kind == "headline" and title.position == following.position
    return above and title.meets(following) and len(title.text) <= _LONGEST_EYEBROW and not title.text.endswith(".")


def _handed_over(titles: list[Title]) -> list[Title]:
    """Where one title leaves while the next arrives, the first goes a moment earlier instead of both standing."""
    return [replace(title, end=_leaving(title, titles)) for title in titles]


def _leaving(title: Title, titles: list[Title]) -> float:
    arrivals = [
        other.start
        for other in titles
        if other.position == title.position and title.start < other.start < title.end <= other.end
    ]
    return min([title.end, *(start for start in arrivals if title.end - start <= HANDOVER)])


def _end_card(request: ComposeRequest, seconds: float, titles: list[Title]) -> list[Title]:
    brand = request.brand_guidelines
    if any(title.kind == "button" for title in titles) or not (brand.name or brand.call_to_action):
        return []
    start = max(seconds - END_CARD_SECONDS, seconds / 2)
    parts: list[tuple[str | None, Kind]] = [
        (brand.name, "brand"), (brand.tagline, "caption"), (brand.call_to_action, "button"),
    ]  # fmt: skip
    return [Title(drawable(text), kind, start, seconds, "center") for text, kind in parts if text and drawable(text)]


def _logo(titles: list[Title], seconds: float) -> tuple[int, Title]:
    """The logo and its place in the list: above all that stands with the last button, or alone at the end."""
    button = next((title for title in reversed(titles) if title.kind in ("button", "brand")), None)
    if button is None:
        return len(titles), Title("logo", "logo", max(seconds - END_CARD_SECONDS, seconds / 2), seconds, "center")
    card = [title for title in titles if title.position == button.position and title.meets(button)]
    start = min(title.start for title in card if title.end >= button.end - HANDOVER)
    return titles.index(card[0]), Title("logo", "logo", start, button.end, button.position)
