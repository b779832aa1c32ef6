"""Keeps the cache of a remote store within bounds: what nobody has used for long goes first."""

import time
from pathlib import Path

from adgen_pipeline.storage.folders import LocalFolder, Stored
from adgen_pipeline.storage.remote import RemoteFolder

MOST_BYTES = 2**30
"""What the cache may take, beside files that are in use."""

UNUSED_SECONDS = 3600.0
"""Whoever asked for a file's path may still read it until then."""

_LOOK_SECONDS = 60.0
"""Between two looks through the cache: nothing that has come since can go yet."""


class Cache:
    """The `folder` that files of the `remote` store are brought to."""

    def __init__(self, folder: Path, remote: RemoteFolder):
        self._files = LocalFolder(folder, "ADGEN_HOME")
        self._remote = remote
        self._looked_at = -_LOOK_SECONDS

    def drop_unused(self) -> None:
        """Drop the files that were used longest ago, as far as the cache is beyond MOST_BYTES.

        None that was used within UNUSED_SECONDS, and none that the store does not hold. Raises ArtifactUnavailable.
        """
        if time.monotonic() - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        files = sorted(self._all(), key=lambda file: file.age, reverse=True)
        size = sum(file.size for file in files)
        for file in files:
            if size <= MOST_BYTES or file.age < UNUSED_SECONDS:
                return
            if self._remote.holds(file.name, file.size):
                self._files.delete(file.name)
                size -= file.size

    def _all(self) -> list[Stored]:
        """By the names that the store has them under; those that are on their way lie elsewhere."""
        folders = (folder for folder in self._files.folders() if folder != "incoming")
        return [file for folder in folders for file in self._files.names(folder)]
