"""The inbox itself: a folder of this machine, or the prefix of an object store.

Names in it are plain: no file of another folder is ever read, moved or written. Raises InboxUnusable where the place
or a file in it cannot be used, with what is to be done about it.
"""

import errno
import fcntl
import os
import signal
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.remote import Options, has_folders, opened

_UNFINISHED = ("~", ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_SET_SIGNAL = 10  # F_SETSIG of Linux, which Python does not name


class InboxUnusable(AdgenError):
    """The inbox, or a file in it, cannot be read or written."""


class Found(Frozen):
    """A file that lies in the inbox; `state` changes whenever it is written."""

    name: str
    state: str
    size: int


class Inbox(Protocol):
    """What is asked of either kind of place. `shown` is its name for people, without secrets."""

    shown: str

    def files(self) -> list[Found]:
        """The files that lie there, by name; hidden and temporary names are not among them."""

    def read(self, name: str, most: int) -> bytes | None:
        """A file's bytes, no more than `most` + 1 of them; None where it has gone, or is being written just now."""

    def write(self, path: str, content: bytes) -> None:
        """Write the file at the relative `path`, whole or not at all."""

    def move(self, name: str, path: str) -> None:
        """Move a file to the relative `path`; done too when it has gone."""


def open_inbox(settings: Settings) -> Inbox:
    """INBOX, or the folder `inbox` in ADGEN_HOME, which is made. Raises InvalidSetting for a URL nobody understands."""
    place = settings.inbox_place
    if "://" in place:
        return StoredInbox(place, settings.storage_options)
    if settings.inbox is None:
        with _told(place, "made"):
            Path(place).mkdir(parents=True, exist_ok=True)
    return FolderInbox(Path(place))


class FolderInbox:
    """A folder of this machine. Links, folders and pipes in it are left alone."""

    def __init__(self, folder: Path):
        self.shown = str(folder)
        self._folder = folder

    def files(self) -> list[Found]:
        """As Inbox."""
        with _told(self.shown, "read"), os.scandir(self._folder) as entries:
            return sorted(filter(None, map(_found, entries)), key=lambda each: each.name)

    def read(self, name: str, most: int) -> bytes | None:
        """As Inbox."""
        with _told(self.shown, f"read ({name})"):
            try:
                file = os.open(self._folder / name, _READ)
            except FileNotFoundError:
                return None
            with os.fdopen(file, "rb") as content:
                regular = stat.S_ISREG(os.fstat(file).st_mode)
                return None if not regular or _is_being_written(file) else content.read(most + 1)

    def write(self, path: str, content: bytes) -> None:
        """As Inbox."""
        with _told(self.shown, f"written ({path})"):
            target = self._folder / path
            target.parent.mkdir(exist_ok=True)
            fresh = target.with_name(f".{uuid.uuid4().hex[:12]}.{target.name}")
            fresh.write_bytes(content)
            fresh.replace(target)

    def move(self, name: str, path: str) -> None:
        """As Inbox."""
        with _told(self.shown, f"moved ({name})"):
            target = self._folder / path
            target.parent.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):
                (self._folder / name).rename(target)


class StoredInbox:
    """A prefix of any store that fsspec knows."""

    def __init__(self, url: str, options: Options | None = None):
        self.shown = shown(url)
        self._files, root = opened(url, self.shown, "INBOX", options)
        self._root, self._has_folders = root.rstrip("/"), has_folders(url)

    def files(self) -> list[Found]:
        """As Inbox."""
        with _told(self.shown, "read"):
            self._files.invalidate_cache()
            try:
                listed = self._files.ls(self._root, detail=True)
            except FileNotFoundError:  # an empty prefix, or no such bucket
                self._see_the_bucket()
                return []
        found = [self._found(entry) for entry in listed if entry["type"] == "file"]
        return sorted(filter(None, found), key=lambda each: each.name)

    def read(self, name: str, most: int) -> bytes | None:
        """As Inbox."""
        with _told(self.shown, f"read ({name})"):
            try:
                content: bytes = self._files.cat_file(self._at(name), start=0, end=most + 1)
            except FileNotFoundError:
                return None
            return content

    def write(self, path: str, content: bytes) -> None:
        """As Inbox."""
        with _told(self.shown, f"written ({path})"):
            self._make_folder(path)
            self._files.pipe_file(self._at(path), content)

    def move(self, name: str, path: str) -> None:
        """As Inbox."""
        with _told(self.shown, f"moved ({name})"):
            self._make_folder(path)
            with suppress(FileNotFoundError):
                self._files.cp_file(self._at(name), self._at(path))  # `mv` takes a name such as a[1].csv for a pattern
                self._files.rm_file(self._at(name))

    def _make_folder(self, path: str) -> None:
        if self._has_folders:
            self._files.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)

    def _see_the_bucket(self) -> None:
        """Raises FileNotFoundError for one that does not exist; who may see its prefix alone is refused, which tells
        that it does."""
        if not self._has_folders:
            with suppress(PermissionError):
                self._files.ls(self._root.split("/")[0])

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _found(self, entry: dict[str, Any]) -> Found | None:
        head, _, name = entry["name"].rstrip("/").rpartition("/")
        if head.lstrip("/") != self._root.lstrip("/") or not _is_wanted(name):
            return None
        marks = ("ETag", "etag", "LastModified", "last_modified", "mtime", "updated", "created")
        state = [str(entry[mark]) for mark in marks if entry.get(mark)]
        return Found(name=name, state="/".join([str(entry["size"]), *state])[:200], size=entry["size"] or 0)


def _found(entry: os.DirEntry[str]) -> Found | None:
    with suppress(FileNotFoundError):
        seen = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(seen.st_mode) and _is_wanted(entry.name):
            return Found(name=entry.name, state=f"{seen.st_size}/{seen.st_mtime_ns}/{seen.st_ino}", size=seen.st_size)
    return None


def _is_wanted(name: str) -> bool:
    plain = bool(name) and name.isprintable() and "/" not in name
    return plain and not name.startswith(".") and not name.lower().endswith(_UNFINISHED)


def _is_being_written(file: int) -> bool:
    """Whether a process of this machine has the open `file` open for writing, as far as Linux tells: it grants a
    lease on a file for reading only when nobody has."""
    try:
        fcntl.fcntl(file, _SET_SIGNAL, signal.SIGURG)  # who writes in the next moment sends a signal that does nothing
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    except AttributeError:  # another system
        return False
    return False


@contextmanager
def _told(place: str, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InboxUnusable(f"INBOX: {place} cannot be {what}: {why}; {_way_out(error)}") from None
    except Exception as error:  # libraries of all kinds, whose messages may hold credentials
        told = f"INBOX: {place} cannot be {what} ({type(error).__name__}); check its URL and credentials"
        raise InboxUnusable(told) from None


def _way_out(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "make that folder, or set INBOX to the one that is meant"
    return "let the user that the daemon runs as read, write and rename files there"
