"""What one ad takes with the embedded studio: seconds, memory and CPU of real `adgen make` commands.

A draft (540 px, 15 fps) and a full ad (1080 px, 30 fps) of examples/luxury_watch.yaml, each in a fresh state folder and
then once more in the same folder (warm). The studio of the first is gone before the second begins, so that warm means
a database and caches that are there already, not a studio that still runs; nothing is taken from the earlier ad.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dagster import DagsterEventType, DagsterInstance

from adgen_pipeline.cli.options import brief_from
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING, STAGES
from adgen_pipeline.settings import Settings
from benchmarks.measure import Explained, adgen, end_on_signals, machine

BRIEF = Path(__file__).resolve().parent.parent / "examples" / "luxury_watch.yaml"
STEPS = {
    PARSING.name: "parsed_prompt.",
    IMAGES.name: "keyframe_images.",
    CLIPS.name: "video_clips.clip[",
    COMPOSITION.name: "final_ad",
}
"""How the keys of each stage's steps begin."""

ROWS = {
    "starting up": "from the command until the Dagster run starts: Python, imports, the instance's tables (s)",
    PARSING.name: "first step begun to last step ended of the stage, from the run's events; starts the studio (s)",
    IMAGES.name: "the same: the reference keyframe, then the others side by side (s)",
    CLIPS.name: "the same: the clips, one a core at once (s)",
    COMPOSITION.name: "the same: cutting, words, music, voice, loudness, encoding (s)",
    "in between": "what is left of the wall time: Dagster between the stages, closing, leaving (s)",
    "wall": "the whole command, until it has ended (s)",
    "wall / second of video": "seconds to wait for each second of the ad",
    "CPU": "CPU time of the command, the studio and its workers (s)",
    "peak memory": "of the same processes together, shared pages counted once (MB of 10^6 bytes)",
    "others": "cores that other programs kept busy meanwhile; much above 0, the wall times are too long",
    "file": "size of the ad (MB of 10^6 bytes)",
}


EXPLAINED = Explained(
    "ad",
    __doc__ or "",
    ROWS | {"draft / full": "wall time of the draft over that of the full ad, both fresh, both warm"},
    {
        "draft, full": "540 px and 15 fps, or 1080 px and 30 fps",
        "fresh, warm": "in a new state folder, and then once more in the same",
    },
)


def main() -> None:
    """Measure, print, keep."""
    parser = EXPLAINED.parser()
    parser.add_argument("--draft-only", action="store_true", help="leave out the full ads, a minute or two each")
    options = parser.parse_args()
    end_on_signals()
    measure(["draft"] if options.draft_only else ["draft", "full"])


def measure(kinds: list[str]) -> None:
    """Make ads of these kinds, fresh and warm; print the table and keep it."""
    wired = [stage.service for stage in STAGES if Settings.read().service(stage).url]
    if wired:
        sys.exit(f"This measures the embedded studio: unset the URL of {', '.join(wired)} (environment or .env).")
    about = machine()
    seconds = brief_from(str(BRIEF), {}).duration
    made = {
        f"{kind}, {home}": figures
        for kind in kinds
        for home, figures in zip(("fresh", "warm"), _twice(kind == "draft", seconds), strict=True)
    }
    rows = [[name, *(figures[name] for figures in made.values())] for name in ROWS]
    ratios = {}
    if len(kinds) > 1:
        ratios = {home: made[f"draft, {home}"]["wall"] / made[f"full, {home}"]["wall"] for home in ("fresh", "warm")}
        rows.append(["draft / full", ratios["fresh"], ratios["warm"], None, None])
    EXPLAINED.report(f"One ad of {seconds} s, {BRIEF.name}", rows, list(made))
    EXPLAINED.keep({"machine": about, "brief": BRIEF.name, "made": made, "draft_over_full": ratios})


def _twice(draft: bool, seconds: int) -> list[dict[str, Any]]:
    """The figures of two ads made one after the other in one new state folder."""
    with TemporaryDirectory(prefix="adgen-bench-") as folder:
        return [_make(draft, seconds, Path(folder, "home")) for _ in range(2)]


def _make(draft: bool, seconds: int, home: Path) -> dict[str, Any]:
    target = home.parent / "ad.mp4"
    usage, began = adgen("make", str(BRIEF), "--reuse", "off", *["--draft"] * draft, "-o", str(target), home=home)
    started, stages = _newest_run(home)
    before = started - began
    return {
        "starting up": round(before, 2),
        **stages,
        "in between": round(usage.wall - before - sum(stages.values()), 2),
        "wall": usage.wall,
        "wall / second of video": round(usage.wall / seconds, 3),
        "CPU": usage.cpu,
        "peak memory": usage.memory,
        "others": usage.others,
        "file": round(target.stat().st_size / 1e6, 2),
    }


def _newest_run(home: Path) -> tuple[float, dict[str, float]]:
    """When the newest run of `home` started (seconds since 1970), and the seconds of each of its stages."""
    kinds = {DagsterEventType.STEP_START, DagsterEventType.STEP_SUCCESS}
    with DagsterInstance.from_config(str(home / "dagster")) as instance:
        run = instance.get_run_records(limit=1)[0]
        records = instance.get_records_for_run(run.dagster_run.run_id, of_type=kinds).records
    assert run.start_time is not None
    times: dict[str, list[float]] = {stage: [] for stage in STEPS}
    for record in records:
        event = record.event_log_entry.dagster_event
        for stage, start in STEPS.items():
            if event and (event.step_key or "").startswith(start):
                times[stage].append(record.event_log_entry.timestamp)
    return run.start_time, {stage: round(max(of) - min(of), 2) for stage, of in times.items()}


if __name__ == "__main__":
    main()
