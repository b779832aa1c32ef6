"""A real `adgen ui`, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from adgen_pipeline_tests.defs.test_webserver import COUNT, Ui
from adgen_pipeline_tests.ports import free_port

TOKEN = "the-token-of-these-tests-0123456789"


@contextmanager
def serving(folder: Path, *words: str, **environment: str) -> Iterator[str]:
    """`adgen ui` with a state of its own in `folder`; its URL."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    known = os.environ | {"ADGEN_HOME": str(folder / "adgen"), "DAGSTER_HOME": "", "HOME": str(folder)} | environment
    command = [sys.executable, "-m", "adgen_pipeline.cli", "ui", "--port", str(port), *words]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=known, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 90
        while not _answers(url):
            assert process.poll() is None and time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def runs(ui: Ui) -> int:
    """How many runs there are."""
    return int(ui.ask(COUNT)["runsOrError"]["count"])


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health").status_code == 200
    except httpx.TransportError:
        return False
