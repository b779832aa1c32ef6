"""Room for state, media and temporary files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.filesize import decimal

from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning

_FEWEST_FILES = 10_000
"""An ad leaves some 30 files."""


def look(examined: Examined) -> Iterator[Finding]:
    """One finding a place; two where its inodes run out."""
    settings = examined.settings
    places = {
        "ADGEN_HOME": settings.home,
        "media": settings.media_folder,
        "temporary files": Path(tempfile.gettempdir()),
    }
    for name, folder in places.items():
        there = nearest(folder)
        yield _writable(name, there)
        yield room(name, there, examined.free_bytes)
        yield from _files(name, there)


def nearest(folder: Path) -> Path:
    """`folder`, or the first above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def room(name: str, folder: Path, wanted: int) -> Finding:
    """Whether `wanted` bytes are free in `folder`, or at least a tenth of them."""
    free = shutil.disk_usage(folder).free
    told = f"{decimal(free)} are free in {folder}"
    if free >= wanted:
        return ok(f"room, {name}", told)
    mend = "adgen retention shows what may be deleted (KEEP_MEDIA_DAYS, KEEP_RUNS_DAYS); or give it a larger disk"
    judged = failure if free < wanted / 10 else warning
    return judged(f"room, {name}", f"{told}, and {decimal(wanted)} should be", mend)


def _writable(name: str, folder: Path) -> Finding:
    if os.access(folder, os.W_OK | os.X_OK):
        return ok(f"folder, {name}", f"{folder} can be written")
    mend = f"chown -R {os.getuid()} {folder}"
    return failure(f"folder, {name}", f"{folder} cannot be written by user {os.getuid()}", mend)


def _files(name: str, folder: Path) -> Iterator[Finding]:
    found = os.statvfs(folder)
    if found.f_files and found.f_favail < _FEWEST_FILES:
        told = f"only {found.f_favail} more files fit on the disk of {folder}"
        yield failure(f"inodes, {name}", told, "delete small files, or make a file system with more inodes (mkfs -N)")
