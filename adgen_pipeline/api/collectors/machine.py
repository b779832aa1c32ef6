"""This machine: the room on its disks, what our copies of media take of it, and which version this is."""

import os
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from adgen_pipeline.api.collectors.families import gauge, gauges
from adgen_pipeline.api.collectors.seldom import Seldom
from adgen_pipeline.settings import Settings


class OfThisMachine(Collector):
    """The folders of `settings`, as this machine sees them."""

    def __init__(self, settings: Settings):
        self._folders = {"home": settings.home, "media": settings.media_folder}
        self._media = Seldom(lambda: _bytes_in(settings.media_folder))

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not look through folders."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Called at each scrape."""
        known = {"version": version("adgen-pipeline"), "dagster": version("dagster")}
        yield InfoMetricFamily("adgen_build", "Versions of this package and of Dagster.", value=known)
        usage = {name: shutil.disk_usage(_existing(folder)) for name, folder in self._folders.items()}
        free = {name: float(found.free) for name, found in usage.items()}
        size = {name: float(found.total) for name, found in usage.items()}
        yield gauges("adgen_disk_free_bytes", "Room left on the disk of ADGEN_HOME, of MEDIA_STORE.", "folder", free)
        yield gauges("adgen_disk_size_bytes", "Size of that disk.", "folder", size)
        told = "Our own copies of media on this machine: the store, or the cache of one that is elsewhere."
        yield gauge("adgen_media_bytes", told, self._media.get())


def _existing(folder: Path) -> Path:
    """It, or the nearest folder above it that is there."""
    return folder if folder.exists() else _existing(folder.parent)


def _bytes_in(folder: Path) -> int:
    """Of all files below it; one that goes meanwhile counts nothing."""
    total, folders = 0, [os.fspath(folder)]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        folders += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        total += sum(_size(entry) for entry in entries if entry.is_file(follow_symlinks=False))
    return total


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0
