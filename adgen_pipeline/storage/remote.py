"""The store's far end: any file system that fsspec knows, by its URL.

Credentials may stand in the URL, in fsspec's configuration or where the file system's own library looks for them.
No message holds them, and no error of such a library is passed on, since it may.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
from fsspec.registry import known_implementations

from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import ArtifactUnavailable, ErrorCode, InvalidSetting
from adgen_pipeline.storage.folders import Stored

Options = Mapping[str, Mapping[str, Any]]
"""What file systems are opened with, by protocol."""

_READ_ONLY = ("http", "https", "data")
_BUCKETS = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "tos", "r2")
"""Stores whose folders are not made: one that is not found is a bucket that does not exist."""

MOST_SIGNED_SECONDS = 7 * 24 * 3600.0
"""The longest that a link of S3's signature version 4 may hold; Google's, too."""

TRIAL, TRIAL_CONTENT = ".adgen-writable", b"Written before anything is paid for, to see that it can be.\n"
"""The file by which `RemoteFolder.check` sees that the store can be used; it stays there."""

_OWN_OPTIONS: Options = {
    protocol: {
        "config_kwargs": {
            "signature_version": "s3v4",
            "connect_timeout": 10,
            "read_timeout": 30,
            "retries": {"total_max_attempts": 3},
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
    }
    for protocol in ("s3", "s3a")
}
"""What every S3 server understands: signature version 4 in links, too, and no check sums that Amazon alone has (ours
are the names). Seconds; s3fs tries again above these tries, five times."""

_WAYS_OUT = (
    ("NoCredentialsError", "there are no credentials for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    ("PermissionError", "it refuses these credentials, or they may not do this: check them and what they may do"),
    ("FileNotFoundError", "it does not exist: make the bucket, or name the one that is meant"),
    ("", "check that it is up and reached from here, its URL (for S3 AWS_ENDPOINT_URL, too) and credentials"),
)

_AGES = ("LastModified", "last_modified", "updated", "mtime", "created")


class RemoteFolder:
    """The folder behind an fsspec URL, such as `s3://bucket/prefix`, or the folder `under` in it.

    `options` are the file systems' own, by protocol; `setting` is what named the URL. May be used by many threads, and
    after a fork. Raises InvalidSetting for a URL that no installed library understands.
    """

    def __init__(self, url: str, options: Options | None = None, *, under: str = "", setting: str = "MEDIA_STORE"):
        self.shown = f"{shown(url).rstrip('/')}/{under}".rstrip("/")
        self._url, self._options, self._under, self._setting = url, options or {}, under, setting
        self._opened: tuple[int, Any, str] | None = None
        assert self._files is not None

    def holds(self, name: str, size: int) -> bool:
        """Whether the file `name` of `size` bytes is there, whole. Raises ArtifactUnavailable if nobody can tell."""
        found = self.find(name)
        return found is not None and found.size == size

    def put(self, file: Path, name: str) -> None:
        """Copy the local `file` there, and see that all of it arrived. Raises ArtifactUnavailable."""
        with self._told(f"write {name}"):
            self._in_its_folder(name, lambda: self._files.put_file(str(file), self._at(name)))
        if not self.holds(name, file.stat().st_size):
            raise ArtifactUnavailable(f"{self._setting} {self.shown} does not hold what was written to it ({name})")

    def get(self, name: str, target: Path) -> bool:
        """Copy `name` to the local file `target`; False where there is none. Raises ArtifactUnavailable."""
        with self._told(f"read {name}"):
            try:
                self._files.get_file(self._at(name), str(target))
            except FileNotFoundError:
                return False
        return True

    def read(self, name: str) -> bytes | None:
        """As Folder."""
        with self._told(f"read {name}"):
            try:
                content: bytes = self._files.cat_file(self._at(name))
            except FileNotFoundError:
                return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """As Folder: an object store shows a file whole or not at all, and to every reader from then on."""
        with self._told(f"write {name}"):
            self._in_its_folder(name, lambda: self._files.pipe_file(self._at(name), content))

    def names(self, under: str = "") -> Iterator[Stored]:
        """As Folder; one subfolder at a time is held in memory, or those whose names begin alike."""
        for entry in self._entries(under):
            if entry["type"] == "directory":
                yield from self.names(self._name(entry))
            else:
                yield Stored(self._name(entry), entry["size"] or 0, _age(entry))

    def folders(self) -> list[str]:
        """As Folder."""
        with self._told("list it"):
            self._files.invalidate_cache()
            return [self._name(entry) for entry in self._listed(self._root) if entry["type"] == "directory"]

    def find(self, name: str) -> Stored | None:
        """As Folder. Raises ArtifactUnavailable if nobody can tell."""
        with self._told(f"look for {name}"), suppress(FileNotFoundError):
            self._files.invalidate_cache()
            found = self._files.info(self._at(name))
            return Stored(name, found["size"] or 0, _age(found))
        return None

    def delete(self, name: str) -> None:
        """As Folder."""
        with self._told(f"delete {name}"), suppress(FileNotFoundError):
            self._files.rm_file(self._at(name))

    def clear(self, under: str) -> None:
        """As Folder."""
        with self._told(f"delete {under}"), suppress(FileNotFoundError):
            self._files.invalidate_cache()
            self._files.rm(self._at(under), recursive=True)

    def link(self, name: str, seconds: float) -> str | None:
        """A signed URL that gives the file `name` to anybody for `seconds`, a week at most; None where the file system
        cannot sign. The file need not be there. Raises ArtifactUnavailable."""
        with self._told("sign a link"):
            try:
                return str(self._files.sign(self._at(name), expiration=round(min(seconds, MOST_SIGNED_SECONDS))))
            except NotImplementedError:
                return None

    def check(self) -> None:
        """See that files can be written, read and looked for, by writing one. Raises ArtifactUnavailable."""
        self.write(TRIAL, TRIAL_CONTENT)
        if self.read(TRIAL) != TRIAL_CONTENT:
            raise ArtifactUnavailable(f"{self._setting} {self.shown} does not hold what was written to it ({TRIAL})")
        self.holds(f"{TRIAL}-absent", 0)  # who may not list a bucket is refused what is not there

    @property
    def _files(self) -> Any:
        """The file system, opened by this process: one with threads of its own does not survive a fork."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), *opened(self._url, self.shown, self._setting, self._options))
        return self._opened[1]

    @property
    def _root(self) -> str:
        root = self._opened[2] if self._opened else ""
        return f"{root.rstrip('/')}/{self._under}".rstrip("/")

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _name(self, entry: dict[str, Any]) -> str:
        return str(entry["name"]).strip("/").removeprefix(self._root.strip("/")).strip("/")

    def _listed(self, path: str) -> list[dict[str, Any]]:
        try:
            return [entry for entry in self._files.ls(path, detail=True) if entry["name"].strip("/") != path.strip("/")]
        except FileNotFoundError:
            return []

    def _entries(self, under: str) -> Iterator[dict[str, Any]]:
        """What lies in the folder `under`. Of many folders in S3 at once what lies below them: a request for each would
        take an hour where there are some ten thousand runs."""
        path = self._at(under).rstrip("/")
        with self._told(f"list {under or 'it'}"):
            self._files.invalidate_cache()
            entries = self._listed(path)
        if _protocol(self._url) not in _OWN_OPTIONS or not any(entry["type"] == "directory" for entry in entries):
            yield from entries
            return
        for start in {_start(entry, path) for entry in entries}:
            with self._told(f"list {under or 'it'}"):
                found = self._files.find(path, prefix=start, detail=True).values()
            yield from (entry for entry in found if _start(entry, path) == start)

    def _in_its_folder(self, name: str, write: Callable[[], Any]) -> None:
        """Write; where the file system has real folders and this one is missing, make it first."""
        try:
            write()
        except FileNotFoundError:
            if not has_folders(self._url):
                raise  # the bucket: it is not ours to make
            self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
            write()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # libraries of all kinds: there is no common base
            told = f"{self._setting} {self.shown}: could not {what} ({type(error).__name__}); {_way_out(error)}"
            unavailable = ArtifactUnavailable(told, details={"media_store": self.shown})
            unavailable.code = ErrorCode.SERVICE_UNAVAILABLE  # the store's, and no fault of ours
            raise unavailable from None


