"""A host's life in a temporary folder: `python -m adgen_pipeline_tests.host_drill [--json FILE]`, some five minutes.

deploy/host/adgen-host installs a release, updates it to a good one, and to ones that are not: one whose code cannot
be loaded, one that starts and says it is unhealthy, and one that changes the tables before it does, so that the back-up
is restored. The processes of the units are real, started by a stand-in for systemctl; the services are the lab. After
each step an ad that was made and paid for before is asked for again, and the ledger's calls are counted. Not run here:
systemd itself, its confinement, and the making of a user.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
from rich.console import Console
from rich.table import Table

from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline_tests.lab import running_lab
from adgen_pipeline_tests.ports import free_port

CHECKOUT = Path(__file__).parents[1]
SCRIPT = CHECKOUT / "deploy" / "host" / "adgen-host"
LIBRARIES = sysconfig.get_paths()["purelib"]
BRIEF = {"prompt": "Create an ad for a luxury watch", "duration": 15}
_SECONDS = 180


@dataclass(frozen=True)
class Step:
    """What was done, its exit code, and what was found after it: `runs` is the current release."""

    done: str
    seconds: float
    code: int
    runs: str
    healthy: bool
    calls: int
    cost: float
    said: str


class Host:
    """A host whose folders are all below `folder`, with the services at `services` (settings)."""

    def __init__(self, folder: Path, services: dict[str, str]):
        self.folder, self.steps = folder, list[Step]()
        self.job: str | None = None
        self.ports = {"UI_PORT": free_port(), "API_PORT": free_port()}
        self.api = f"http://127.0.0.1:{self.ports['API_PORT']}"
        self._services = services
        self.environment = self._environment()

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`adgen-host` with `words`."""
        command = ["bash", str(SCRIPT), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=1200)

    def step(self, done: str, *words: str, then: Callable[[], object] = lambda: None) -> Step:
        """One command, and what is found after it."""
        started = time.monotonic()
        ended = self.run(*words)
        seconds = time.monotonic() - started
        then()
        calls, cost = self.bought()
        said = (ended.stdout + ended.stderr).strip()
        step = Step(done, round(seconds, 1), ended.returncode, self.current(), self.healthy(), calls, cost, said)
        self.steps.append(step)
        return step

    def releases(self) -> list[Path]:
        """All that are kept, the oldest first."""
        return sorted((self.folder / "opt" / "releases").iterdir(), key=lambda release: release.stat().st_mtime)

    def current(self) -> str:
        """The name of the release that runs."""
        return (self.folder / "opt" / "current").resolve().name

    def healthy(self) -> bool:
        """By the API's own word."""
        try:
            return httpx.get(f"{self.api}/health", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def bought(self) -> tuple[int, float]:
        """Calls ever claimed, and what the ad has cost (USD); 0 before there is one."""
        if self.job is None:
            return 0, 0.0
        told = httpx.get(f"{self.api}/api/v1/jobs/{self.job}", headers=self.token(), trust_env=False).json()
        known = self.environment | {"ADGEN_HOME": str(self.folder / "state"), "PYTHONPATH": f"{CHECKOUT}:{LIBRARIES}"}
        words = [sys.executable, "-m", "adgen_pipeline.deployment.bookmark"]
        mark = subprocess.run(words, env=known, cwd=self.folder, capture_output=True, text=True, check=True).stdout
        marks = dict(word.split("=") for word in mark.split()[1:])
        return int(marks["calls"].partition("/")[0]), told["cost"]["total"]

    def make_an_ad(self) -> None:
        """By REST, as a front end does; returns when it is finished."""
        http = httpx.Client(base_url=self.api, headers=self.token(), trust_env=False, timeout=30)
        with http:
            answer = http.post("/api/v1/generate-ad", json=BRIEF).raise_for_status().json()
            self.job = answer["job_id"]
            until = time.monotonic() + _SECONDS
            while (status := http.get(f"/api/v1/jobs/{self.job}").json()["status"]) != "completed":
                assert status in ("queued", "processing") and time.monotonic() < until, self.logs()
                time.sleep(0.2)

    def token(self) -> dict[str, str]:
        """What the installation has made for the API."""
        lines = (self.folder / "etc" / "env").read_text().splitlines()
        token = next(line.partition("=")[2] for line in lines if line.startswith("API_TOKENS="))
        return {"Authorization": f"Bearer {token}"}

    def logs(self) -> str:
        """The ends of all parts' logs."""
        return "\n".join(f"{log.name}: {log.read_text()[-2000:]}" for log in (self.folder / "units").glob("*.log"))

    def settle(self) -> None:
        """Settings that the administrator of this host adds before the first start."""
        made = (SCRIPT.parent / "env.template").read_text()
        for name, port in self.ports.items():
            made = made.replace(f"{name}={'3000' if name == 'UI_PORT' else '8000'}", f"{name}={port}")
        made = made.replace(":3000", f":{self.ports['UI_PORT']}").replace(":8000", f":{self.ports['API_PORT']}")
        made = made.replace("@SECRET@", "a-token-of-this-drill-alone").replace("DRAIN_SECONDS=300", "DRAIN_SECONDS=20")
        more = self._services | {"PYTHONPATH": LIBRARIES}
        file = self.folder / "etc" / "env"
        file.parent.mkdir()
        file.write_text(made + "".join(f"{name}={value}\n" for name, value in more.items()))

    def _environment(self) -> dict[str, str]:
        folders = {
            "PREFIX": "opt",
            "ETC": "etc",
            "STATE": "state",
            "RUN": "run",
            "BACKUPS": "backups",
            "UNITS": "units",
        }
        options = {
            "EXTRAS": "",
            "VENV_OPTIONS": "--without-pip",
            "PIP_OPTIONS": "--no-deps --no-index --ignore-installed",
        }
        outside = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        known = outside | {name: str(self.folder / folder) for name, folder in folders.items()} | options
        known |= {"PYTHON": sys.executable, "SERVICE_USER": "root", "VERIFY_SECONDS": "120", "PYTHONPATH": LIBRARIES}
        known["SYSTEMCTL"] = str(self._program("systemctl", f"PYTHONPATH={CHECKOUT}:{LIBRARIES} exec {sys.executable} "
                                               '-m adgen_pipeline_tests.systemctl "$@"'))  # fmt: skip
        return known

    def _program(self, name: str, line: str) -> Path:
        file = self.folder / name
        file.write_text(f"#!/bin/sh\n{line}\n")
        file.chmod(0o755)
        return file


@contextmanager
def host(folder: Path, services: dict[str, str]) -> Iterator[Host]:
    """One that leaves no process behind."""
    made = Host(folder, services)
    try:
        made.settle()
        yield made
    finally:
        command = [made.environment["SYSTEMCTL"], "stop", "adgen.target"]
        subprocess.run(command, env=made.environment, check=False, capture_output=True)


def wheel(folder: Path) -> Path:
    """Of this checkout, built from a copy: nothing is left in it. Its build tools come from the package index."""
    source = folder / "source"
    shutil.copytree(
        CHECKOUT / "adgen_pipeline", source / "adgen_pipeline", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, source)
    words = ["wheel", "--quiet", "--no-deps", "-w", str(folder), str(source)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def changed(
    good: Path, folder: Path, changes: dict[str, tuple[str, str]], added: Mapping[str, str] = MappingProxyType({})
) -> Path:
    """The wheel `good` with words in its files replaced, and with more files."""
    folder.mkdir()
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(folder / good.name, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename in changes:
                old, new = changes[entry.filename]
                assert old.encode() in content, (entry.filename, old)
                content = content.replace(old.encode(), new.encode())
            after.writestr(entry, content)
        for name, text in added.items():
            after.writestr(name, text)
    return folder / good.name


UNLOADABLE = {"adgen_pipeline/definitions.py": ('"""', 'raise ImportError("half a release")\n"""')}
UNHEALTHY = {"adgen_pipeline/api/service.py": ("if told]", 'if told] or ["a release that is not well"]')}

TOMORROW = {"adgen_pipeline/ledger/schema.py": (f'REVISION = "{REVISION}"', 'REVISION = "9999"')}
TABLES = {
    "adgen_pipeline/ledger/migrations/versions/v9999_tomorrow.py": f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{REVISION}"


def upgrade() -> None:
    op.create_table("ledger_tomorrow", sa.Column("day", sa.Date, nullable=False))
"""
}


def drill(folder: Path) -> list[Step]:
    """All steps, on one host."""
    with running_lab() as lab, host(folder, lab.environment()) as made:
        good = wheel(folder)
        made.step("install", "install", str(good), then=made.make_an_ad)
        made.step("update to a good release", "update", str(good))
        made.step(
            "update to one that cannot be loaded", "update", str(changed(good, folder / "unloadable", UNLOADABLE))
        )
        made.step("update to one that is unhealthy", "update", str(changed(good, folder / "unhealthy", UNHEALTHY)))
        newer = changed(good, folder / "newer", UNHEALTHY | TOMORROW, TABLES)
        made.step("update to one that changes tables and is unhealthy", "update", str(newer))
        made.step("rollback by hand", "rollback")
        return made.steps


def main() -> None:
    """Prints the table; `--json FILE` writes it, with all that was said."""
    with tempfile.TemporaryDirectory(prefix="adgen-host-") as folder:
        steps = drill(Path(folder))
    table = Table(*("step", "seconds", "exit", "release", "healthy", "calls", "USD"), box=None)
    for step in steps:
        found = (step.done, step.seconds, step.code, step.runs, step.healthy, step.calls, step.cost)
        table.add_row(*map(str, found))
    Console().print(table)
    if "--json" in sys.argv:
        target = Path(sys.argv[sys.argv.index("--json") + 1])
        target.write_text(json.dumps([asdict(step) for step in steps], indent=2))


if __name__ == "__main__":
    main()
