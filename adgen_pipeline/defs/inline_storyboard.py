"""The storyboard as people read it in the UI: one line a scene, with whatever is known of it by then."""

import re
from collections.abc import Mapping

import dagster as dg

from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.errors import dollars

Cells = Mapping[str, str]
"""Markdown by scene."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~!])")
_LONGEST = 160


def inline_storyboard(storyboard: Storyboard, **more: Cells) -> dg.MarkdownMetadataValue:
    """A table of the scenes; `more` columns (by name, with `_` for spaces) come first after the scene's number."""
    heads = ["scene", *(name.replace("_", " ") for name in more), "seconds", "words", "narration", "camera", "picture"]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for scene in storyboard.scenes:
        known = [cells.get(scene.key, "") for cells in more.values()]
        lines.append(_line([_name(scene), *known, *_plan(storyboard, scene)]))
    return dg.MetadataValue.md("\n".join(lines))


def paid(receipt: Receipt) -> str:
    """What a scene's call cost, and where it came from."""
    return f"{dollars(receipt.cost)}{' (reused)' if receipt.reused_from else ''}"


def _name(scene: PlannedScene) -> str:
    return f"{scene.index}{f' ({plain(scene.role)})' if scene.role else ''}"


def _plan(storyboard: Storyboard, scene: PlannedScene) -> list[str]:
    words = [w.text for w in storyboard.text_overlays if scene.start_time <= w.start_time < scene.end_time]
    lasts = f"{scene.duration:g} ({scene.start_time:g} to {scene.end_time:g})"
    texts = (" / ".join(words), scene.narration or "", scene.camera_movement or "", scene.prompt)
    return [lasts, *map(plain, texts)]


def plain(text: str) -> str:
    """`text`, which a service or a person wrote, so that markdown shows it as it is; at most 160 characters."""
    short = " ".join(text.split())
    short = short if len(short) <= _LONGEST else f"{short[: _LONGEST - 3]}..."
    return _MARKDOWN.sub(r"\\\1", short)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
