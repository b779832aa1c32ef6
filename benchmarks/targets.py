"""What the overhead is held against: our own aims, judged from the figures of one run of the benchmark."""

from benchmarks.figures import (
    COMMAND,
    FLOOR_HERE,
    FLOOR_THERE,
    FORKSERVER,
    LAUNCHED,
    PLAIN_COMMAND,
    SPAWN,
    WARM,
    Result,
)
from benchmarks.measure import Explained
from benchmarks.profiles import REAL_LIFE, SHORT

TARGETS = Explained(
    "targets",
    "",
    rows={
        "inside, SQLite": "seconds of a launched run above the critical path, four scenes, short profile",
        "inside, Postgres": "the same with Dagster's storage and the ledger on Postgres",
        "launch above floor, wall": "launch to success but for the queue, ours less the floor's (s), SQLite",
        "launch above floor, CPU": "CPU seconds of the deployment for one ad less those for the floor",
        "floor": "what the floor launched alike takes above its sleep, but for the queue (s): a process that starts",
        "floor over Dagster's": "the same over that of the floor that knows only Dagster",
        "against plain script": "`adgen make` over the plain script as a command, real-life profile, four scenes",
        "against Dagster": "overhead of the better of Dagster's two over ours, inside the run, warm",
    },
    columns={"measured": "in this very run", "target": "what it is held against"},
)


def held_against_targets(results: list[Result]) -> dict[str, tuple[float | None, str]]:
    """Each figure that has a target, with that target in words; None where it was not measured."""
    found = {(r.profile, r.database, r.contender): r.figures for r in reversed(results)}

    def of(contender: str, which: str, database: str = "SQLite", profile: str = SHORT.name) -> float | None:
        figures = found.get((profile, database, contender))
        return figures.figure(which) if figures else None

    floor, own = of(FLOOR_HERE, "above let_go"), of(FLOOR_THERE, "above let_go")
    theirs = [above for name in (SPAWN, FORKSERVER) if (above := of(name, "above inside"))]
    make = (of(way, "whole", profile=REAL_LIFE.name) for way in (COMMAND, PLAIN_COMMAND))
    return {
        "inside, SQLite": (of(LAUNCHED, "above inside"), "at most 0.6"),
        "inside, Postgres": (of(LAUNCHED, "above inside", "Postgres"), "at most 1.0"),
        "launch above floor, wall": (_less(of(LAUNCHED, "above let_go"), floor), "at most 1.0"),
        "launch above floor, CPU": (_less(of(LAUNCHED, "cpu"), of(FLOOR_HERE, "cpu")), "at most 1.2"),
        "floor": (floor, ""),
        "floor over Dagster's": (_over(floor, own), "0.5, if it can be had"),
        "against plain script": (_over(*make), "at most 1.04"),
        "against Dagster": (_over(min(theirs, default=None), of(WARM, "above inside")), "at least 10"),
    }


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one - other, 2)


def _over(one: float | None, other: float | None) -> float | None:
    return round(one / other, 3) if one is not None and other else None
