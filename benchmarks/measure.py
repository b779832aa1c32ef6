"""What the benchmarks share: the machine's line, a process tree's memory and CPU, a table, and JSON. Linux only."""

import json
import os
import platform
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.table import Table

from adgen_pipeline.settings import Settings

SAMPLE_SECONDS = 0.25
_OUT = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
_TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, Any]:
    """Print and return what the figures hold for; memory in GB of 10^9 bytes, load the average of the minute before."""
    processor = _line("/proc/cpuinfo", "model name").partition(":")[2].strip()
    memory = int(_line("/proc/meminfo", "MemTotal").split()[1]) * 1024
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


@dataclass(frozen=True)
class Usage:
    """What a process and all its descendants took.

    wall    seconds of the clock
    memory  peak of the whole tree in MB of 10^6 bytes, shared pages counted once (PSS), as seen four times a second
    cpu     seconds of CPU time, user and system; what a process spent after the last look at it is missed
    others  cores kept busy meanwhile by the rest of the machine, this looking included; much of it makes wall long
    """

    wall: float
    memory: float
    cpu: float
    others: float


class Watch:
    """Looks at the process `pid` and its descendants from outside, from entering to leaving the context."""

    def __init__(self, pid: int):
        self._born: dict[int, str] = {pid: _stat(pid)[19]}
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._started, self._busy = time.monotonic(), _busy_seconds()
        self._look()
        self._first = dict(self._last)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._wall = time.monotonic() - self._started
        self._over.set()
        self._thread.join()
        self._busy = _busy_seconds() - self._busy

    @property
    def usage(self) -> Usage:
        """Of the whole time, once it is over."""
        cpu = sum(self._last.values()) - sum(self._first.values())
        others = max(0.0, self._busy - cpu) / self._wall
        return Usage(round(self._wall, 2), round(self._peak / 1e6), round(cpu, 2), round(others, 2))

    def wait_for_all(self) -> None:
        """Wait until the last of the tree has ended, those that outlived their parent included."""
        while any(_is_alive(pid, born) for pid, born in self._born.items()):
            time.sleep(SAMPLE_SECONDS)

    def _look_on(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._look()
        self._look()

    def _look(self) -> None:
        memory = 0.0
        for pid, stat in _tree(self._born).items():
            self._born[pid] = stat[19]
            self._last[pid] = (int(stat[11]) + int(stat[12])) / _TICKS
            memory += _memory(pid)
        self._peak = max(self._peak, memory)


def adgen(*words: str, home: Path, settings: dict[str, str] | None = None) -> tuple[Usage, float]:
    """Run `adgen` in the state folder `home`; what it took, and when it began (seconds since 1970).

    Returns when all its processes are gone, the studio too. Ends the benchmark if the command fails.
    """
    began = time.time()
    command = [sys.executable, "-m", "adgen_pipeline.cli", *words]
    process = subprocess.Popen(command, env=environment(home, settings), stderr=subprocess.PIPE, text=True)
    with Watch(process.pid) as watch:
        _, told = process.communicate()
    watch.wait_for_all()
    if process.returncode:
        sys.exit(f"adgen {' '.join(words)} ended with {process.returncode}:\n{told}")
    return watch.usage, began


def environment(home: Path, settings: dict[str, str] | None = None) -> dict[str, str]:
    """This process's environment with a state folder of its own, and no Dagster instance but the one in it."""
    own = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    return own | {"ADGEN_HOME": str(home)} | (settings or {})


def report(title: str, columns: list[str], rows: list[list[Any]]) -> None:
    """Print the table."""
    table = Table(*columns, title=title, title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    _OUT.print(table)


def keep(name: str, data: dict[str, Any]) -> None:
    """Write `data` as JSON to the folder `bench` of the state folder, and say where."""
    target = Settings.read().home / "bench" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(data, indent=2) + "\n")
    _OUT.print(str(target))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _tree(roots: dict[int, str]) -> dict[int, list[str]]:
    """The living among `roots` (pid and time of birth) and all their descendants, with their `stat` fields."""
    stats = {int(entry.name): _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found = {pid for pid, stat in stats.items() if stat and roots.get(pid) == stat[19]}
    grown = True
    while grown:
        children = {pid for pid, stat in stats.items() if stat and int(stat[1]) in found} - found
        found |= children
        grown = bool(children)
    return {pid: stats[pid] for pid in found}


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on: [1] parent, [11] and [12] user and system ticks, [19] birth."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _is_alive(pid: int, born: str) -> bool:
    stat = _stat(pid)
    return bool(stat) and stat[19] == born and stat[0] != "Z"


def _memory(pid: int) -> int:
    try:
        return int(_line(f"/proc/{pid}/smaps_rollup", "Pss:").split()[1]) * 1024
    except (OSError, IndexError):
        return 0  # ended while we looked


def _busy_seconds() -> float:
    """CPU time that all of the machine has spent, but for idling and waiting for disks."""
    ticks = [int(word) for word in _line("/proc/stat", "cpu ").split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICKS


def _line(path: str, start: str) -> str:
    return next((line for line in Path(path).read_text().splitlines() if line.startswith(start)), "")
