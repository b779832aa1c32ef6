"""What trees of processes take: CPU, memory, and how busy the machine was meanwhile."""

import os
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self

from benchmarks.processes import Process, birth, busy_seconds, cpu_by_kind, is_alive, kinds_of, memory, tree

_SHORTEST_LOOK, _FULL = 0.2, 0.95
"""Seconds below which the kernel's ticks say little, and the share of all cores that counts as all."""


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
    before  the memory by kind of process at the first look (MB)
    """

    wall: float
    memory: float
    cpu: float
    others: float
    full: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    peak_at: dict[str, float] = field(default_factory=dict)
    before: dict[str, float] = field(default_factory=dict)


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
        self._before: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._peaks: dict[str, float] = defaultdict(float)
        self._peak_at: dict[str, float] = {}
        self._cores = _Cores()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._started, self._busy, self._looked = time.monotonic(), busy_seconds(), 0.0
        self._look()
        self._first, self._before = dict(self._last), {kind: round(peak / 1e6) for kind, peak in self._peaks.items()}
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
        return Usage(
            wall, whole, round(cpu, 2), round(others, 2), full, kinds, peaks, dict(self._peak_at), self._before
        )

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
            pages = memory(pid)
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
