"""Renders that are cut off, for the studio's workers: named "module:function", as the real ones are."""

import os
import signal
import time
from typing import Any

from adgen_pipeline.studio.job import Job

DONE = {"image_url": "image.jpg", "seed": 1}


def killed_once(request: dict[str, Any], job: Job) -> dict[str, Any]:
    """The kernel ends the process, as it does when memory runs out; the second time it is left alone."""
    if _first_time(job):
        os.kill(os.getpid(), signal.SIGKILL)
    return DONE


def no_memory_once(request: dict[str, Any], job: Job) -> dict[str, Any]:
    """Python itself finds no memory the first time."""
    if _first_time(job):
        raise MemoryError
    return DONE


def endless_once(request: dict[str, Any], job: Job) -> dict[str, Any]:
    """The first one is under way until somebody ends it."""
    if _first_time(job):
        time.sleep(600)
    return DONE


def mistaken(request: dict[str, Any], job: Job) -> dict[str, Any]:
    """Fails whenever it is asked."""
    raise KeyError("nobody thought of this")


def _first_time(job: Job) -> bool:
    try:
        (job.folder / "begun").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
