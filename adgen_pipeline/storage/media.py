"""Our own copy of every paid file, addressed by its content; the only module that names paths in the store."""

import hashlib
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Self

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.downloads import Download, download, is_offered, shown
from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.cache import Cache
from adgen_pipeline.storage.folders import LocalFolder, Stored
from adgen_pipeline.storage.probe import probe
from adgen_pipeline.storage.remote import Options, RemoteFolder

_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "text/vtt": ".vtt",
    "application/json": ".json",
}
_TYPES = {ending: kind for kind, ending in _ENDINGS.items()}
_NAME = re.compile(rf"[0-9a-f]{{64}}({'|'.join(map(re.escape, _TYPES))})")
_FOLDER = re.compile(r"[0-9a-f]{2}")
_STALE_SECONDS = 3600.0
"""No download takes that long: what is older was left by a process that was killed."""


_YOUNG_SECONDS = 3600.0
"""What lies in a remote store for longer is written anew when it is stored again; retention counts in days."""


class MediaStore:
    """Files named by their SHA-256, in a local `folder` and, where `remote` (an fsspec URL) is given, there too.

    With a `remote`, opened with `options`, the folder is a cache of it. Writing is atomic. A file that is there whole
    is not written again, but counts as stored just now: who stores it is about to need it.
    `allowed_hosts` may have private addresses. `fetch` is called as `download`, and may have other limits.
    Raises InvalidSetting for a `remote` that no installed library understands.
    """

    def __init__(
        self,
        folder: Path,
        remote: str | None = None,
        *,
        options: Options | None = None,
        allowed_hosts: Collection[str] = (),
        fetch: Callable[..., Download] = download,
    ):
        self.folder = folder
        self._fetch = fetch
        self._here = LocalFolder(folder, "MEDIA_STORE")
        self._remote = RemoteFolder(remote, options) if remote else None
        self._cache = Cache(folder, self._remote) if self._remote else None
        self._allowed_hosts = frozenset(allowed_hosts)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The store that MEDIA_STORE and MEDIA_ALLOWED_HOSTS speak of."""
        options = settings.storage_options
        return cls(settings.media_folder, settings.media_remote, options=options, allowed_hosts=settings.media_hosts)

    def keep(self, url: str, expected: str, *, allowed_hosts: Collection[str] = ()) -> Artifact:
        """Fetch `url`, check by its content that it is an `expected` ("image", "video" or "captions"), and keep it.

        `allowed_hosts` are added to the store's own: the host of the service that made the file. When this returns,
        the file lies in the store. Raises ArtifactError when it is gone or something else, and ArtifactUnavailable
        when it cannot be fetched or stored just now.
        """
        with self._incoming() as file:
            arrived = self._fetch(url, file, allowed_hosts=self._allowed_hosts | set(allowed_hosts))
            facts = probe(file, expected, shown(url))
            artifact = Artifact(sha256=arrived.sha256, size=arrived.size, source_url=url, **facts)
            self._place(file, artifact)
        return artifact

    def adopt(self, made: Path, expected: str, source_url: str) -> Artifact:
        """Keep a copy of a file that was `made` on this machine, from what lies at `source_url`.

        `expected` is "video", "captions" or "manifest". Raises as `keep` does.
        """
        with self._incoming() as file:
            copyfile(made, file)
            with file.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            facts = probe(file, expected, made.name)
            artifact = Artifact(sha256=sha256, size=file.stat().st_size, source_url=source_url, **facts)
            self._place(file, artifact)
        return artifact

    def is_offered(self, url: str, *, allowed_hosts: Collection[str] = ()) -> bool:
        """Whether `url` still gives a file that `keep` could fetch. Raises ArtifactUnavailable if nobody can tell."""
        return is_offered(url, allowed_hosts=self._allowed_hosts | set(allowed_hosts))

    def path(self, artifact: Artifact) -> Path:
        """Where our copy of `artifact` lies on this machine, fetched from the remote store if need be.

        Raises ArtifactError when it is gone or damaged, and ArtifactUnavailable when that store cannot be reached.
        """
        if not self._is_here(artifact):
            self._bring(artifact.sha256, self._key(artifact), self._copy_of(artifact))
        return self._used(self._key(artifact))

    def named(self, name: str) -> Path:
        """Where our copy called `name` (see `name`) lies on this machine, fetched from the remote store if need be.

        Raises ArtifactError for a name that is none of ours or a file that is gone, and ArtifactUnavailable as `path`.
        """
        key = _key(_checked(name))
        if not (self.folder / key).is_file():
            self._bring(name.partition(".")[0], key, self._shown_copy(name, key))
        return self._used(key)

    def has(self, artifact: Artifact) -> bool:
        """Whether our copy of `artifact` is there, whole as far as its size tells. Raises ArtifactUnavailable."""
        if self._is_here(artifact):
            return True
        if self._remote is None or self._remote.holds(self._key(artifact), artifact.size):
            return self._remote is not None
        self._remote.check()  # a bucket that does not exist, or that is not ours, has lost nothing
        return False

    def check(self) -> None:
        """See that files can be stored, before any is paid for. Raises ArtifactUnavailable with the way out."""
        with self._incoming() as file:
            file.touch()
        if self._remote:
            self._remote.check()

    def link(self, artifact: Artifact, seconds: float) -> str | None:
        """A URL signed by the remote store, giving our copy of `artifact` to anybody for `seconds`, a week at most.

        None where the store is a folder of this machine, or cannot sign. Whoever has the URL has the file: it belongs
        into a request, not into logs. Raises ArtifactUnavailable.
        """
        if self._remote is None:
            return None
        if self._is_here(artifact):
            self._put_remotely(artifact)  # made when the store was this folder alone
        return self._remote.link(self._key(artifact), seconds)

    def any_link(self) -> str | None:
        """How links of this store begin, as `link` makes them; None where it makes none. Raises ArtifactUnavailable."""
        link = self._remote.link("any", 1) if self._remote else None
        return link and shown(link)

    def names(self) -> Iterator[Stored]:
        """All our copies: of a remote store those that lie there. Raises ArtifactUnavailable."""
        store = self._remote or self._here
        ours = (folder for folder in store.folders() if _FOLDER.fullmatch(folder))  # beside them lie the runs' outputs
        for file in (file for folder in ours for file in store.names(folder)):
            name = file.name.rpartition("/")[2]
            if _NAME.fullmatch(name) and file.name == _key(name):
                yield replace(file, name=name)

    def delete(self, name: str, older_than: float = 0.0) -> bool:
        """Delete our copy called `name` (see `name`), here and in a remote store; done too when it has gone.

        False where it stays, as it was stored, or stored again, within `older_than` seconds. Raises ArtifactError for a
        name that is none of ours, and ArtifactUnavailable.
        """
        key = _key(_checked(name))
        found = (self._remote or self._here).find(key) if older_than else None
        if found and found.age < older_than:
            return False
        if self._remote:
            self._remote.delete(key)
        self._here.delete(key)
        return True

    @staticmethod
    def media_type(name: str) -> str:
        """What the file called `name` is, by the ending that the store gave it."""
        return _TYPES[Path(name).suffix]

    @staticmethod
    def name(artifact: Artifact) -> str:
        """The file's name: its hash and the ending of what it is."""
        return artifact.sha256 + _ENDINGS[artifact.media_type]

    def _bring(self, sha256: str, key: str, shown_copy: str) -> None:
        with self._incoming() as file:
            if self._remote is None or not self._remote.get(key, file):
                raise ArtifactError(f"{shown_copy} is gone; the file has to be made again")
            with file.open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
                    raise ArtifactError(f"{shown_copy} is damaged: its content has another SHA-256")
            self._put(file, key)
        if self._cache:
            self._cache.drop_unused()

    def _used(self, key: str) -> Path:
        """Where the file lies. In a cache it stays for as long as somebody uses it; a store counts from its storing."""
        file = self.folder / key
        if self._cache:
            with suppress(OSError):  # dropped in this very moment: who opens it is told
                os.utime(file)
        return file

    def _put_remotely(self, artifact: Artifact, older_than: float = math.inf) -> None:
        """Unless it is there whole, and for no longer than `older_than` seconds."""
        key = self._key(artifact)
        found = self._remote.find(key) if self._remote else None
        if self._remote and not (found and found.size == artifact.size and found.age <= older_than):
            self._remote.put(self.folder / key, key)

    def _place(self, file: Path, artifact: Artifact) -> None:
        """Where it has lain for long, retention may be about to delete it: it is young again then."""
        key = self._key(artifact)
        if self._is_here(artifact):
            os.utime(self.folder / key)
        else:
            self._put(file, key)
        self._put_remotely(artifact, older_than=_YOUNG_SECONDS)
        if self._cache:
            self._cache.drop_unused()

    def _put(self, file: Path, key: str) -> None:
        target = self.folder / key
        target.parent.mkdir(exist_ok=True)
        file.replace(target)

    def _is_here(self, artifact: Artifact) -> bool:
        try:
            return self._local(artifact).stat().st_size == artifact.size
        except OSError:
            return False

    def _key(self, artifact: Artifact) -> str:
        """Its name within the store, local or remote."""
        return _key(self.name(artifact))

    def _local(self, artifact: Artifact) -> Path:
        return self.folder / self._key(artifact)

    def _copy_of(self, artifact: Artifact) -> str:
        return self._shown_copy(shown(artifact.source_url), self._key(artifact))

    def _shown_copy(self, what: str, key: str) -> str:
        where = self._remote.shown if self._remote else self.folder
        return f"our copy of {what} in MEDIA_STORE {where} ({key})"

    @contextmanager
    def _incoming(self) -> Iterator[Path]:
        """A place for a file that is not ours yet; gone afterwards, with all that is left in it."""
        incoming = self.folder / "incoming"
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            _sweep(incoming)
            with tempfile.TemporaryDirectory(dir=incoming) as folder:
                yield Path(folder, "file")
        except OSError as error:
            raise ArtifactUnavailable(
                f"MEDIA_STORE {self.folder} cannot be written ({error.strerror}); choose another folder"
            ) from error


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ArtifactError(f"{name[:100]!r} is no name of a file in MEDIA_STORE")
    return name


def _sweep(incoming: Path) -> None:
    """Remove what processes that were killed left behind."""
    for left in incoming.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                rmtree(left, ignore_errors=True)
