"""Briefs dropped into the inbox, and a real daemon that is killed while it makes them.

    python -m adgen_pipeline_tests.inbox_drill --briefs 100 --bad 10 --kills 2

Half of them lie in one CSV, the others in files of their own. The kills come at even distances, the first while the
first ads are launched. Each takes the daemon alone; the last, as a power cut does, its code server and all runs too.
"""

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import yaml
from dagster import DagsterInstance, DagsterRun

from adgen_pipeline.defs.commissions import COMMISSION_TAG
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.recovery import ad_of
from adgen_pipeline.intake import open_inbox
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.lab import Lab, running_lab

_COMMAND = (sys.executable, "-m", "dagster._daemon", "run", "-m", "adgen_pipeline.definitions")
_PATIENCE = 1800.0  # seconds
_INSTANCE = """\
telemetry: {enabled: false}
run_queue: {max_concurrent_runs: 10, dequeue_interval_seconds: 1}
run_retries: {enabled: true, max_retries: 3, retry_on_asset_or_op_failure: false}
run_monitoring: {enabled: true, start_timeout_seconds: 20, cancel_timeout_seconds: 20, poll_interval_seconds: 2}
compute_logs: {module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}
"""
"""As our own dagster.yaml, but for the 180 s that it gives a run to begin: one that is killed before is waited for."""


@dataclass(frozen=True)
class Drill:
    """What came of it.

    `runs` are those that began an ad, `doubles` those that began one again, `retries` those that went on with one that
    was cut off; `jobs` stand in the ledger. `parsed` is for how many briefs the parser was asked, `asked` how often.
    """

    briefs: int
    kills: int
    runs: int
    jobs: int
    finished: int
    doubles: int
    retries: int
    reported: int
    parsed: int
    asked: int
    seconds: float

    def table(self) -> str:
        """For people."""
        return "\n".join(f"{name:10} {value:8.0f}" for name, value in vars(self).items())


class Daemon:
    """`dagster-daemon run` with its code server, in a session of its own; killed and started again."""

    def __init__(self, log: Path):
        self._log = log
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                _COMMAND, cwd=self._log.parent, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, *, everything: bool) -> None:
        (os.killpg if everything else os.kill)(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self) -> None:
        """As Ctrl-C does; what does not end by itself is killed, runs included."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def drill(briefs: int, bad: int, kills: int) -> Drill:
    """Drop `briefs`, `bad` of them bad, and kill the daemon so often on the way, at even distances."""
    with TemporaryDirectory() as folder, running_lab(scenes=(15.0,)) as lab:
        Path(folder, "dagster.yaml").write_text(_INSTANCE)
        environment = lab.environment() | {"ADGEN_HOME": f"{folder}/home", "DAGSTER_HOME": folder, "HOME": folder}
        with mock.patch.dict(os.environ, environment), open_instance() as instance:
            began = time.monotonic()
            _drop(briefs, bad)
            _make(instance, Path(folder, "log"), briefs - bad, kills)
            return _counted(instance, lab, briefs, kills, time.monotonic() - began)


def _drop(briefs: int, bad: int) -> None:
    """Each in words of its own; every bad one breaks a rule."""
    place, half = open_inbox(Settings.read()), briefs // 2
    ads = [
        {
            "prompt": f"Create an ad for the watch number {n}",
            "duration": 99 if n * bad // briefs > (n - 1) * bad // briefs else 15,
        }
        for n in range(1, briefs + 1)
    ]
    folder = Path(place.shown)
    with (folder / "spring.csv").open("w", newline="") as file:
        sheet = csv.DictWriter(file, ("prompt", "duration"))
        sheet.writeheader()
        sheet.writerows(ads[:half])
    for n, ad in enumerate(ads[half:]):
        write = yaml.safe_dump if n % 2 else json.dumps
        (folder / f"ad-{n:03d}.{'yaml' if n % 2 else 'json'}").write_text(write(ad))


def _make(instance: DagsterInstance, log: Path, ads: int, kills: int) -> None:
    daemon = Daemon(log)
    try:
        for kill in range(kills):
            enough = max(1, ads * kill // kills)
            _wait(lambda enough=enough: _wanted() >= 1 and len(_first_runs(instance)) >= enough, log)
            daemon.kill(everything=kill == kills - 1)
            daemon.start()
        _wait(lambda: len(_finished(instance)) >= ads and not open_inbox(Settings.read()).files(), log)
    finally:
        daemon.end()


def _wait(arrived: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not arrived():
        assert time.monotonic() < until, log.read_text()[-5000:]
        time.sleep(0.2)


def _wanted() -> int:
    with open_ledger(Settings.read()) as ledger:
        return sum(intake.ads for intake in ledger.intakes.newest(1000))


def _first_runs(instance: DagsterInstance) -> list[DagsterRun]:
    return [run for run in instance.get_runs() if ad_of(run) == run.run_id]


def _finished(instance: DagsterInstance) -> set[str]:
    return {ad_of(run) for run in instance.get_runs() if run.is_success}


def _counted(instance: DagsterInstance, lab: Lab, briefs: int, kills: int, seconds: float) -> Drill:
    first = Counter(run.tags[COMMISSION_TAG] for run in _first_runs(instance))
    with open_ledger(Settings.read()) as ledger:
        jobs = ledger.jobs(limit=10_000)
        problems = [each for intake in ledger.intakes.newest(1000) for each in intake.problems]
    reports = [json.loads(path.read_text()) for path in Path(Settings.read().inbox_place).glob("set_aside/*.json")]
    reported = sum(len(each["problems"]) for each in reports if "problems" in each)
    assert reported == len(problems)
    return Drill(
        briefs=briefs,
        kills=kills,
        runs=len(first),
        jobs=len(jobs),
        finished=len(_finished(instance)),
        doubles=sum(first.values()) - len(first),
        retries=len(instance.get_runs()) - sum(first.values()),
        reported=reported,
        parsed=len({call.body["prompt"] for call in lab.of("/parse")}),
        asked=len(lab.of("/parse")),
        seconds=seconds,
    )


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--briefs", type=int, default=100)
    parser.add_argument("--bad", type=int, default=10)
    parser.add_argument("--kills", type=int, default=2)
    given = parser.parse_args()
    print(drill(given.briefs, given.bad, given.kills).table())


if __name__ == "__main__":
    _main()
