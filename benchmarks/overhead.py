"""What the pipeline adds to services that only wait, against a plain script that makes the same calls.

A lab in a process of its own plays the four services and takes the same time for every call: parse 0.5 s, image 1 s,
clip 3 s, compose 1 s. An ad of four scenes then cannot take less than 0.5 + 1 (reference keyframe) + 1 (the others,
side by side) + 3 (clips, side by side) + 1 = 6.5 s, the critical path. What is above it is ours.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import accumulate
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from dagster import DagsterInstance
from measure import Usage, Watch, adgen, environment, keep, machine, report

from adgen_pipeline.contracts.brief import read_brief

LATENCY = {"/parse": 0.5, "/generate-image": 1.0, "/generate-video": 3.0, "/compose": 1.0}
SCENES = (5.0, 5.0, 5.0, 5.0)
PATH = LATENCY["/parse"] + 2 * LATENCY["/generate-image"] + LATENCY["/generate-video"] + LATENCY["/compose"]
PROMPT = "Create an ad for a luxury watch"
SERVICES = ("PROMPT_PARSER", "IMAGE_GEN", "VIDEO_GEN", "COMPOSITION")

ROWS = {
    "plain script": "asyncio and httpx, a barrier after each stage, every file fetched, nothing kept",
    "run, warm process": "the Dagster run from its start to its end, one after the other in one process",
    "run, adgen make": "the same inside an `adgen make` command, all in one state folder",
    "adgen make": "that command as a whole: Python, imports, the instance, the run, leaving",
}
COLUMNS = {
    "median, min, max": "seconds over the runs",
    "above path": "median less the critical path (s): what is ours",
    "ratio": "median over the critical path",
    "events": "written to Dagster's event log for one run",
    "CPU": "CPU seconds of the processes for one run, the lab's left out",
    "MB": "peak memory of the same processes, shared pages counted once (MB of 10^6 bytes)",
    "others": "cores kept busy by all other programs meanwhile, the lab among them",
}
_KEYS = ("median", "min", "max", "above", "ratio", "events", "cpu", "memory", "others")


def main() -> None:
    """Measure, print, keep."""
    runs, about = _options().runs, machine()
    with TemporaryDirectory(prefix="adgen-bench-") as folder, _lab() as url:
        settings = {f"{name}_URL": url for name in SERVICES}
        settings |= {"KEYFRAMES": "per_scene", "MAX_PARALLEL_VIDEO_GENERATIONS": str(len(SCENES))}
        warm, cold = Path(folder, "warm"), Path(folder, "cold")
        made = {"plain script": _plain(url, settings, Path(folder, "plain"), runs)}
        made["run, warm process"] = _warm(settings, warm, runs)
        made["run, adgen make"], made["adgen make"] = _commands(settings, cold, runs)
    rows = [[name, *(figures.get(key) for key in _KEYS)] for name, figures in made.items()]
    title = f"{len(SCENES)} scenes, services that wait; critical path {PATH} s; {runs} runs"
    report(title, ["", "median", "min", "max", "above path", "ratio", "events", "CPU", "MB", "others"], rows)
    keep("overhead", {"machine": about, "critical_path": PATH, "runs": runs, "latency": LATENCY, "made": made})


def _options() -> argparse.Namespace:
    lines = [f"  {name:<20}{meaning}" for name, meaning in ROWS.items()]
    lines += ["", "columns:", *(f"  {name:<20}{meaning}" for name, meaning in COLUMNS.items())]
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="\n".join(["rows, each after one ad that is not counted:", *lines]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=5, help="ads of each kind (default %(default)s)")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    return options


def _plain(url: str, settings: dict[str, str], home: Path, runs: int) -> dict[str, Any]:
    times, usage = _in_one_process(_plain_ad, url, settings, home, runs)
    return _figures(times, usage, runs)


def _warm(settings: dict[str, str], home: Path, runs: int) -> dict[str, Any]:
    _, usage = _in_one_process(_dagster_ad, PROMPT, settings, home, runs)
    times, events = _runs_of(home, runs)
    return _figures(times, usage, runs, events)


def _commands(settings: dict[str, str], home: Path, runs: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The runs inside the commands, and the commands; the first, in a new home, is left out as elsewhere."""
    make = ("make", PROMPT, "--duration", str(round(sum(SCENES))), "-o", str(home.parent / "ad.mp4"))
    usages = [adgen(*make, home=home, settings=settings)[0] for _ in range(runs + 1)][1:]
    times, events = _runs_of(home, runs)
    inside = _summary(times) | {"events": events}
    whole = _summary([usage.wall for usage in usages])
    whole["cpu"] = round(median(usage.cpu for usage in usages), 2)
    whole["memory"] = max(usage.memory for usage in usages)
    whole["others"] = round(median(usage.others for usage in usages), 2)
    return inside, whole


