"""How the figures are held against their targets."""

from benchmarks.figures import (
    COMMAND,
    FLOOR_HERE,
    FLOOR_THERE,
    FORKSERVER,
    LAUNCHED,
    PLAIN_COMMAND,
    SPAWN,
    WARM,
    Figures,
    Result,
)
from benchmarks.targets import held_against_targets


def test_figures_are_held_against_their_targets() -> None:
    """By median, each ad against its own critical path; the wait in the queue, and Dagster's slower way, left out."""

    def result(profile: str, contender: str, **figures: list[float]) -> Result:
        paths = [6.0, 8.0, 10.0]
        return Result(profile, "SQLite", 4, contender, Figures(paths, **figures))

    verdict = held_against_targets(
        [
            result("short", LAUNCHED, inside=[6.5, 8.25, 11.0], whole=[9.0, 12.0, 13.0], queued=[0.0, 1.0, 0.5]),
            result("short", FLOOR_HERE, inside=[6.5, 8.5, 10.5], whole=[8.0, 9.0, 12.0], queued=[1.0, 0.0, 1.0]),
            result("short", FLOOR_THERE, whole=[9.0, 11.0, 13.0], queued=[1.0, 1.0, 1.0]),
            result("short", WARM, inside=[6.5, 8.5, 10.5]),
            result("short", SPAWN, inside=[50.0, 50.0, 50.0]),
            result("short", FORKSERVER, inside=[26.0, 28.0, 30.0]),
            result("real-life", COMMAND, whole=[103.0, 103.0, 103.0]),
            result("real-life", PLAIN_COMMAND, whole=[100.0, 100.0, 100.0]),
        ]
    )
    measured = {name: figure for name, (figure, _) in verdict.items() if figure is not None}
    assert measured == {
        "inside, SQLite": 0.5,
        "launch above floor, wall": 2.0,
        "floor": 1.0,
        "floor over Dagster's": 0.5,
        "against plain script": 1.03,
        "against Dagster": 40.0,
    }
