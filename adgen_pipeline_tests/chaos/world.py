"""The world a schedule is played in: a folder, the services' process, and the callers' processes."""

import json
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.chaos import peers
from adgen_pipeline_tests.chaos.caller import Life, live
from adgen_pipeline_tests.chaos.invoice import Line, Tail
from adgen_pipeline_tests.chaos.schedules import Schedule
from adgen_pipeline_tests.chaos.server import serve
from adgen_pipeline_tests.ports import answers, free_port

_LOADED = ["adgen_pipeline_tests.chaos.server", "adgen_pipeline_tests.chaos.caller", "alembic.command"]
_KILLED = (-9, 255)
"""Exit codes of a killed process; 255: whoever started it was too busy to hear of its end."""

AWAY_SECONDS = 0.25
"""How long services whose process died stay away."""


@cache
def processes() -> ForkServerContext:
    """Starts real processes in milliseconds: each is forked from one that has loaded everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context


class Services:
    """The services' process: started again on its port whenever it died."""

    def __init__(self, folder: Path, schedules: Sequence[Schedule], stock: Path):
        self.folder = folder
        self.store = folder / "home" / "media"
        self.port = free_port()
        self.deaths = 0
        plan = {
            "honours_keys": schedules[0].honours_keys,
            "ads": {str(schedule.number): schedule.service_plan() for schedule in schedules},
            "store": str(self.store),
            "stock": str(stock),
        }
        (folder / "plan.json").write_text(json.dumps(plan))
        self._invoice, self._diary = Tail(folder / "invoice.jsonl"), Tail(folder / "diary.jsonl")
        self._process = self._start()
        self._back_at: float | None = None

    @property
    def url(self) -> str:
        """Where they are."""
        return f"http://127.0.0.1:{self.port}"

    def look_after(self) -> None:
        """Bring them back if they have been away long enough."""
        now = time.monotonic()
        if self._process.is_alive():
            return
        if self._back_at is None:
            self.deaths += 1
            self._back_at = now + AWAY_SECONDS
        elif now >= self._back_at:
            self._back_at = None
            self._process.close()
            self._process = self._start()

    def kill(self) -> None:
        """SIGKILL their process."""
        self._process.kill()
        self._process.join()

    def close(self) -> None:
        """End them for good."""
        self.kill()
        self._process.close()

    def invoice(self, number: int | None = None) -> list[Line]:
        """What they have charged (for the ad of this number)."""
        return _about(self._invoice.lines(), number)

    def diary(self, number: int | None = None) -> list[Line]:
        """What they have seen and done (for the ad of this number)."""
        return _about(self._diary.lines(), number)

    def _start(self) -> ForkServerProcess:
        process = processes().Process(target=serve, args=(self.folder, self.port))
        process.start()
        deadline = time.monotonic() + 20
        while not answers(self.port):
            if not process.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"the services did not start on port {self.port}")
            time.sleep(0.005)
        return process


def _about(lines: list[Line], number: int | None) -> list[Line]:
    return [line for line in lines if number is None or line["ad"] in ("", str(number))]


def wait_until_back(services: Services) -> None:
    """Until services whose process died, or is about to, have been brought back."""
    deaths, until = services.deaths, time.monotonic() + 20
    while services.deaths == deaths or not answers(services.port):
        services.look_after()
        if time.monotonic() > until:
            raise RuntimeError("the services did not die, or did not come back")
        time.sleep(0.01)


class Callers:
    """The processes that buy one schedule's ad, life by life."""

    def __init__(self, schedule: Schedule, services: Services, database_url: str | None):
        self._schedule = schedule
        self._services = services
        self.folder = services.folder / str(schedule.number)
        self.folder.mkdir()
        self.notes = self.folder / "points.jsonl"
        self.environment = environment(schedule, services, database_url)
        self.lives = self.kills = 0
        self._alive: list[tuple[ForkServerProcess, Path]] = []
        self._sessions: list[int] = []

    def ledger(self) -> Ledger:
        """The ledger they write, opened by us."""
        return open_books(self.environment)

    def start(self, max_cost: Decimal) -> None:
        """Start one life, or two at once where the schedule has rivals."""
        for _ in range(self._schedule.rivals):
            own = self._schedule.own_kills
            life = Life(
                number=self._schedule.number,
                job_id=self._schedule.job_id,
                outcome=self.folder / f"outcome-{self.lives}.json",
                notes=self.notes,
                environment=self.environment,
                max_cost=max_cost,
                fatal_point=own[self.lives] if self.lives < len(own) else 0,
                taken_out=self._schedule.taken_out,
            )
            process = processes().Process(target=live, args=(life,))
            process.start()
            assert process.pid is not None
            self.lives += 1
            self._alive.append((process, life.outcome))
            self._sessions.append(process.pid)

    def any_alive(self) -> bool:
        """Whether one of them is under way."""
        return any(process.is_alive() for process, _ in self._alive)

    def outcomes(self) -> list[dict[str, Any] | None]:
        """How each of them ended; None: killed."""
        found: list[dict[str, Any] | None] = []
        for process, outcome in self._alive:
            process.join()
            found.append(json.loads(outcome.read_text()) if outcome.exists() else None)
            if found[-1] is None and process.exitcode not in _KILLED:
                found[-1] = {"errors": [{"type": "Died", "message": f"exit code {process.exitcode}"}]}
            self.kills += found[-1] is None
            process.close()
        self._alive.clear()
        return found

    def kill(self) -> None:
        """End those that are under way: the lab is giving up on them."""
        for process, _ in self._alive:
            process.kill()

    def orphans(self) -> list[int]:
        """Processes they left behind."""
        return [pid for session in self._sessions for pid in peers.in_session(session)]


def environment(schedule: Schedule, services: Services, database_url: str | None) -> dict[str, str]:
    """The product's settings for this schedule."""
    found = {"ADGEN_HOME": str(services.folder / "home"), "ON_UNKNOWN": schedule.on_unknown}
    if database_url:
        found["DATABASE_URL"] = database_url
    if schedule.media_seconds:
        found["MEDIA_URL"] = f"{services.url}/store"
    for stage in STAGES:
        found[f"{stage.service.upper()}_URL"] = services.url
        found[f"{stage.service.upper()}_IDEMPOTENT"] = str(schedule.honours_keys)
    return found


def open_books(environment: Mapping[str, str]) -> Ledger:
    """The ledger that the product's settings in `environment` name."""
    known: dict[str, Any] = {"adgen_home": environment["ADGEN_HOME"], "database_url": environment.get("DATABASE_URL")}
    return open_ledger(Settings(**known))


def make_empty_ledger(template: Path) -> None:
    """An empty ledger to copy from: making one takes longer than playing a schedule's first call."""
    with tempfile.TemporaryDirectory(dir=template.parent) as folder:
        open_ledger(Settings(adgen_home=Path(folder), database_url=None)).close()
        Path(folder, "ledger.db").replace(template)


def fresh_home(folder: Path, template: Path) -> None:
    """A state folder in the new `folder`, with an empty ledger in it."""
    (folder / "home").mkdir(parents=True)
    shutil.copy(template, folder / "home" / "ledger.db")
