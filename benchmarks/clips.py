"""The clip stage against x264: pictures a second of clips that are drawn and encoded, over those of x264 alone.

Each scene is filmed in three ways that take turns: drawn, converted and encoded as the studio does it; from pictures
that are ready in memory, converted and encoded; and by x264 alone, fed with pictures that are converted already. All
have the same settings and one thread of x264. Once in one process, once in two that start together, as the studio runs
clips. Drawing the scene's layers, once a clip, is told apart.
"""

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import BrokenBarrierError
from typing import Any

import av
from PIL import Image

from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.studio.drawing.recipe import Recipe, Style, write_picture
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.encoding import CLIP, Frame, PictureEncoder, VideoWriter
from adgen_pipeline.studio.frame import frame_size
from adgen_pipeline.studio.video_gen.camera import MOVES, views
from adgen_pipeline.studio.video_gen.film import film
from adgen_pipeline.studio.video_gen.pace import PACES
from adgen_pipeline.studio.video_gen.render import render_clip
from benchmarks.measure import Explained, end_on_signals, machine, say

TARGET = 0.85
"""Of the pictures a second of x264 that finds them ready: our own aim."""

RATIO, SIZE, FPS = "9:16", "1080x1920", 30
SECONDS, FROM, PICTURES = 3, 33, 24
"""A clip's length; the pictures of it that are timed: enough for x264 to settle, few enough to hold in memory."""


@dataclass(frozen=True)
class Case:
    """A scene and how it is filmed."""

    family: Any
    motif: Any
    shot: Any
    move: str
    light: bool = False

    @property
    def name(self) -> str:
        """As the table has it."""
        return f"{self.family}: {self.motif}, {self.shot}, {self.move}"

    @property
    def recipe(self) -> Recipe:
        """What it is drawn from."""
        style, words = Style(family=self.family, light=self.light), "top" if self.shot == "macro" else "bottom"
        colours = ("#D4AF37", "#10151F")
        return Recipe(motif=self.motif, palette=colours, style=style, ratio=RATIO, shot=self.shot, words=words, seed=5)


CASES = (
    Case("minimal", "watch", "hero", "push_in"),
    Case("minimal", "watch", "macro", "pan_left"),
    Case("sport", "shoe", "hero", "push_in"),
    Case("playful", "phone", "hero", "orbit", light=True),
    Case("tech", "laptop", "wide", "tilt_up"),
    Case("organic", "coffee", "hero", "rise", light=True),
    Case("retro", "book", "end", "static", light=True),
)

EXPLAINED = Explained(
    "clips",
    __doc__ or "",
    {"each row": "a scene, by family of style, product, shot and camera move", "median": "of all rows"},
    {
        "x264": "pictures a second of x264 alone, in one process",
        "clip": "the same of the clip stage",
        "clip/x264": f"the clip stage over x264, the median of all rounds; aim: at least {TARGET}",
        "clip/ready": "the clip stage over ready pictures, which have to be converted too",
        "two: x264, two: clip": "both processes together",
        "two: CPU": "CPU seconds of x264 over those of the clip stage: the ratio on cores with nothing else to do",
        "layers": "seconds until the scene's layers are drawn, once a clip",
        "memory": f"peak of a process that makes a whole clip of {SECONDS} s (MB of 10^6 bytes)",
    },
)
COLUMNS = ["x264", "clip", "clip/x264", "clip/ready", "two: x264", "two: clip", "two: clip/x264", "two: CPU"]


