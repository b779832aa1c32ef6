"""What a tree of processes takes, seen from outside through /proc: CPU, memory, by kind of process. Linux only."""

import os
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_TICKS = os.sysconf("SC_CLK_TCK")
_END_SECONDS = 20.0
_SHORTEST_LOOK, _FULL = 0.2, 0.95
"""Seconds below which the kernel's ticks say little, and the share of all cores that counts as all."""

KINDS = {
    "dagster_webserver": "webserver",
    "dagster._daemon": "daemon",
    "code-server start": "code server",
    "api grpc": "code server",
}
"""Dagster's own processes, by what their command says; those below a code server are `run`, all else `other`."""


@dataclass(frozen=True)
class Process:
    """One living process: `own` and `ended` are CPU seconds of itself and of its children that have ended."""

    pid: int
    parent: int
    born: str
    own: float
    ended: float


@dataclass(frozen=True)
class Usage:
    """What a process and all its descendants took.

    wall    seconds of the clock
    memory  peak of the whole tree in MB of 10^6 bytes, shared pages counted once (PSS), as seen at each look
    cpu     seconds of CPU time, user and system
    others  cores kept busy meanwhile by the rest of the machine, this looking included; much of it makes wall long
    full    share of the looks between which all cores were busy
    kinds   the CPU seconds by kind of process
    peaks   the peak memory by kind of process (MB), and when that was (seconds since 1970)
    """

    wall: float
    memory: float
    cpu: float
    others: float
    full: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    peak_at: dict[str, float] = field(default_factory=dict)


class Watch:
    """Looks at the trees below `roots` from outside, from entering to leaving the context.

    CPU is looked at every `every` seconds, memory every `memory_every`: summing up pages is work for the machine.
    """

    def __init__(self, *roots: int, every: float = 0.25, memory_every: float = 0.25):
        self._roots = {pid: birth(pid) for pid in roots}
        self._every, self._memory_every = every, memory_every
        self._known: dict[int, str] = dict(self._roots)
        self._seen: dict[int, Process] = {}
        self._kinds: dict[int, str] = {}
        self._gone: dict[str, float] = defaultdict(float)
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._peaks: dict[str, float] = defaultdict(float)
        self._peak_at: dict[str, float] = {}
        self._cores = _Cores()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._started, self._busy, self._looked = time.monotonic(), busy_seconds(), 0.0
        self._look()
        self._first = dict(self._last)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._wall = time.monotonic() - self._started
        self._over.set()
        self._thread.join()
        self._busy = busy_seconds() - self._busy

    @property
    def usage(self) -> Usage:
        """Of the whole time, once it is over."""
        kinds = {kind: round(spent - self._first.get(kind, 0.0), 2) for kind, spent in self._last.items()}
        cpu, peaks = sum(kinds.values()), {kind: float(round(peak / 1e6)) for kind, peak in self._peaks.items()}
        others = max(0.0, self._busy - cpu) / self._wall
        whole = peaks.pop("", 0.0)
        wall, full = round(self._wall, 2), round(self._cores.full, 2)
        return Usage(wall, whole, round(cpu, 2), round(others, 2), full, kinds, peaks, dict(self._peak_at))

    def wait_for_all(self) -> None:
        """Wait until the last of the trees has ended, those that outlived their parent included."""
        while any(is_alive(pid, born) for pid, born in self._known.items()):
            time.sleep(self._every)

    def _look_on(self) -> None:
        while not self._over.wait(self._every):
            self._look()
        self._look()

    def _look(self) -> None:
        found = tree(self._known)
        kinds = kinds_of(found)
        self._known.update({pid: process.born for pid, process in found.items()})
        self._remember_the_ended(found)
        self._seen, self._kinds = found, kinds
        spent = cpu_by_kind(found, kinds)
        self._last = {kind: spent[kind] + self._gone[kind] for kind in {*spent, *self._gone}}
        self._cores.look()
        if time.monotonic() - self._looked >= self._memory_every:
            self._looked = time.monotonic()
            self._weigh(kinds)

    def _remember_the_ended(self, found: dict[int, Process]) -> None:
        """What an ended process spent stands with its parent, unless that is none of the tree's."""
        for pid in self._seen.keys() - found.keys():
            process = self._seen[pid]
            if process.parent not in self._seen:
                self._gone[self._kinds[pid]] += process.own + process.ended

    def _weigh(self, kinds: dict[int, str]) -> None:
        weights: dict[str, float] = defaultdict(float)
        for pid, kind in kinds.items():
            pages = _memory(pid)
            weights[kind] += pages
            weights[""] += pages
        for kind, weight in weights.items():
            if weight > self._peaks[kind]:
                self._peaks[kind], self._peak_at[kind] = weight, time.time()


