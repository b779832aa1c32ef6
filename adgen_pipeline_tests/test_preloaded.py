"""The process that runs are forked from, where it finds something amiss; see `defs/test_warm_start.py` for its runs."""

import os
import subprocess
import sys

import pytest

AGENT = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"


def said(before: str, **environment: str) -> str:
    """What it says when Python has begun with `before`."""
    command = [sys.executable, "-c", f"{before}\nimport adgen_pipeline.preloaded"]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True).stderr


def test_a_thread_that_would_be_lost_in_a_fork_is_told_of() -> None:
    """An agent that starts with every Python: how many threads, and the way out."""
    assert "a process of 2 threads, which is not safe" in (told := said(AGENT)) and "RUN_START=spawn" in told


@pytest.mark.parametrize(("setting", "lines"), [("INFO", 0), ("LOUD", 1)])
def test_what_cannot_be_loaded_is_told_and_leaves_it_running(setting: str, lines: int) -> None:
    """A setting that breaks a rule: the runs will say so, too; the process from which they are forked stays."""
    assert said("", LOG_LEVEL=setting).count("each loads the rest by itself") == lines
