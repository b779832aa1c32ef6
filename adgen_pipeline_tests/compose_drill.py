"""deploy/docker/compose.yaml without Docker: its own commands, as processes of this machine, make an ad.

    python -m adgen_pipeline_tests.compose_drill                  a draft by the studio, with the code server killed
    python -m adgen_pipeline_tests.compose_drill --json drill.json

Each service gets what the file gives it and nothing else: its command, its environment with the variables filled in, a
loopback address of its own in place of its name and of 0.0.0.0, folders of a temporary one in place of its mounts. They
are started when what they wait for is well by the file's own health checks. Postgres is the tests' own.

Not tried by this: the image, users, capabilities, read-only roots, limits, networks and what Docker does with them.
Needs Linux, where all of 127.0.0.0/8 is this machine.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from adgen_pipeline_tests.deploy.compose import FOLDER, SECRETS, Service, services
from adgen_pipeline_tests.postgres import new_database, running_postgres

BRIEF = {"prompt": "Create a 15 second ad for a luxury watch in gold", "duration": 15, "draft": True}
_PROGRAMS = {
    "adgen": (sys.executable, "-m", "adgen_pipeline.cli"),
    "dagster": (sys.executable, "-m", "dagster"),
    "dagster-daemon": (sys.executable, "-m", "dagster._daemon"),
    "python": (sys.executable,),
}
_PATIENCE_SECONDS, _CHECK_SECONDS = 300.0, 60.0
_CLIPS_PERCENT = 35
"""What the progress shows when all keyframes are there and the clips begin."""


@dataclass
class Drill:
    """What came of it: seconds until each service was well, and until the ad was; `killed`: the code server was."""

    well: dict[str, float] = field(default_factory=dict)
    ad_seconds: float = 0.0
    status: str = ""
    killed: bool = False
    runs: int = 0
    cost: float = 0.0
    bytes: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def table(self) -> str:
        """For people."""
        lines = [f"{name:10} well after {seconds:6.1f} s" for name, seconds in self.well.items()]
        lines += [f"{what:44} answered {code}" for what, code in self.refused.items()]
        ad = f"the ad: {self.status} after {self.ad_seconds:.1f} s, {self.bytes:,} bytes, ${self.cost:.2f}"
        return "\n".join([*lines, ad, f"code server killed on the way: {self.killed}; runs of the ad: {self.runs}"])


class Place:
    """Where the containers' addresses, names and folders are on this machine."""

    def __init__(self, folder: Path, known: Mapping[str, Service], database: str):
        self._folder, self._database = folder, database
        net = f"127.{10 + os.getpid() % 200}.{os.getpid() // 200 % 250}"
        self.addresses = {name: f"{net}.{number}" for number, name in enumerate(known, 10)}
        (folder / "state").mkdir()
        workspace = self._renamed((FOLDER / "workspace.yaml").read_text(), "host: ")
        (folder / "workspace.yaml").write_text(workspace)

    def here(self, service: Service, words: tuple[str, ...]) -> list[str]:
        """A command as it is run here."""
        first, *rest = words
        if first == "env":
            name, *rest = rest
            return ["env", name, *self.here(service, tuple(rest))]
        if first == "sh":
            script = re.sub(r"\badgen\b", " ".join(_PROGRAMS["adgen"]), rest[-1])
            return ["sh", *rest[:-1], script]
        return [*_PROGRAMS[first], *(self._word(service, word) for word in rest)]

    def environment(self, service: Service) -> dict[str, str]:
        """What it finds in its environment, and what any process here needs."""
        ours = {"ADGEN_HOME": "/var/lib/adgen", "HOME": "/var/lib/adgen", "PYTHONUNBUFFERED": "1"}
        known = {name: self._word(service, value) for name, value in (ours | dict(service.environment)).items()}
        known = {name: self.addresses.get(value, value) for name, value in known.items()}
        if "DATABASE_URL" in known:
            known["DATABASE_URL"] = self._database
        return {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)} | known

    def _word(self, service: Service, word: str) -> str:
        own = self.addresses[service.name]
        word = word.replace("0.0.0.0", own).replace("127.0.0.1", own)
        word = word.replace("/var/lib/adgen", str(self._folder / "state")).replace("/etc/adgen", str(self._folder))
        return self._renamed(word, "//")

    def _renamed(self, text: str, before: str) -> str:
        """With addresses for the names that stand after `before`."""
        names = "|".join(self.addresses)
        return re.sub(rf"{before}({names})\b", lambda found: before + self.addresses[found[1]], text)


