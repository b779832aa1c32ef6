"""What the benchmarks share: the machine's line, commands that are watched, tables that explain themselves, JSON."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from adgen_pipeline.settings import Settings
from benchmarks.processes import line_of
from benchmarks.watch import Usage, Watch

_OUT = Console(width=None if sys.stdout.isatty() else 150, highlight=False)
CHECKOUT = Path(__file__).resolve().parent.parent


def machine() -> dict[str, Any]:
    """Print and return what the figures hold for; memory in GB of 10^9 bytes, load the average of the minute before."""
    processor = line_of("/proc/cpuinfo", "model name").partition(":")[2].strip()
    memory = int(line_of("/proc/meminfo", "MemTotal").split()[1]) * 1024
    about = {
        "cores": len(os.sched_getaffinity(0)),
        "processor": processor or platform.machine(),
        "memory_gb": round(memory / 1e9, 1),
        "python": platform.python_version(),
        "dagster": version("dagster"),
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "load": round(os.getloadavg()[0], 2),
    }
    words = "{cores} cores, {processor}, {memory_gb} GB; Python {python}, Dagster {dagster}; {date}; load {load}"
    _OUT.print(words.format(**about))
    return about


def environment(home: Path, settings: dict[str, str] | None = None) -> dict[str, str]:
    """This process's environment with a state folder of its own, no Dagster instance but the one in it, and no
    services or database but those of `settings`; processes that are started in it find the benchmarks."""
    foreign = ("DAGSTER_HOME", "DATABASE_URL", "STEP_EXECUTOR", "KEYFRAMES", "MEDIA_STORE", "MEDIA_URL")
    own = {name: value for name, value in os.environ.items() if name not in foreign}
    return own | {"ADGEN_HOME": str(home), "PYTHONPATH": str(CHECKOUT)} | (settings or {})


def watched(command: list[str], env: dict[str, str], every: float = 0.25) -> tuple[Usage, float]:
    """Run a command; what it took, and when it began (seconds since 1970).

    Returns when all its processes are gone, the studio too. Ends the benchmark if the command fails.
    """
    began = time.time()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        with Watch(process.pid, every=every) as watch:
            _, told = process.communicate()
        watch.wait_for_all()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait()
    if process.returncode:
        sys.exit(f"{' '.join(command[1:])} ended with {process.returncode}:\n{told}")
    return watch.usage, began


def adgen(*words: str, home: Path, settings: dict[str, str] | None = None) -> tuple[Usage, float]:
    """Run `adgen` in the state folder `home`; as `watched`."""
    return watched([sys.executable, "-m", "adgen_pipeline.cli", *words], environment(home, settings))


def summary(values: list[float]) -> dict[str, Any]:
    """Of several measurements of the same thing."""
    return {
        "values": [round(value, 3) for value in values],
        "median": round(median(values), 3),
        "min": round(min(values), 3),
        "max": round(max(values), 3),
    }


@dataclass(frozen=True)
class Explained:
    """A benchmark's table: what each row and each column means, said in `--help` and below the table alike."""

    name: str
    purpose: str
    rows: dict[str, str]
    columns: dict[str, str]

    def parser(self) -> argparse.ArgumentParser:
        """A parser whose help ends with what the rows and columns mean."""
        return argparse.ArgumentParser(
            prog=f"python -m benchmarks.{self.name}",
            description=self.purpose,
            epilog="\n".join(self._meanings()),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def report(
        self, title: str, rows: list[list[Any]], columns: list[str] | None = None, *, explain: bool = True
    ) -> None:
        """Print the table, each row's name first; `columns` where others head it. Below it, what it means."""
        table = Table("", *(columns or self.columns), title=title, title_justify="left")
        for column in table.columns[1:]:
            column.justify = "right"
        for row in rows:
            table.add_row(*(_text(cell) for cell in row))
        _OUT.print(table)
        if explain:
            self.explain()

    def explain(self) -> None:
        """Print what the rows and columns mean."""
        _OUT.print("\n".join(self._meanings()) + "\n", soft_wrap=True, markup=False)

    def keep(self, data: dict[str, Any]) -> Path:
        """Write `data`, and what it means, as JSON to the folder `bench` of the state folder, and say where."""
        target = Settings.read().home / "bench" / f"{self.name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(data | {"meaning": self.rows | self.columns}, indent=2) + "\n")
        _OUT.print(f"\n{target}")
        return target

    def _meanings(self) -> list[str]:
        width = 2 + max(map(len, [*self.rows, *self.columns]))
        lines = ["what each row means:", *(f"  {name:<{width}}{told}" for name, told in self.rows.items())]
        return [*lines, "what each column means:", *(f"  {name:<{width}}{told}" for name, told in self.columns.items())]


def say(text: str) -> None:
    """Tell the person who waits what is going on."""
    _OUT.print(text, style="dim", markup=False)


def end_on_signals() -> None:
    """Let Ctrl-C and SIGTERM unwind without a word, so that everything that was started is ended."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: sys.exit(128 + received))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