def _figures(times: list[float], usage: Usage, runs: int, events: int | None = None) -> dict[str, Any]:
    more = {"events": events, "cpu": round(usage.cpu / runs, 2), "memory": usage.memory, "others": usage.others}
    return _summary(times) | more


def _summary(times: list[float]) -> dict[str, Any]:
    middle = median(times)
    return {
        "times": [round(t, 3) for t in times],
        "median": round(middle, 3),
        "min": round(min(times), 3),
        "max": round(max(times), 3),
        "above": round(middle - PATH, 3),
        "ratio": round(middle / PATH, 3),
    }


def _in_one_process(
    make: Callable[[str], None], words: str, settings: dict[str, str], home: Path, runs: int
) -> tuple[list[float], Usage]:
    """Seconds of each of `runs` calls in one process, after one that is not counted; and what the process took."""
    spawn = multiprocessing.get_context("spawn")
    own = environment(home, settings)
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_move_into, initargs=(own,)) as process:
        process.submit(_timed, make, words).result()
        with Watch(process.submit(os.getpid).result()) as watch:
            times = [process.submit(_timed, make, words).result() for _ in range(runs)]
    return times, watch.usage


def _move_into(own: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(own)


def _timed(make: Callable[[str], None], words: str) -> float:
    started = time.perf_counter()
    make(words)
    return time.perf_counter() - started


def _dagster_ad(prompt: str) -> None:
    """One ad by the pipeline, in this process."""
    from adgen_pipeline.defs.launch import make_ad

    make_ad(read_brief({"prompt": prompt, "duration": round(sum(SCENES))}), lambda progress: None)


def _plain_ad(url: str) -> None:
    """One ad by a script that does nothing but ask."""
    asyncio.run(_ask_for_all(url))


async def _ask_for_all(url: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:

        async def ask(path: str, **body: Any) -> dict[str, Any]:
            result: dict[str, Any] = (await http.post(path, json=body)).raise_for_status().json()["result"]
            for name in ("image_url", "video_url", "thumbnail_url"):
                if name in result:
                    (await http.get(result[name])).raise_for_status()
            return result

        scenes = (await ask("/parse", prompt=PROMPT, duration=round(sum(SCENES))))["scenes"]
        first = await ask("/generate-image", prompt=scenes[0]["prompt"])
        look = first["image_url"]
        later = [ask("/generate-image", prompt=s["prompt"], reference_image_url=look) for s in scenes[1:]]
        images = [first, *await asyncio.gather(*later)]
        shots = [
            ask("/generate-video", scene_prompt=s["prompt"], duration=s["duration"], reference_image_url=i["image_url"])
            for s, i in zip(scenes, images, strict=True)
        ]
        clips = await asyncio.gather(*shots)
        ends = list(accumulate(s["duration"] for s in scenes))
        timeline = [
            {"video_url": clip["video_url"], "start_time": end - s["duration"], "end_time": end}
            for clip, s, end in zip(clips, scenes, ends, strict=True)
        ]
        await ask("/compose", scenes=timeline)


def _runs_of(home: Path, runs: int) -> tuple[list[float], int]:
    """Seconds from start to end of the newest `runs` runs in `home`, oldest first; the events of the last."""
    with DagsterInstance.from_config(str(home / "dagster")) as instance:
        records = instance.get_run_records(limit=runs)[::-1]
        events = len(instance.all_logs(records[-1].dagster_run.run_id))
    return [(record.end_time or 0.0) - (record.start_time or 0.0) for record in records], events


@contextmanager
def _lab() -> Iterator[str]:
    """The lab's URL; it ends with the context."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # so that a lab that cannot start is an error here, not a wait without end
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from adgen_pipeline_tests.lab import clip_bytes, running_lab

    for seconds in {*SCENES, sum(SCENES)}:
        clip_bytes(seconds)  # made once and kept: no run shall wait for it
    with running_lab(scenes=SCENES, latency=LATENCY) as lab:
        pipe.send(lab.url)
        multiprocessing.parent_process().join()  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
