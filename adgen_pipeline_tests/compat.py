"""Runs the tests of what rests on Dagster's internals with the oldest and the newest dagster pyproject.toml allows.

Each end gets a throw-away environment in `.adgen/compat`: this one's packages, with dagster exchanged and its
Postgres storage too, where that is out already.

    python -m adgen_pipeline_tests.compat [oldest|newest]
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    "executor",
    "test_connections.py",
    "test_pools.py",
    "test_stamping.py",
    "test_recovery.py",
    "test_run_queue.py",
    "../test_preloaded.py",
)

_FITTING = (
    "import dagster, dagster_shared.libraries as known;"
    "print(known.library_version_from_core_version(dagster.__version__))"
)
"""Prints the version that Dagster's libraries have at this dagster."""


@dataclass(frozen=True)
class Outcome:
    """One end: which dagster it was, how many seconds it took to install and to test, and pytest's last line."""

    end: str
    version: str
    install: float
    test: float
    told: str
    passed: bool


def main() -> None:
    """Try the ends that are named, or both; exits 1 where one does not pass."""
    wanted = allowed()
    ends = sys.argv[1:] or list(wanted)
    outcomes = [_try(end, wanted[end]) for end in ends]
    table = Table("end", "dagster", "installed in", "tested in", "pytest", title="dagster's range, end by end")
    for made in outcomes:
        table.add_row(made.end, made.version, f"{made.install:.0f} s", f"{made.test:.0f} s", made.told)
    Console().print(table)
    sys.exit(not all(made.passed for made in outcomes))


def allowed() -> dict[str, str]:
    """What to ask pip for at each end, from the one place where the range stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (dagster,) = (need for need in map(Requirement, project["dependencies"]) if need.name == "dagster")
    (lowest,) = (bound.version for bound in dagster.specifier if bound.operator == ">=")
    return {"oldest": f"dagster=={lowest}", "newest": str(dagster)}


def _try(end: str, wanted: str) -> Outcome:
    begun = time.monotonic()
    python = _environment(ROOT / ".adgen" / "compat" / end, wanted)
    installed = time.monotonic()
    version = _output(python, "-c", "import dagster; print(dagster.__version__)")
    words = [
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "-W",
        "ignore:Found version mismatch",
        *(f"adgen_pipeline_tests/defs/{name}" for name in TESTS),
    ]
    tested = subprocess.run([python, *words], cwd=ROOT, env=_known(), stdout=subprocess.PIPE, text=True, check=False)
    if tested.returncode:
        print(tested.stdout)
    told = tested.stdout.strip().splitlines()[-1].strip("= ")
    seconds = installed - begun, time.monotonic() - installed
    return Outcome(end, version, *seconds, told, tested.returncode == 0)


def _environment(folder: Path, wanted: str) -> str:
    """The Python of a new environment that finds this one's packages behind its own."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python, here = str(folder / "bin" / "python"), sysconfig.get_path("purelib")
    packages = Path(_output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (packages / "this_environment.pth").write_text(f"import site; site.addsitedir({here!r})\n")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    subprocess.run([*pip, wanted], check=True, stderr=subprocess.PIPE)
    fitting = f"dagster-postgres=={_output(python, '-c', _FITTING)}"
    subprocess.run([*pip, "--no-deps", fitting], check=False, stderr=subprocess.PIPE)
    return python


def _known() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def _output(python: str, *words: str) -> str:
    made = subprocess.run([python, *words], env=_known(), stdout=subprocess.PIPE, text=True, check=True)
    return made.stdout.strip()


if __name__ == "__main__":
    main()
