"""Where back-ups lie: a folder, or any store that fsspec knows. Files there are for their owner alone."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.folders import Folder, LocalFolder
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline.upkeep.backup.manifest import FORMAT, BackupError, Entry, Manifest, NoBackup, UnfitPlace

_FULL = (errno.ENOSPC, errno.EDQUOT)
_MANIFESTS, _OBJECTS = "manifests", "objects"
_CALLED = "back-ups in"


class Vault:
    """The back-ups at `target`. Raises ArtifactUnavailable where it cannot be used just now."""

    def __init__(self, target: str, settings: Settings):
        remote = "://" in target and not target.startswith("file://")
        self.folder = None if remote else Path(target.removeprefix("file://")).expanduser().absolute()
        self._remote = RemoteFolder(target, settings.storage_options, setting=_CALLED) if remote else None
        self.shown = str(self.folder) if self.folder else self._remote.shown if self._remote else ""

    @property
    def _files(self) -> Folder:
        if self._remote:
            return self._remote
        assert self.folder is not None
        return LocalFolder(self.folder, _CALLED)

    @cached_property
    def _known(self) -> dict[str, int]:
        """The objects that are there, with their sizes."""
        return {file.name.rpartition("/")[2]: file.size for file in self._files.names(_OBJECTS)}

    def holds(self, sha256: str, size: int) -> bool:
        """Whether the object is there, whole as far as its size tells; `damaged` looks at its content."""
        return self._known.get(sha256) == size

    def put(self, file: Path, path: str, stamp: str = "") -> Entry:
        """Keep a copy of `file`, unless it is there; `path` is what the manifest calls it."""
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        size = file.stat().st_size
        if not self.holds(sha256, size):
            self._put(file, _object(sha256))
            self._known[sha256] = size
        return Entry(path=path, sha256=sha256, size=size, stamp=stamp)

    def get(self, entry: Entry, target: Path) -> None:
        """Write the file to `target`, for its owner alone. Raises BackupError where it is missing or damaged."""
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=target.parent)  # 0600
        os.close(handle)
        try:
            self._get(_object(entry.sha256), Path(fresh))
            with Path(fresh).open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != entry.sha256:
                    raise BackupError(f"{entry.path} is damaged in {self.shown}: restore another back-up")
            Path(fresh).replace(target)
        finally:
            Path(fresh).unlink(missing_ok=True)

    def damaged(self, manifest: Manifest) -> Iterator[tuple[Entry, str | None]]:
        """Each file of the back-up with what is wrong with it, None where its content is what it was."""
        with tempfile.TemporaryDirectory(prefix="adgen-verify-") as folder:
            for entry in manifest.entries:
                try:
                    self.get(entry, Path(folder, "object"))
                    yield entry, None
                except BackupError as error:
                    yield entry, error.message

    def write(self, manifest: Manifest) -> str:
        """Write the manifest, which makes it a back-up; its name."""
        content = manifest.model_dump_json(indent=1).encode()
        name = f"{manifest.created_at:%Y%m%dT%H%M%S.%fZ}-{hashlib.sha256(content).hexdigest()[:16]}"
        with _temporary(content) as file:
            self._put(file, f"{_MANIFESTS}/{name}.json")
        return name

    def names(self) -> list[str]:
        """The back-ups, oldest first."""
        found = (file.name.rpartition("/")[2] for file in self._files.names(_MANIFESTS))
        return sorted(name.removesuffix(".json") for name in found if name.endswith(".json"))

    def read(self, name: str | None = None) -> Manifest:
        """The back-up that is `name`d or begins so, or else the newest. Raises NoBackup, BackupError."""
        fitting = [each for each in self.names() if each.startswith(name or "")]
        if not fitting:
            told = f"there is no back-up{f' {name}' if name else ''} in {self.shown}"
            raise NoBackup(f"{told}; `adgen backup create {self.shown}` makes one")
        content = self._files.read(f"{_MANIFESTS}/{fitting[-1]}.json") or b""
        if hashlib.sha256(content).hexdigest()[:16] != fitting[-1].rpartition("-")[2]:
            raise BackupError(f"the manifest {fitting[-1]} in {self.shown} is damaged: name an earlier one by --of")
        try:
            manifest = Manifest.model_validate_json(content)
        except ValidationError:
            raise _newer(fitting[-1]) from None
        if manifest.format > FORMAT:
            raise _newer(fitting[-1])
        return manifest

    def drop(self, keep: int) -> int:
        """Drop all back-ups but the newest `keep`, and the files that none of these names; how many files."""
        names = self.names()
        for name in names[:-keep]:
            self._files.delete(f"{_MANIFESTS}/{name}.json")
        needed = {entry.sha256 for name in names[-keep:] for entry in self.read(name).entries}
        strangers = [sha256 for sha256 in self._known if sha256 not in needed]
        for sha256 in strangers:
            self._files.delete(_object(sha256))
        return len(strangers)

    def _put(self, file: Path, name: str) -> None:
        if self._remote:
            self._remote.put(file, name)
            return
        assert self.folder is not None
        target = self.folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, fresh = tempfile.mkstemp(dir=target.parent)  # 0600
            with os.fdopen(handle, "wb") as written, file.open("rb") as content:
                shutil.copyfileobj(content, written)
                written.flush()
                os.fsync(written.fileno())
            Path(fresh).replace(target)
        except OSError as error:
            told = f"{self.folder} cannot be written ({error.strerror})"
            if error.errno in _FULL:
                raise BackupError(f"{told}; make room there, or choose another folder") from error
            raise UnfitPlace(f"{told}; choose another folder") from error

    def _get(self, name: str, target: Path) -> None:
        if self._remote:
            there = self._remote.get(name, target)
        else:
            assert self.folder is not None
            there = (self.folder / name).is_file()
            if there:
                shutil.copyfile(self.folder / name, target)
        if not there:
            raise BackupError(f"{name} is missing in {self.shown}: restore another back-up")


@contextmanager
def _temporary(content: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(prefix="adgen-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def _object(sha256: str) -> str:
    if len(sha256) != 64 or not sha256.isalnum():
        raise ArtifactError("the manifest names no SHA-256")
    return f"{_OBJECTS}/{sha256[:2]}/{sha256}"


def _newer(name: str) -> BackupError:
    return BackupError(f"the back-up {name} was made by a newer version of adgen-pipeline: update it, and restore then")
