"""The studio's own speed: clips, composition that copies, and whole ads; each table is explained below it.

Composition and whole ads are of examples/luxury_watch.yaml. With `--part`, one table alone. All of it takes some five
minutes on two cores with nothing else to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import ad
from benchmarks import clips as filmed
from benchmarks import composition as stitched
from benchmarks.measure import Explained, end_on_signals, machine, say

RUNS = 1
CLIP_ROUNDS, CLIP_CASES = 2, 4
LIMITS = {
    "brief words": f"at most {stitched.TARGET}",
    "no words": f"at most {stitched.TARGET}",
    "as planned": "",
    "captions": "",
}

TARGETS = Explained(
    "studio",
    __doc__ or "",
    rows={name: f"composition, stitched over anew: {told}" for name, told in stitched.VARIANTS.items()},
    columns={"measured": "in this very run", "target": "what it is held against"},
)


@dataclass(frozen=True)
class Options:
    """What is measured: seconds of the ad (None: the brief's), runs of each composition, drafts alone or both."""

    seconds: int | None
    runs: int
    draft: bool


def clips(options: Options) -> None:
    """The clip stage against x264, always of full size: `python -m benchmarks.clips` has more scenes and rounds."""
    filmed.clips(rounds=CLIP_ROUNDS, cases=filmed.CASES[:CLIP_CASES])


def composition(options: Options) -> None:
    """Composition against encoding every picture anew, four ads of the same clips."""
    about = machine()
    changes = {"duration": options.seconds, "draft": options.draft or None}
    with TemporaryDirectory(prefix="adgen-bench-") as folder:
        figures = stitched.compare(ad.BRIEF, Path(folder), changes, options.runs)
    rows = [[name, figures[name]["ratio"], limit] for name, limit in LIMITS.items()]
    TARGETS.report("Against what we aim at", rows, explain=False)
    stitched.EXPLAINED.keep({"machine": about, "brief": ad.BRIEF.name, "changes": changes, "variants": figures})


def whole_ad(options: Options) -> None:
    """Seconds to wait for each second of video: a draft and a full ad, by the product's own command."""
    ad.measure(["draft"] if options.draft else ["draft", "full"])


PARTS: dict[str, Callable[[Options], None]] = {"clips": clips, "composition": composition, "ad": whole_ad}


def main() -> None:
    """Measure, print, keep."""
    parser = TARGETS.parser()
    parser.add_argument("--part", choices=PARTS, help="one part alone (all of them)")
    parser.add_argument("--seconds", type=int, help="length of the ad that is composed (the brief's)")
    parser.add_argument("--runs", type=int, default=RUNS, help="of each composition (%(default)s)")
    parser.add_argument("--draft", action="store_true", help="of ads, drafts alone: 540 px, 15 fps")
    given = parser.parse_args()
    options = Options(given.seconds, given.runs, given.draft)
    end_on_signals()
    for name, measure in PARTS.items():
        if given.part in (None, name):
            say(f"{name} ...")
            measure(options)


if __name__ == "__main__":
    main()
