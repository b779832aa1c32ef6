"""Plays many schedules, a few at a time, each in a folder of its own."""

import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from adgen_pipeline_tests.chaos.person import Played
from adgen_pipeline_tests.chaos.play import play
from adgen_pipeline_tests.chaos.schedules import SCENES, Schedule, calm
from adgen_pipeline_tests.chaos.world import make_empty_ledger, processes
from adgen_pipeline_tests.postgres import new_database, running_postgres

FAULT_FREE = 1_000_000
"""Numbers from here on are played to see what the ads look like when nothing goes wrong."""


class Lanes:
    """Plays schedules `width` at a time below `folder`, which must be new."""

    def __init__(self, folder: Path, width: int):
        self.folder = folder
        self._pool = ThreadPoolExecutor(width)
        self._stack = ExitStack()
        self._postgres: Any = None
        self._wanted: dict[tuple[float, ...], Any] = {}
        folder.mkdir(parents=True, exist_ok=True)
        processes()
        make_empty_ledger(folder / "empty.db")

    def close(self) -> None:
        """Let go of all."""
        self._pool.shutdown(cancel_futures=True)
        self._stack.close()

    def play(self, schedules: Sequence[Schedule], tell: Callable[[Played], None] = lambda played: None) -> list[Played]:
        """Play them all; `tell` hears of each that is over. In the schedules' order."""
        wanted = {scenes: self.wanted(scenes) for scenes in {schedule.scenes for schedule in schedules}}
        if any(schedule.postgres for schedule in schedules):
            self._need_postgres()
        futures = {self._pool.submit(self._play, s, wanted[s.scenes]): n for n, s in enumerate(schedules)}
        found: dict[int, Played] = {}
        for future in as_completed(futures):
            found[futures[future]] = future.result()
            tell(future.result())
        return [found[n] for n in range(len(schedules))]

    def wanted(self, scenes: tuple[float, ...]) -> dict[str, Any]:
        """What an ad of these scenes consists of when nothing goes wrong."""
        if scenes not in self._wanted:
            number = FAULT_FREE + (SCENES.index(scenes) if scenes in SCENES else len(SCENES))
            played = self._pool.submit(self._play, calm(number, scenes), None).result()
            if played.violations or played.made is None:
                raise RuntimeError(f"an ad without any fault was not made: {played.end} {played.story}")
            self._wanted[scenes] = played.made
        return self._wanted[scenes]

    def _play(self, schedule: Schedule, wanted: Any) -> Played:
        folder = self.folder / f"{schedule.number}-{uuid4().hex[:6]}"
        try:
            return play(schedule, folder, wanted, new_database(self._postgres) if schedule.postgres else None)
        except Exception:
            return Played(schedule, end="lab broke", violations=[traceback.format_exc(limit=-4)])
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _need_postgres(self) -> None:
        if self._postgres is None:
            self._postgres = self._stack.enter_context(running_postgres())


@contextmanager
def lanes(width: int = 2) -> Iterator[Lanes]:
    """Lanes in a folder that is gone afterwards."""
    below = tempfile.TemporaryDirectory(prefix="fault-lab-", ignore_cleanup_errors=True)
    with below as folder, closing(Lanes(Path(folder), width)) as opened:
        yield opened
