"""Where back-ups lie: a folder, or any store that fsspec knows. Files there are for their owner alone."""

import errno
import os
import shutil
import tempfile
import time
from pathlib import Path

from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.folders import Folder, LocalFolder
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline.upkeep.backup.manifest import BackupError, UnfitPlace

_FULL = (errno.ENOSPC, errno.EDQUOT)
_UNFINISHED, _STALE_SECONDS = "tmp", 24 * 3600.0
"""How names of files begin that are being written; what is older was left by a process that was killed."""
_CALLED = "back-ups in"


class Target:
    """The place `target` names; `folder` is None for a store. Raises ArtifactUnavailable where it cannot be used."""

    def __init__(self, target: str, settings: Settings):
        remote = "://" in target and not target.startswith("file://")
        self.folder = None if remote else Path(target.removeprefix("file://")).expanduser().absolute()
        self._remote = RemoteFolder(target, settings.storage_options, setting=_CALLED) if remote else None
        self.shown = str(self.folder) if self.folder else self._remote.shown if self._remote else ""

    @property
    def files(self) -> Folder:
        """For what is small enough to be held in memory."""
        if self._remote:
            return self._remote
        assert self.folder is not None
        return LocalFolder(self.folder, _CALLED)

    def put(self, file: Path, name: str) -> None:
        """Copy `file` there, whole or not at all. Raises BackupError where there is no room, or no place for it."""
        if self._remote:
            self._remote.put(file, name)
            return
        assert self.folder is not None
        try:
            _write(file, self.folder / name)
        except OSError as error:
            told = f"{self.folder} cannot be written ({error.strerror})"
            if error.errno in _FULL:
                raise BackupError(f"{told}; make room there, or choose another folder") from error
            raise UnfitPlace(f"{told}; choose another folder") from error

    def get(self, name: str, file: Path) -> None:
        """Copy what is there to `file`. Raises BackupError where nothing is."""
        if self._remote:
            there = self._remote.get(name, file)
        else:
            assert self.folder is not None
            there = (self.folder / name).is_file()
            if there:
                shutil.copyfile(self.folder / name, file)
        if not there:
            raise BackupError(f"{name} is missing in {self.shown}")

    def sweep(self) -> None:
        """Remove what was left by processes that were killed as they wrote; a store shows no such files."""
        left = self.folder.rglob(f"{_UNFINISHED}*") if self.folder else ()
        for file in left:
            if time.time() - file.stat().st_mtime > _STALE_SECONDS:
                file.unlink(missing_ok=True)


def _write(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, fresh = tempfile.mkstemp(prefix=_UNFINISHED, dir=target.parent)  # 0600
    try:
        with os.fdopen(handle, "wb") as written, file.open("rb") as content:
            shutil.copyfileobj(content, written)
            written.flush()
            os.fsync(written.fileno())
        Path(fresh).replace(target)
    finally:
        Path(fresh).unlink(missing_ok=True)
