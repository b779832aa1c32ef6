"""Trees of processes, seen from outside through /proc: who is in them, what for, and how they are ended. Linux only."""

import os
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_END_SECONDS = 20.0

KINDS = {
    "dagster_webserver": "webserver",
    "dagster._daemon": "daemon",
    "dagster_process daemon": "daemon",
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


def end_children() -> None:
    """End all that this process has started, without asking."""
    kill(process for pid, process in tree({os.getpid(): birth(os.getpid())}).items() if pid != os.getpid())


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


def memory(pid: int) -> int:
    """Bytes of memory, shared pages by the share of it (PSS)."""
    try:
        return int(line_of(f"/proc/{pid}/smaps_rollup", "Pss:").split()[1]) * 1024
    except (OSError, IndexError):
        return 0  # ended while we looked
