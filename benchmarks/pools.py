"""Ads that wait for each other's pool slots: how long a slot that became free stands empty while a step waits for it.

Several ads are launched at once by GraphQL, each with four clips of 3 s, and VIDEO_GEN_POOL lets only a few of all
those clips be under way at a time. From the steps' own events: each slot from the end of one clip to the start of the
next, as long as a clip that could start was waiting.
"""

import argparse
import heapq
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus

from benchmarks import fakes, instances, rivals
from benchmarks.instances import ADS, Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import SHORT, prompt_for

SCENES = 4
_CLIP, _BEFORE = "video_clips.clip[", ("keyframe_images.collect_keyframes", "video_clips.scenes")
_TYPES = {DagsterEventType.STEP_START, DagsterEventType.STEP_SUCCESS}

EXPLAINED = Explained(
    "pools",
    __doc__ or "",
    rows={"clips of all ads": "each hand-over of a slot from one clip to the next, of the same ad or another"},
    columns={
        "ads": "that succeeded, of those launched",
        "hand-overs": "how many there were",
        "median": "seconds a slot stood free while a clip waited; target under 0.5",
        "p95": "the same, which 95 % are under",
        "max": "the same, the longest",
        "stood free": "share of the slots' time that was lost so while clips were waiting",
        "most at once": "clips under way at a time, by their events; never above the pool's slots",
    },
)


@dataclass(frozen=True)
class Clip:
    """When a clip's step could have started, when it did, and when it ended (seconds since 1970)."""

    ready: float
    start: float
    end: float


def hand_overs(clips: list[Clip], slots: int) -> list[float]:
    """Seconds for which each slot stood free before a clip took it over, while one was waiting.

    The first clips find slots that nobody held before them: no hand-overs.
    """
    freed: list[float] = []
    waits = []
    for number, clip in enumerate(sorted(clips, key=lambda clip: clip.start)):
        if number >= slots:
            waiting_since = min(other.ready for other in clips if other.start >= clip.start)
            waits.append(max(0.0, clip.start - max(heapq.heappop(freed), waiting_since)))
        heapq.heappush(freed, clip.end)
    return waits


def most_at_once(clips: list[Clip]) -> int:
    """Clips under way at the same time. One that starts at the moment when another ends takes its place."""
    changes = sorted([(clip.start, 1) for clip in clips] + [(clip.end, -1) for clip in clips])
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name,
        fakes.running(SHORT) as services,
    ):
        settings = {"VIDEO_GEN_POOL": str(options.slots), "MAX_CONCURRENT_JOBS": str(options.ads)}
        home = Home.made(Path(name, "home"), rivals.settings(services) | settings)
        done, clips = _contended(home, options.ads)
        lag = services.lag()
    waits = sorted(hand_overs(clips, options.slots))
    busy = sum(clip.end - clip.start for clip in clips)
    figures = {
        "ads": f"{done}/{options.ads}",
        "hand-overs": len(waits),
        "median": median(waits),
        "p95": waits[min(len(waits) - 1, int(0.95 * len(waits)))],
        "max": waits[-1],
        "stood free": f"{sum(waits) / (sum(waits) + busy):.1%}",
        "most at once": most_at_once(clips),
    }
    EXPLAINED.report(
        f"{options.ads} ads of {SCENES} clips, {options.slots} slots, SQLite", [["clips of all ads", *figures.values()]]
    )
    EXPLAINED.keep({"machine": about, "slots": options.slots, "figures": figures, "waits": waits, "fakes_lag_ms": lag})


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--ads", type=int, default=6, help="launched at once (default %(default)s)")
    parser.add_argument("--slots", type=int, default=3, help="of the pool (default %(default)s)")
    options = parser.parse_args()
    if not 1 <= options.slots < options.ads * SCENES:
        parser.error(f"--slots must be 1 or more, and fewer than the ads' clips ({options.ads * SCENES})")
    return options


def _contended(home: Home, ads: int) -> tuple[int, list[Clip]]:
    """How many ads succeeded, and the clips of all."""
    say(f"{ads} ads at once")
    with instances.deployed(home, ADS) as deployment:
        run_ids = [deployment.launch(ADS, rivals.brief(prompt_for(number, SCENES))) for number in range(ads)]
        records = deployment.wait(*run_ids)
        clips = [clip for run_id in run_ids for clip in _clips(deployment.instance, run_id)]
    return sum(record.dagster_run.status == DagsterRunStatus.SUCCESS for record in records), clips


def _clips(instance: DagsterInstance, run_id: str) -> list[Clip]:
    """Those of one ad; they could start when all its keyframes were there and its scenes were told."""
    times: dict[str, dict[DagsterEventType, float]] = {}
    for record in instance.get_records_for_run(run_id, of_type=_TYPES).records:
        entry = record.event_log_entry
        event = entry.dagster_event
        if event is not None:
            times.setdefault(event.step_key or "", {})[event.event_type] = entry.timestamp
    ready = max(of[DagsterEventType.STEP_SUCCESS] for key, of in times.items() if key.startswith(_BEFORE))
    return [
        Clip(ready, of[DagsterEventType.STEP_START], of[DagsterEventType.STEP_SUCCESS])
        for key, of in times.items()
        if key.startswith(_CLIP) and len(of) == len(_TYPES)
    ]


if __name__ == "__main__":
    main()
