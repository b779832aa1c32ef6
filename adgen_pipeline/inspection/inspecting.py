"""All rules applied to one ad: what was ordered, what the file holds, and what it cost."""

from pathlib import Path

import av

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.inspection import judging
from adgen_pipeline.inspection.findings import Finding
from adgen_pipeline.inspection.rules import RULES
from adgen_pipeline.inspection.watching import watch
from adgen_pipeline.ledger import Totals


def inspect(path: Path, ad: FinishedAd, storyboard: Storyboard, totals: Totals) -> list[Finding]:
    """What each of RULES says of the ad at `path`. A file that cannot be opened fails `decodes`; what could not be
    measured then is a warning of its own."""
    brief = storyboard.brief
    budget = judging.cost_in_budget(totals)
    try:
        watched = watch(path, brief.brand_guidelines.primary_color)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        broken = Finding("decodes", "failed", f"it cannot be opened as a video ({type(error).__name__})")
        measured = [name for name in RULES if name not in ("decodes", "cost_in_budget")]
        return [broken, *(Finding(name, "warned", "not measured: it cannot be decoded") for name in measured), budget]
    wanted = storyboard.audio.music is not None or bool(
        storyboard.audio.voiceover and storyboard.audio.voiceover.segments
    )
    return [
        judging.decodes(watched),
        judging.duration(watched, brief.duration),
        judging.size(watched, brief.size),
        judging.frame_rate(watched, brief.fps),
        judging.loudness(watched.sound, wanted=wanted),
        judging.black_stretches(watched),
        judging.frozen_stretches(watched),
        judging.words_in_safe_area(ad, watched, brief.aspect_ratio),
        budget,
        judging.brand_colour(watched, brief.brand_guidelines.primary_color),
    ]
