"""`python -m adgen_pipeline_tests.soak --help`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import httpx

from adgen_pipeline.deployment.parts import Place
from adgen_pipeline.deployment.running import prepare
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests import soak
from adgen_pipeline_tests.chaos.world import Services, environment
from adgen_pipeline_tests.ports import free_port
from adgen_pipeline_tests.soak.deployment import Database, Deployment, database
from adgen_pipeline_tests.soak.fate import fate
from adgen_pipeline_tests.soak.judging import Verdict, figures, judge
from adgen_pipeline_tests.soak.plotting import plot
from adgen_pipeline_tests.soak.sampling import Sample, Sampler

_OVER = ("completed", "failed", "cancelled")
_PATIENCE_SECONDS = 600.0
_TOKEN = "a-token-of-the-drill-long-enough"


class Soak:
    """One soak over a deployment that stands."""

    def __init__(self, services: Services, deployment: Deployment, postgres: Database, url: str, ads: int):
        self._services, self._deployment, self._postgres = services, deployment, postgres
        self._http = httpx.Client(
            base_url=url, timeout=60, trust_env=False, headers={"Authorization": f"Bearer {_TOKEN}"}
        )
        self._schedules = _schedules(ads)
        self.jobs: dict[int, str] = {}
        self.events: dict[str, float] = {}
        self._began = time.monotonic()
        self._left: set[int] = set()

    def run(self, minutes: float) -> list[Sample]:
        """Ask for all ads at even distances, break things on the way, and wait until every ad is over."""
        every = 60 * minutes / len(self._schedules)
        breakages = self._breakages()
        with Sampler(self._deployment, self._postgres, lambda: len(self._left)) as sampler:
            for number in self._schedules:
                self._create(number)
                for what in [what for what, at in breakages.items() if number >= at]:
                    del breakages[what]
                    self._break(what)
                self._look_until(self._began + number * every)
            self._look_until(time.monotonic() + _PATIENCE_SECONDS, until_over=True)
        return sampler.samples

    def verdicts(self) -> list[Verdict]:
        """What became of each ad."""
        with open_ledger(Settings.read()) as ledger:
            return [
                judge(self._schedules[number], self._job(job_id), self._services, ledger)
                for number, job_id in self.jobs.items()
            ]

    def _breakages(self) -> dict[str, int]:
        """What is broken, and at the how-many-th ad."""
        ads = len(self._schedules)
        return {"daemon killed": ads // 4, "a run killed": ads // 2, "database restarted": 3 * ads // 4}

    def _break(self, what: str) -> None:
        steps: dict[str, Callable[[], Any]] = {
            "daemon killed": lambda: self._deployment.restart("Daemon"),
            "a run killed": self._kill_a_run,
            "database restarted": self._postgres.restart,
        }
        self.events[what] = time.monotonic() - self._began
        print(f"{self.events[what]:6.0f} s  {what}, {len(self._left)} ads under way", flush=True)
        steps[what]()

    def _kill_a_run(self) -> None:
        until = time.monotonic() + 30
        while self._deployment.kill_a_run() is None:
            assert time.monotonic() < until, "no run was under way"
            time.sleep(0.1)

    def _create(self, number: int) -> None:
        brief = {"prompt": f"Create a luxury watch ad, schedule {number}", "duration": 15}
        until = time.monotonic() + 120
        while True:
            try:
                answer = self._http.post(
                    "/api/v1/generate-ad", json=brief, headers={"Idempotency-Key": f"soak-{number}"}
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code in (200, 201):
                break
            assert time.monotonic() < until, answer and answer.text
            time.sleep(1)
        self.jobs[number] = answer.json()["job_id"]
        self._left.add(number)

    def _look_until(self, until: float, *, until_over: bool = False) -> None:
        while time.monotonic() < until and not (until_over and not self._left):
            for number in sorted(self._left):
                if self._status(number) in _OVER:
                    self._left.discard(number)
            time.sleep(min(2.0, max(0.05, until - time.monotonic())))

    def _status(self, number: int) -> str | None:
        try:
            answer = self._http.get(f"/api/v1/jobs/{self.jobs[number]}")
        except httpx.TransportError:
            return None
        return str(answer.json()["status"]) if answer.status_code == 200 else None

    def _job(self, job_id: str) -> dict[str, Any]:
        return dict(self._http.get(f"/api/v1/jobs/{job_id}").raise_for_status().json())


def main() -> None:
    """Soak, print, keep; exit code 1 where an ad or the money is not as it must be."""
    options = _options()
    options.into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="adgen-soak-") as name, database() as postgres:
        schedules = _schedules(options.ads, options.share)
        services = Services(_made(Path(name, "services")), list(schedules.values()), Path(name, "stock"))
        try:
            with mock.patch.dict(os.environ, _settings(Path(name), services, postgres)):
                found = _soaked(options, Path(name), services, postgres)
        finally:
            services.close()
    sys.exit(1 if found["wrong"] else 0)


def _soaked(options: argparse.Namespace, folder: Path, services: Services, postgres: Database) -> dict[str, Any]:
    place = Place("127.0.0.1", free_port(), free_port(), _TOKEN, _made(folder / "place"))
    home, _ = prepare()
    doors = {"DAGSTER_URL": place.ui_url, "UI_TOKEN": _TOKEN, "API_TOKENS": _TOKEN, "DAGSTER_HOME": str(home)}
    with mock.patch.dict(os.environ, doors):
        deployment = Deployment(place, _made(folder / "logs"))
        try:
            soaking = Soak(services, deployment, postgres, place.api_url, options.ads)
            samples = soaking.run(options.minutes)
            verdicts = soaking.verdicts()
            size = postgres.ask("SELECT pg_database_size(current_database())")
        finally:
            deployment.close()
    found = figures(verdicts) | {"database, MB": round(size / 1e6, 1)} | _drift(samples)
    for name, value in found.items():
        print(f"{name:34} {value}")
    for verdict in verdicts:
        for wrong in verdict.wrong:
            print(f"ad {verdict.number}: {wrong}")
    known = {"figures": found, "events": soaking.events, "samples": [asdict(sample) for sample in samples]}
    (options.into / "soak.json").write_text(json.dumps(known, indent=1))
    plot(samples, soaking.events, options.into / "soak.png")
    print(f"Samples and picture: {options.into}")
    return found


def _drift(samples: list[Sample]) -> dict[str, Any]:
    """The second and the last fifth of the time held against each other: what grows, leaks. The first is warming up."""
    fifth = max(1, len(samples) // 5)
    early, late = samples[fifth : 2 * fifth], samples[-fifth:]
    found: dict[str, Any] = {}
    for part in sorted({part for sample in samples for part in sample.memory} - {"Runs"}):
        before, after = (mean(sample.memory.get(part, 0.0) for sample in group) for group in (early, late))
        found[f"{part}, MB early / late"] = f"{before:.0f} / {after:.0f}"
    before, after = (mean(sample.connections or 0 for sample in group) for group in (early, late))
    found["connections early / late / most"] = (
        f"{before:.1f} / {after:.1f} / {max(s.connections or 0 for s in samples)}"
    )
    return found


def _schedules(ads: int, share: float = 0.05) -> dict[int, Any]:
    return {number: fate(number, share) for number in range(1, ads + 1)}


def _settings(folder: Path, services: Services, postgres: Database) -> dict[str, str]:
    known = environment(fate(1, 0.0), services, postgres.url)
    return known | {"ADGEN_HOME": str(folder / "home"), "API_CREATES_PER_MINUTE": "1000", "HOME": str(folder)}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=soak.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ads", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=30, help="over which the ads are asked for")
    parser.add_argument("--share", type=float, default=0.05, help="of all calls that fail (default %(default)s)")
    parser.add_argument("--into", type=Path, default=Path(".adgen/soak"), help="folder of the JSON and the picture")
    return parser.parse_args()


if __name__ == "__main__":
    main()
