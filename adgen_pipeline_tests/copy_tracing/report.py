"""The claims of many ads, traced to their briefs, and how often the house says the same."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.contracts.storyboard import ParseRequest, ParseResult
from adgen_pipeline.studio.prompt_parser.planning import plan_ad
from adgen_pipeline_tests.copy_tracing.briefs import Written
from adgen_pipeline_tests.copy_tracing.claims import Claim, claims_in, is_traced


@dataclass
class Report:
    """What was found: ads and lines looked at, claims by kind, those of no brief; house lines by ads."""

    ads: int = 0
    lines: int = 0
    traced: Counter[str] = field(default_factory=Counter)
    untraced: list[tuple[str, Claim]] = field(default_factory=list)
    house: Counter[str] = field(default_factory=Counter)

    def add(self, brief: str, shown: Iterable[str], spoken: Iterable[str]) -> None:
        """One ad: its `brief` with the guidelines, the lines it shows, and the sentences it speaks."""
        own = {line.rstrip(".") for line in shown if not _is_of(line, _plain(brief))}
        lines = [*shown, *spoken]
        self.ads += 1
        self.lines += len(lines)
        for claim in (claim for line in lines for claim in claims_in(line)):
            if is_traced(claim, brief):
                self.traced[claim.kind] += 1
            else:
                self.untraced.append((brief, claim))
        self.house.update(own)

    def table(self) -> str:
        """The figures, a kind a line, and every claim that could not be traced."""
        kinds = sorted({*self.traced, *(claim.kind for _, claim in self.untraced)})
        lost = Counter(claim.kind for _, claim in self.untraced)
        rows = [f"{self.ads} ads, {self.lines} lines shown or spoken", f"{'claims':14}{'traced':>8}{'untraced':>10}"]
        rows += [f"{kind:14}{self.traced[kind]:8}{lost[kind]:10}" for kind in kinds]
        rows += [f"{'together':14}{self.traced.total():8}{lost.total():10}"]
        rows += [
            f"  {claim.kind} {claim.words!r} in {claim.line!r}: not in {brief!r}" for brief, claim in self.untraced
        ]
        return "\n".join(rows)


def plan(prompt: str, duration: int = 30, **more: object) -> ParseResult:
    """The storyboard of `prompt`."""
    asked = {"prompt": prompt, "duration": duration, "aspect_ratio": "9:16", **more}
    return plan_ad(ParseRequest.model_validate(asked))


def shown_in(result: ParseResult) -> list[str]:
    """Every line an ad shows."""
    return [overlay.text for overlay in result.text_overlays]


def spoken_in(result: ParseResult) -> list[str]:
    """Every sentence an ad speaks."""
    segments = result.audio.voiceover.segments if result.audio.voiceover else []
    return [sentence for segment in segments for sentence in re.split(r"(?<=[.!?])\s+", segment.text)]


def trace(briefs: Iterable[Written], durations: tuple[int, ...] = (30,), seed: int | None = None) -> Report:
    """The report over the ads of all `briefs`."""
    report = Report()
    for brief in briefs:
        for duration in durations:
            result = plan(brief.typed, duration, seed=seed, brand_guidelines=BrandGuidelines())
            report.add(f"{brief.typed}\n{brief.meant}", shown_in(result), spoken_in(result))
    return report


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%$€£']+", text.lower()))


def _is_of(line: str, brief: str) -> bool:
    """Whether most of the words of `line` are the brief's."""
    words = _plain(line).split()
    return not words or sum(word in brief.split() for word in words) >= 0.5 * len(words)
