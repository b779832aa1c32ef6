"""The back-ups at a target: what is there, what is whole, what goes."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.backup.manifest import (
    FORMAT,
    BackupError,
    DamagedManifest,
    Entry,
    Manifest,
    NoBackup,
)
from adgen_pipeline.upkeep.backup.target import Target

_MANIFESTS, _OBJECTS, _DAMAGED = "manifests", "objects", "damaged"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BACKUP = re.compile(r"(\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{16})\.json")
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_CLOCKS_DIFFER = timedelta(hours=1)


class Vault:
    """The back-ups at `target`. Raises ArtifactUnavailable where it cannot be used just now."""

    def __init__(self, target: str, settings: Settings):
        self._target = Target(target, settings)
        self.folder, self.shown, self._files = self._target.folder, self._target.shown, self._target.files

    @cached_property
    def _known(self) -> dict[str, int]:
        """The objects that are there, with their sizes."""
        found = ((file.name.rpartition("/")[2], file.size) for file in self._files.names(_OBJECTS))
        return {name: size for name, size in found if _SHA256.fullmatch(name)}

    @cached_property
    def _marked(self) -> set[str]:
        return {file.name.rpartition("/")[2] for file in self._files.names(_DAMAGED)}

    def holds(self, sha256: str, size: int) -> bool:
        """Whether the object is there, whole as far as its size tells, and not marked as damaged."""
        return self._known.get(sha256) == size and sha256 not in self._marked

    def put(self, file: Path, path: str, stamp: str = "") -> Entry:
        """Keep a copy of `file`, unless it is there; `path` is what the manifest calls it."""
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        size = file.stat().st_size
        if not self.holds(sha256, size):
            self._target.put(file, _object(sha256))
            self._known[sha256] = size
            self._unmark([sha256])
        return Entry(path=path, sha256=sha256, size=size, stamp=stamp)

    def get(self, entry: Entry, target: Path) -> None:
        """Write the file to `target`, for its owner alone. Raises BackupError where it is missing or damaged."""
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=target.parent)  # 0600
        os.close(handle)
        try:
            self._target.get(_object(entry.sha256), Path(fresh))
            with Path(fresh).open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != entry.sha256:
                    raise BackupError(f"{entry.path} is damaged in {self.shown}")
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

    def mark(self, entries: Iterable[Entry]) -> None:
        """Remember these files as damaged: the next back-up that has them writes them anew. What is left of them
        stays meanwhile, since a part of it may still be saved."""
        for entry in entries:
            self._files.write(f"{_DAMAGED}/{entry.sha256}", b"")
            self._marked.add(entry.sha256)

    def _unmark(self, names: Iterable[str]) -> None:
        for sha256 in self._marked.intersection(names):
            self._files.delete(f"{_DAMAGED}/{sha256}")
            self._marked.discard(sha256)

    def write(self, manifest: Manifest) -> str:
        """Write the manifest, which makes it a back-up; its name."""
        content = manifest.model_dump_json().encode()
        name = f"{manifest.created_at:{_MOMENT}}-{hashlib.sha256(content).hexdigest()[:16]}"
        with _temporary(content) as file:
            self._target.put(file, f"{_MANIFESTS}/{name}.json")
        return name

    def names(self) -> list[str]:
        """The back-ups, oldest first."""
        found = (_BACKUP.fullmatch(file.name.rpartition("/")[2]) for file in self._files.names(_MANIFESTS))
        return sorted(name[1] for name in found if name)

    def read(self, name: str | None = None) -> Manifest:
        """The back-up that is `name`d or begins so, or else the newest. Raises NoBackup, BackupError; without a name
        also where the newest is dated in the future, as by a wrong clock: which is the newest, then?"""
        fitting = [each for each in self.names() if each.startswith(name or "")]
        if not fitting:
            told = f"there is no back-up{f' {name}' if name else ''} in {self.shown}"
            raise NoBackup(f"{told}; `adgen backup create {self.shown}` makes one")
        if name is None:
            _refuse_future(fitting, self.shown)
        content = self._files.read(f"{_MANIFESTS}/{fitting[-1]}.json") or b""
        if hashlib.sha256(content).hexdigest()[:16] != fitting[-1].rpartition("-")[2]:
            raise DamagedManifest(f"the manifest {fitting[-1]} in {self.shown} is damaged: name another one by --of")
        try:
            manifest = Manifest.model_validate_json(content)
        except ValidationError:
            raise _newer(fitting[-1]) from None
        if manifest.format > FORMAT:
            raise _newer(fitting[-1])
        return manifest

    def newest(self) -> tuple[Manifest | None, list[str]]:
        """The newest back-up whose manifest is whole, and what is wrong with those after it."""
        problems: list[str] = []
        for name in reversed(self.names()):
            try:
                return self.read(name), problems
            except BackupError as error:
                problems.append(error.message)
        return None, problems

    def drop(self, keep: int, written: str) -> int:
        """Drop all back-ups but the newest `keep`, and the files that none of these names; how many files.

        `written` was made just now, and is the newest, whatever the clock said when the others were made; a damaged
        manifest does not count. Raises BackupError, with nothing dropped, where a newer version's is among those kept.
        """
        newest_first = sorted(self.names(), key=lambda name: (name <= written, name), reverse=True)
        kept: list[str] = []
        needed: set[str] = set()
        for name in newest_first:
            with suppress(DamagedManifest):
                if len(kept) < keep:
                    needed.update(entry.sha256 for entry in self.read(name).entries)
                    kept.append(name)
        for name in set(newest_first).difference(kept):
            self._files.delete(f"{_MANIFESTS}/{name}.json")
        strangers = self._known.keys() - needed
        for sha256 in strangers:
            self._files.delete(_object(sha256))
        self._unmark(self._marked - needed)
        self._target.sweep()
        return len(strangers)


@contextmanager
def _temporary(content: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(prefix="adgen-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def _object(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise ArtifactError("the manifest names no SHA-256")
    return f"{_OBJECTS}/{sha256[:2]}/{sha256}"


def _refuse_future(names: list[str], shown: str) -> None:
    latest = f"{datetime.now(UTC) + _CLOCKS_DIFFER:{_MOMENT}}"
    if names[-1] > latest:
        others = [name for name in names if name <= latest][-3:]
        told = f"the newest back-up in {shown} is dated in the future ({names[-1]}), as by a wrong clock"
        raise BackupError(f"{told}: name by --of the one that is meant; before it: {', '.join(others) or 'none'}")


def _newer(name: str) -> BackupError:
    return BackupError(f"the back-up {name} was made by a newer version of adgen-pipeline: update it, and restore then")