def clips(rounds: int = 3, cases: tuple[Case, ...] = CASES) -> dict[str, Any]:
    """Measure, print, keep; the figures of each case by name, and their medians."""
    about = machine()
    figures: dict[str, Any] = {}
    for case in cases:
        say(case.name)
        figures[case.name] = {"alone": _compared(case, 1, rounds), "two": _compared(case, 2, rounds), **_whole(case)}
    rows = [[name, *_row(figure)] for name, figure in figures.items()]
    medians = [median(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    EXPLAINED.report("Clips against x264", [*rows, ["median", *medians]], [*COLUMNS, "layers", "memory"])
    EXPLAINED.keep({"machine": about, "cases": figures})
    return figures


def _row(figure: dict[str, Any]) -> list[float]:
    alone = [figure["alone"][name] for name in ("x264", "clip", "clip/x264", "clip/ready")]
    two = [figure["two"][name] for name in ("x264", "clip", "clip/x264", "CPU")]
    return [*alone, *two, figure["layers"], figure["memory"]]


def _compared(case: Case, processes: int, rounds: int) -> dict[str, float]:
    """Pictures a second of all processes together, and the ratios round by round; the ways take turns."""
    context = get_context("spawn")
    barrier = context.Barrier(processes)
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    work: dict[str, list[float]] = {way: [] for way in WAYS}
    with ProcessPoolExecutor(processes, context, initializer=_meet_at, initargs=(barrier,)) as pool:
        for number, way in ((number, way) for number in range(rounds + 1) for way in WAYS):
            running = [pool.submit(_timed, case, way) for _ in range(processes)]
            wall, cpu = zip(*(each.result() for each in running), strict=True)
            if number:  # the first round draws what the ways find ready, and warms the codecs up
                rates[way].append(sum(PICTURES / seconds for seconds in wall))
                work[way].append(sum(cpu))
    return {way: round(median(each), 2) for way, each in rates.items()} | {
        "clip/x264": _ratio(rates["clip"], rates["x264"]),
        "clip/ready": _ratio(rates["clip"], rates["ready"]),
        "CPU": _ratio(work["x264"], work["clip"]),
    }


def _ratio(ones: list[float], others: list[float]) -> float:
    """The median, round by round."""
    return round(median(one / other for one, other in zip(ones, others, strict=True)), 3)


def _meet_at(barrier: Any) -> None:
    global _barrier  # a pool's processes get here what cannot be sent with a task
    _barrier = barrier


_barrier: Any = None


def _timed(case: Case, way: str) -> tuple[float, float]:
    """Seconds, and CPU seconds, that one way takes, once all processes are ready."""
    scene, ready, converted = _scene(case), _ready(case), _converted(case)
    with TemporaryDirectory(prefix="adgen-bench-") as folder:
        try:
            _barrier.wait(300)
        except BrokenBarrierError as error:
            raise RuntimeError("the other process did not come") from error
        began, busy = time.perf_counter(), time.process_time()
        WAYS[way](Path(folder, "clip.mp4"), case, scene, ready, converted)
        return time.perf_counter() - began, time.process_time() - busy


def _by_clip(path: Path, case: Case, scene: Scene, ready: list[Frame], converted: list[Any]) -> None:
    with VideoWriter(path, frame_size(RATIO, SIZE), FPS, CLIP) as writer:
        for frame in film(scene, _moments(case), frame_size(RATIO, SIZE)):
            writer.write(frame)


def _by_ready(path: Path, case: Case, scene: Scene, ready: list[Frame], converted: list[Any]) -> None:
    with VideoWriter(path, frame_size(RATIO, SIZE), FPS, CLIP) as writer:
        for frame in ready:
            writer.write(frame)


def _by_x264(path: Path, case: Case, scene: Scene, ready: list[Frame], converted: list[Any]) -> None:
    encoder = _encoder()
    for picture in (*converted, None):
        encoder.encoded(picture)


WAYS: dict[str, Callable[[Path, Case, Scene, list[Frame], list[Any]], None]] = {
    "x264": _by_x264,
    "ready": _by_ready,
    "clip": _by_clip,
}


def _encoder() -> PictureEncoder:
    return PictureEncoder(av.CodecContext.create("libx264", "w"), frame_size(RATIO, SIZE), FPS, CLIP)


def _moments(case: Case) -> list[Any]:
    return views(MOVES[case.move], PACES[case.family], SECONDS * FPS, FPS)[FROM : FROM + PICTURES]


@cache
def _scene(case: Case) -> Scene:
    return Scene(case.recipe, frame_size(RATIO, SIZE))


@cache
def _ready(case: Case) -> list[Frame]:
    return [frame.copy() for frame in film(_scene(case), _moments(case), frame_size(RATIO, SIZE))]


@cache
def _converted(case: Case) -> list[Any]:
    encoder = _encoder()
    return [encoder.converted(frame) for frame in _ready(case)]


def _whole(case: Case) -> dict[str, float]:
    """A whole clip in a process of its own: the seconds of its layers, and its peak of memory."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        layers, memory = pool.submit(_render, case).result()
    return {"layers": round(layers, 2), "memory": round(memory)}


def _render(case: Case) -> tuple[float, float]:
    began = time.perf_counter()
    Scene(case.recipe, frame_size(RATIO, SIZE))
    layers = time.perf_counter() - began
    with TemporaryDirectory(prefix="adgen-bench-") as folder:
        keyframe = Path(folder, "keyframe.jpg")
        write_picture(Image.new("RGB", (64, 64)), case.recipe, keyframe)
        asked = {
            "scene_prompt": case.name, "reference_image_url": "http://127.0.0.1/keyframe.jpg", "duration": SECONDS,
            "aspect_ratio": RATIO, "resolution": SIZE, "fps": FPS, "camera_movement": case.move,
        }  # fmt: skip
        render_clip(ClipRequest.model_validate(asked), keyframe, Path(folder, "clip.mp4"))
    return layers, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main() -> None:
    """Measure, print, keep."""
    parser = EXPLAINED.parser()
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is timed (default 3)")
    parser.add_argument("--cases", type=int, default=len(CASES), help="how many of the scenes, from the first on")
    options = parser.parse_args()
    end_on_signals()
    clips(options.rounds, CASES[: options.cases])


if __name__ == "__main__":
    main()
