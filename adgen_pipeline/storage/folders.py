"""A folder of plain files, on this machine or behind an fsspec URL: what the store and the steps' outputs stand on.

Names in it are relative, with `/`. Writing is atomic: a file is seen whole or not at all. Raises ArtifactUnavailable
where the folder cannot be used just now, and says which setting names it.
"""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Protocol

from adgen_pipeline.errors import ArtifactUnavailable


@dataclass(frozen=True)
class Stored:
    """A file that lies in a folder: its name in it, its size in bytes, and for how many seconds it has lain there."""

    name: str
    size: int
    age: float


class Folder(Protocol):
    """What is asked of either kind. `shown` is its name for people, without secrets."""

    shown: str

    def read(self, name: str) -> bytes | None:
        """The file's content; None where there is no such file."""

    def write(self, name: str, content: bytes) -> None:
        """Write the file, or write it anew."""

    def names(self, under: str = "") -> Iterator[Stored]:
        """All files whose names begin with the folder `under` (such as "runs"), in no order. May take its time."""

    def folders(self) -> list[str]:
        """The names of the folders that lie directly in it, in no order."""

    def find(self, name: str) -> Stored | None:
        """The file as it lies there; None where there is no such file."""

    def delete(self, name: str) -> None:
        """Delete the file; done too when it has gone."""

    def clear(self, under: str) -> None:
        """Delete the folder `under` with all that is in it; done too when there is none."""


class LocalFolder:
    """A folder of this machine, of the setting called `setting`. It is made by the first file that is written."""

    def __init__(self, folder: Path, setting: str):
        self.shown = str(folder)
        self._folder, self._setting = folder, setting

    def read(self, name: str) -> bytes | None:
        """As Folder."""
        with self._told("read"), suppress(FileNotFoundError):
            return (self._folder / name).read_bytes()
        return None

    def write(self, name: str, content: bytes) -> None:
        """As Folder."""
        target = self._folder / name
        fresh = target.with_name(f".{uuid.uuid4().hex}.new")
        with self._told("written"):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(content)
            fresh.replace(target)

    def names(self, under: str = "") -> Iterator[Stored]:
        """As Folder."""
        now = time.time()
        for folder, _, files in os.walk(self._folder / under):
            for file in (Path(folder, name) for name in files):
                with suppress(FileNotFoundError):
                    found = file.stat()
                    name = file.relative_to(self._folder).as_posix()
                    yield Stored(name, found.st_size, now - found.st_mtime)

    def folders(self) -> list[str]:
        """As Folder."""
        with self._told("read"), suppress(FileNotFoundError):
            return [entry.name for entry in os.scandir(self._folder) if entry.is_dir()]
        return []

    def find(self, name: str) -> Stored | None:
        """As Folder."""
        with self._told("read"), suppress(FileNotFoundError):
            found = (self._folder / name).stat()
            return Stored(name, found.st_size, time.time() - found.st_mtime)
        return None

    def delete(self, name: str) -> None:
        """As Folder."""
        with self._told("written"):
            (self._folder / name).unlink(missing_ok=True)

    def clear(self, under: str) -> None:
        """As Folder."""
        with self._told("written"), suppress(FileNotFoundError):
            rmtree(self._folder / under)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            told = f"{self._setting} {self.shown} cannot be {what} ({error.strerror}); let it be a folder of yours"
            raise ArtifactUnavailable(told) from error