def opened(url: str, told: str, setting: str, options: Options | None = None) -> tuple[Any, str]:
    """The file system behind `url`, and the path in it; `told` is how the URL is shown. Raises InvalidSetting.

    `options` are the file systems' own, by protocol.
    """
    protocol = _protocol(url)
    if protocol in _READ_ONLY:
        raise InvalidSetting(f"{setting}: {told} can only be read; take a folder or a store such as s3://bucket/ads")
    try:
        files, root = fsspec.url_to_fs(url, **_options(url, options or {}))
    except ImportError:
        raise InvalidSetting(
            f"{setting}: {told} needs a library that is not installed: pip install {_package(protocol)}"
        ) from None
    except Exception as error:
        raise InvalidSetting(f"{setting}: {told} cannot be opened ({type(error).__name__})") from None
    return files, root


def has_folders(url: str) -> bool:
    """Whether folders are made behind `url`; what is not found in a store without any is the bucket itself."""
    return _protocol(url) not in _BUCKETS


def _protocol(url: str) -> str:
    return url.split("://")[0].split("::")[-1]


def _options(url: str, given: Options) -> dict[str, dict[str, Any]]:
    """What the protocols in `url` are opened with; fsspec's configuration may say more."""
    protocols = [part.split("://")[0] for part in url.split("::")]
    return {
        protocol: dict(
            fsspec.config.conf.get(protocol, {}), **_OWN_OPTIONS.get(protocol, {}), **given.get(protocol, {})
        )
        for protocol in protocols
        if protocol in given or protocol in _OWN_OPTIONS
    }


def _way_out(error: Exception) -> str:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return next(told for name, told in _WAYS_OUT if not name or name in kinds)


def _start(entry: Mapping[str, Any], path: str) -> str:
    """The first two characters of the name in `path` that leads to `entry`; of runs there are 256 such."""
    name = str(entry["name"]).strip("/").removeprefix(path.strip("/")).strip("/")
    return name.partition("/")[0][:2]


def _age(entry: Mapping[str, Any]) -> float:
    """Seconds since the file was written; 0 where the file system does not tell."""
    told = next((entry[name] for name in _AGES if entry.get(name)), None)
    if isinstance(told, str):
        told = datetime.fromisoformat(told)
    if isinstance(told, datetime):
        told = (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    return time.time() - told if told else 0.0


def _package(protocol: str) -> str:
    """What pip calls the library for `protocol`: its own package, or an extra of fsspec's."""
    package = known_implementations[protocol]["class"].split(".")[0]
    return f"'fsspec[{protocol}]'" if package == "fsspec" else package
