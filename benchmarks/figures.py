"""Ads that are to be made, and what each way of making them took."""

from dataclasses import dataclass
from statistics import median

from benchmarks.fakes import Fakes
from benchmarks.profiles import prompt_for

SLOTS = 4
"""Clips of an ad at once, everywhere: the product's default."""


PLAIN, PLAIN_COMMAND = "plain script, warm", "plain script, command"
WARM, COMMAND, LAUNCHED = "ours, warm", "ours, adgen make", "ours, GraphQL"
FLOOR_HERE, FLOOR_THERE = "floor, launched alike", "floor, Dagster alone"
SPAWN, FORKSERVER = "Dagster, spawn", "Dagster, forkserver"


@dataclass(frozen=True)
class Figures:
    """Several ads made in one way. Seconds; `inside` from RUN_START to RUN_SUCCESS, `whole` as one who waits sees it.

    queued  of the whole, until the queue let a launched run go: chance, as the queue looks once a second
    cpu     CPU seconds of one ad, all its processes together
    memory  peak of the same, shared pages counted once (MB of 10^6 bytes); of a launched ad what it adds
    events  written to Dagster's event log by one run
    others  cores kept busy meanwhile by all other programs
    """

    paths: list[float]
    inside: list[float] | None = None
    whole: list[float] | None = None
    queued: list[float] | None = None
    cpu: float | None = None
    memory: int | None = None
    events: int | None = None
    others: float | None = None

    @property
    def let_go(self) -> list[float] | None:
        """The whole but for the wait in the queue."""
        return [whole - queued for whole, queued in zip(self.whole or [], self.queued or [], strict=True)] or None

    def above(self, which: str) -> float | None:
        """Median of what `inside`, `whole` or `let_go` takes above the critical path of the same ad."""
        times = getattr(self, which)
        return round(median(t - path for t, path in zip(times, self.paths, strict=True)), 3) if times else None

    def figure(self, name: str) -> float | None:
        """A figure by its name: a field's (the median of several), `path`, `ratio`, or `above` and what is above it."""
        if name.startswith("above "):
            return self.above(name.removeprefix("above "))
        if name == "ratio":
            return self.ratio()
        found = self.paths if name == "path" else getattr(self, name)
        return median(found) if isinstance(found, list) else found

    def ratio(self) -> float | None:
        """Median of the whole over the critical path."""
        times = self.whole or self.inside
        return round(median(t / path for t, path in zip(times, self.paths, strict=True)), 3) if times else None


@dataclass(frozen=True)
class Task:
    """Ads of `scenes` scenes, made by the services of `fakes` with `slots` clips at once: `runs` of them, counted from
    `first`, and where `warm_up` one before to get warm."""

    fakes: Fakes
    scenes: int
    runs: int
    warm_up: bool = True
    slots: int = SLOTS
    first: int = 1

    @property
    def prompts(self) -> list[str]:
        """Of all ads, the one to get warm first."""
        numbers = range(self.first - self.warm_up, self.first + self.runs)
        return [prompt_for(number, self.scenes) for number in numbers]

    @property
    def paths(self) -> list[float]:
        """The critical paths of those that count."""
        return [self.path_of(prompt) for prompt in self.prompts[-self.runs :]]

    def path_of(self, prompt: str) -> float:
        """The critical path of one of them."""
        return self.fakes.profile.critical_path(prompt, self.slots)


@dataclass(frozen=True)
class Result:
    """The figures of one contender in one case."""

    profile: str
    database: str
    scenes: int
    contender: str
    figures: Figures