class Containers:
    """The services as processes, each with its children in a session of its own and with a log."""

    def __init__(self, known: Mapping[str, Service], place: Place, logs: Path):
        self._known, self._place, self._logs = known, place, logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.well: dict[str, float] = {}

    def start_all(self) -> None:
        """In the order that the file asks for."""
        for name in _in_order(self._known):
            began = time.monotonic()
            self.start(name)
            self.well[name] = time.monotonic() - began
            print(f"{name} is well after {self.well[name]:.1f} s", file=sys.stderr)

    def start(self, name: str) -> None:
        """Start it, and wait until it is well, or has done what it does once."""
        service = self._known[name]
        command, known = self._place.here(service, service.command), self._place.environment(service)
        with self._log(name).open("ab") as log:
            started = subprocess.Popen(
                command, cwd=self._logs, env=known, stdout=log, stderr=log, start_new_session=True
            )
        self._running[name] = started
        once = service.told["restart"] == "no"
        _wait(lambda: started.poll() == 0 if once else self._is_well(service), lambda: self._broken(name, once))

    def kill(self, name: str) -> None:
        """It and all its children, as when a container runs out of memory."""
        process = self._running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """As `docker compose down` does: told to end, and killed if they do not."""
        for process in reversed(self._running.values()):
            process.terminate()
        until = time.monotonic() + 10
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
        for name in self._running:
            self.kill(name)

    def _is_well(self, service: Service) -> bool:
        command = self._place.here(service, service.healthcheck[1:])
        known = self._place.environment(service)
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(command, env=known, capture_output=True, timeout=_CHECK_SECONDS, check=False)
            return done.returncode == 0
        return False

    def _broken(self, name: str, once: bool) -> str | None:
        code = self._running[name].poll()
        ended = code is not None and not (once and code == 0)
        return f"{name} ended with {code}:\n{self._log(name).read_text()[-3000:]}" if ended else None

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"


def drill(*, kill: bool = True) -> Drill:
    """Start what compose.yaml starts, make one ad through the API, `kill` the code server while it makes its clips."""
    known = {name: one for name, one in services(SECRETS).items() if name != "postgres"}
    with TemporaryDirectory(prefix="adgen-compose-") as folder, running_postgres() as postgres:
        place = Place(Path(folder), known, new_database(postgres))
        containers = Containers(known, place, Path(folder))
        with _ending(containers), httpx.Client(timeout=30, trust_env=False) as http:
            containers.start_all()
            came = Drill(well=containers.well, refused=_refusals(http, place))
            _make_one(http, place, containers if kill else None, came)
            return came


@contextmanager
def _ending(containers: Containers) -> Iterator[None]:
    try:
        yield
    finally:
        containers.end()


def _refusals(http: httpx.Client, place: Place) -> dict[str, int]:
    """What nobody may do, asked of what would be published."""
    ui, api = f"http://{place.addresses['ui']}:3000", f"http://{place.addresses['api']}:8000"
    ask, run = {"query": "{ version }"}, {"query": "mutation { launchRun { __typename } }"}
    token = {"Authorization": f"Bearer {SECRETS['UI_TOKEN']}"}
    return {
        "the UI's GraphQL without a token": http.post(f"{ui}/graphql", json=ask).status_code,
        "the same with it": http.post(f"{ui}/graphql", json=ask, headers=token).status_code,
        "the UI by a name that is not its own": http.get(ui, headers=token | {"Host": "evil.example"}).status_code,
        "a mutation by GET": http.get(f"{ui}/graphql", params=run, headers=token).status_code,
        "an ad of the API's without a token": http.post(f"{api}/api/v1/generate-ad", json=BRIEF).status_code,
    }


def _make_one(http: httpx.Client, place: Place, killing: Containers | None, came: Drill) -> None:
    api, began = f"http://{place.addresses['api']}:8000/api/v1", time.monotonic()
    http.headers["Authorization"] = f"Bearer {SECRETS['API_TOKENS']}"
    job_id = http.post(f"{api}/generate-ad", json=BRIEF).raise_for_status().json()["job_id"]

    def job() -> dict[str, Any]:
        found: dict[str, Any] = http.get(f"{api}/jobs/{job_id}").raise_for_status().json()
        return found

    if killing:
        _wait(lambda: job()["progress"]["percentage"] >= _CLIPS_PERCENT, lambda: _failed(job()))
        killing.kill("code")
        killing.start("code")
        came.killed = True
    _wait(lambda: job()["status"] == "completed", lambda: _failed(job()))
    came.ad_seconds, came.status = time.monotonic() - began, job()["status"]
    came.cost, came.runs = job()["cost"]["total"], _runs_of(http, place, job_id)
    video = httpx.URL(job()["result"]["video_url"]).copy_with(host=place.addresses["api"])
    came.bytes = len(http.get(video).raise_for_status().content)


def _failed(job: dict[str, Any]) -> str | None:
    return json.dumps(job["error"]) if job["status"] in ("failed", "cancelled") else None


def _runs_of(http: httpx.Client, place: Place, job_id: str) -> int:
    """How many runs the ad took, by the guarded UI."""
    ask = "{ runsOrError { ... on Runs { results { runId rootRunId tags { key value } } } } }"
    token = {"Authorization": f"Bearer {SECRETS['UI_TOKEN']}"}
    found = http.post(f"http://{place.addresses['ui']}:3000/graphql", json={"query": ask}, headers=token)
    runs = found.raise_for_status().json()["data"]["runsOrError"]["results"]
    return sum(job_id in (run["runId"], run["rootRunId"], *(tag["value"] for tag in run["tags"])) for run in runs)


def _in_order(known: Mapping[str, Service]) -> list[str]:
    """Each after those it waits for."""
    order: list[str] = []
    while len(order) < len(known):
        order += [n for n, one in known.items() if n not in order and not set(one.waits_for) & set(known) - set(order)]
    return order


def _wait(arrived: Any, broken: Any) -> None:
    """Until `arrived()`; fails with what `broken()` says, or when it takes too long."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not arrived():
        told = broken()
        assert told is None, told
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.5)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-kill", action="store_true", help="leave the code server alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    given = parser.parse_args()
    came = drill(kill=not given.no_kill)
    print(came.table())
    if given.json:
        given.json.write_text(json.dumps(asdict(came), indent=2) + "\n")


if __name__ == "__main__":
    _main()
