"""Where the CPU of one ad goes: a warm process makes ads whose services only wait, and is looked at 100 times a second.

py-spy looks from outside and leaves out threads that wait. Each look counts for the innermost function that belongs to
a layer: a statement of SQLAlchemy's counts for the ledger where the ledger asked for it, and for Dagster's storage
where an event was written. The flame graph beside the JSON shows the same in full.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import fakes, rivals
from benchmarks.instances import Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.profiles import SHORT, prompt_for
from benchmarks.watch import Watch

LAYERS = {
    "ledger": ("adgen_pipeline/ledger",),
    "files": ("adgen_pipeline/downloads", "adgen_pipeline/storage"),
    "HTTP": ("adgen_pipeline/clients", "httpx/", "httpcore/"),
    "buying": ("adgen_pipeline/purchases", "adgen_pipeline/requests", "adgen_pipeline/storyboards"),
    "reporting": ("adgen_pipeline/defs/reporting",),
    "step IO": ("adgen_pipeline/defs/io_manager", "adgen_pipeline/defs/lineage"),
    "resources": ("adgen_pipeline/defs/resources", "adgen_pipeline/settings"),
    "executor": ("adgen_pipeline/defs/executor",),
    "progress": ("adgen_pipeline/defs/launch",),
    "Dagster's storage": ("dagster/_core/storage", "dagster/_core/instance", "dagster_postgres/"),
    "Dagster": ("dagster/", "dagster_shared/"),
}
"""By what the paths of their files hold; the innermost function of a stack that fits any decides."""

EXPLAINED = Explained(
    "profile",
    __doc__ or "",
    rows={
        "ledger": "claims, settlements, totals",
        "files": "downloading, hashing, probing and keeping what services made",
        "HTTP": "the calls",
        "buying": "keys, bodies, what is asked of whom",
        "reporting": "metadata and previews for the UI",
        "step IO": "what steps hand to each other",
        "resources": "constructing clients, ledger and store; reading the settings",
        "executor": "starting steps as threads, handing on their events",
        "progress": "following the run for a display; an ad that was launched has none",
        "Dagster's storage": "events, runs and tags written and read",
        "Dagster": "all else of Dagster's: plans, contexts, type checks, serialisation",
        "other": "Python itself and what belongs to no layer",
    },
    columns={"share": "of the looks at which a thread was at work", "CPU ms": "that share of the CPU of one ad"},
)


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name,
        fakes.running(SHORT) as services,
    ):
        home = Home.made(Path(name, "home"), rivals.settings(services))
        stacks, cpu, graph = _recorded(home, options)
    looks = Counter[str]()
    for stack, count in stacks:
        looks[layer_of(stack)] += count
    total = sum(looks.values()) or 1
    figures = {layer: {"share": n / total, "cpu_ms": round(1000 * cpu * n / total)} for layer, n in looks.most_common()}
    rows = [[layer, f"{its['share']:.0%}", its["cpu_ms"]] for layer, its in figures.items()]
    title = f"CPU of one warm ad, {options.scenes} scenes, SQLite: {cpu:.2f} s"
    EXPLAINED.report(title, [*rows, ["all", "100%", round(1000 * cpu)]])
    path = EXPLAINED.keep({"machine": about, "cpu_per_ad": cpu, "layers": figures})
    path.with_suffix(".svg").write_text(graph)
    say(str(path.with_suffix(".svg")))


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--runs", type=int, default=4, help="ads that are looked at (default %(default)s)")
    parser.add_argument("--scenes", type=int, default=4, help="of each (default %(default)s)")
    options = parser.parse_args()
    _py_spy()
    return options


def layer_of(stack: list[str]) -> str:
    """The layer of a stack of frames, the outermost first."""
    for frame in reversed(stack):
        for layer, paths in LAYERS.items():
            if any(path in frame for path in paths):
                return layer
    return "other"


def _recorded(home: Home, options: argparse.Namespace) -> tuple[list[tuple[list[str], int]], float, str]:
    """Stacks with how often they were seen, CPU seconds of an ad, and the flame graph of one more ad."""
    raw, graph = home.folder / "stacks.txt", home.folder / "flames.svg"
    with rivals.warm_process(home) as process:
        prompts = [prompt_for(number, options.scenes) for number in range(options.runs + 2)]
        process.make(rivals.our_ad, prompts[0])
        say(f"{options.runs} ads")
        with Watch(process.pid) as watch, _recording(process.pid, raw, "raw"):
            for prompt in prompts[1:-1]:
                process.make(rivals.our_ad, prompt)
        say("one more for the flame graph")
        with _recording(process.pid, graph, "flamegraph"):
            process.make(rivals.our_ad, prompts[-1])
    lines = (line.rpartition(" ") for line in raw.read_text().splitlines())
    stacks = [(stack.split(";"), int(count)) for stack, _, count in lines]
    return stacks, watch.usage.cpu / options.runs, graph.read_text()


@contextmanager
def _recording(pid: int, target: Path, kind: str) -> Iterator[None]:
    """py-spy at work on a process until the context is left."""
    words = ["record", "--nonblocking", "--full-filenames", "-r", "100", "-f", kind, "-o", str(target)]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([_py_spy(), *words, "-d", "3600", "-p", str(pid)], **quiet)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # then it writes its file
        process.wait(60)


def _py_spy() -> str:
    """Its program. Ends the benchmark where it is not installed."""
    beside = Path(sys.executable).parent
    found = shutil.which("py-spy", path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
    return found or sys.exit("This needs py-spy: pip install py-spy, into the environment that runs the benchmark.")


if __name__ == "__main__":
    main()
