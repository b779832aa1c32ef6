"""What tests take from npm, as `frontend/package.json` pins it: installed once, beside it."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

_HERE = Path(__file__).parent / "frontend"
_SECONDS = 120


def npm_package(name: str) -> Path:
    """The folder of the package `name`; the test is skipped where node is missing or the registry is out of reach."""
    problem = _installed()
    if problem:
        pytest.skip(problem)
    return _HERE / "node_modules" / name


@cache
def _installed() -> str | None:
    """None once they are there, or else why not."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "no node and npm here; on Debian: apt-get install -y nodejs npm"
    wanted = json.loads((_HERE / "package.json").read_text())["dependencies"]
    if all((_HERE / "node_modules" / name).is_dir() for name in wanted):
        return None
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=_HERE, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"npm did not answer within {_SECONDS} s"
    return None if done.returncode == 0 else f"npm ci: {done.stderr.strip()[-300:]}"