class _Cores:
    """Whether all cores were busy between one look and the next."""

    def __init__(self) -> None:
        self._at, self._busy = time.monotonic(), busy_seconds()
        self._looks = self._full = 0

    def look(self) -> None:
        at, busy = time.monotonic(), busy_seconds()
        if at - self._at >= _SHORTEST_LOOK:
            self._looks += 1
            self._full += (busy - self._busy) / (at - self._at) >= _FULL * (os.cpu_count() or 1)
            self._at, self._busy = at, busy

    @property
    def full(self) -> float:
        """The share of the looks in which they were."""
        return self._full / max(1, self._looks)


def tree(roots: dict[int, str]) -> dict[int, Process]:
    """The living among `roots` (pid and time of birth), and all their descendants."""
    numbers = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    living = {pid: process for pid in numbers if (process := _process(pid))}
    found = {pid for pid, process in living.items() if roots.get(pid) == process.born}
    grown = True
    while grown:
        children = {pid for pid, process in living.items() if process.parent in found} - found
        found |= children
        grown = bool(children)
    return {pid: living[pid] for pid in found}


def kinds_of(processes: dict[int, Process]) -> dict[int, str]:
    """What each process is for: see KINDS. A fork says what its parent says; it is a run, too."""
    said = {pid: _command(pid) for pid in processes}
    named = {pid: next((kind for words, kind in KINDS.items() if words in said[pid]), "other") for pid in processes}

    def kind(pid: int) -> str:
        above = processes[pid].parent
        forked = said.get(above) == said[pid]
        if named[pid] != "other" and not forked:
            return named[pid]
        while above in processes and named[above] == "other":
            above = processes[above].parent
        return "run" if named.get(above) == "code server" else named.get(above, "other")

    return {pid: kind(pid) for pid in processes}


def cpu_by_kind(processes: dict[int, Process], kinds: dict[int, str]) -> dict[str, float]:
    """CPU seconds so far, those of ended children with them: a code server's ended children were runs."""
    spent: dict[str, float] = defaultdict(float)
    for pid, process in processes.items():
        spent[kinds[pid]] += process.own
        spent["run" if kinds[pid] == "code server" else kinds[pid]] += process.ended
    return spent


def end_tree(process: "subprocess.Popen[str] | subprocess.Popen[bytes]", ask: int = signal.SIGTERM) -> None:
    """End the process and all its descendants: asked first, and after 20 s without asking."""
    if process.poll() is None:
        below = tree({process.pid: birth(process.pid)})
        process.send_signal(ask)
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        kill(below.values())
    process.wait()


def kill(processes: Iterable[Process]) -> None:
    """Kill those of the processes, and of their descendants, that still live."""
    for process in tree({one.pid: one.born for one in processes}).values():
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def birth(pid: int) -> str:
    """When the process was born, in the kernel's words; "" when it is gone."""
    process = _process(pid)
    return process.born if process else ""


def is_alive(pid: int, born: str) -> bool:
    """Whether the process `pid` that was born then still lives; a zombie does not."""
    stat = _stat(pid)
    return bool(stat) and stat[19] == born and stat[0] != "Z"


def busy_seconds() -> float:
    """CPU time that all of the machine has spent since it started, but for idling and waiting for disks."""
    ticks = [int(word) for word in line_of("/proc/stat", "cpu ").split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICKS


def line_of(path: str, start: str) -> str:
    """The first line of a file that begins so, or ""."""
    return next((line for line in Path(path).read_text().splitlines() if line.startswith(start)), "")


def _process(pid: int) -> Process | None:
    stat = _stat(pid)
    if not stat:
        return None
    own, ended = ((int(stat[at]) + int(stat[at + 1])) / _TICKS for at in (11, 13))
    return Process(pid, int(stat[1]), stat[19], own, ended)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on: [1] parent, [11] to [14] ticks, [19] birth."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _memory(pid: int) -> int:
    try:
        return int(line_of(f"/proc/{pid}/smaps_rollup", "Pss:").split()[1]) * 1024
    except (OSError, IndexError):
        return 0  # ended while we looked
