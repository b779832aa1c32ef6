"""The store's far end: any file system that fsspec knows, by its URL.

Credentials may stand in the URL, in fsspec's configuration or where the file system's own library looks for them.
No message holds them, and no error of such a library is passed on, since it may.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
from fsspec.registry import known_implementations

from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import ArtifactUnavailable, InvalidSetting

_READ_ONLY = ("http", "https", "data")


class RemoteFolder:
    """The folder behind an fsspec URL, such as `s3://bucket/prefix`. Names in it are relative, with `/`.

    Raises InvalidSetting for a URL that no installed library understands.
    """

    def __init__(self, url: str):
        self.shown = shown(url)
        self._files, self._root = opened(url, self.shown)

    def holds(self, name: str, size: int) -> bool:
        """Whether the file `name` of `size` bytes is there, whole. Raises ArtifactUnavailable if nobody can tell."""
        with self._told(f"look for {name}"):
            self._files.invalidate_cache()
            try:
                return bool(self._files.info(self._at(name))["size"] == size)
            except FileNotFoundError:
                return False

    def put(self, file: Path, name: str) -> None:
        """Copy the local `file` there, and see that all of it arrived. Raises ArtifactUnavailable."""
        with self._told(f"write {name}"):
            try:
                self._files.put_file(str(file), self._at(name))
            except FileNotFoundError:  # file systems that want their folders made first
                self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
                self._files.put_file(str(file), self._at(name))
        if not self.holds(name, file.stat().st_size):
            raise ArtifactUnavailable(f"MEDIA_STORE {self.shown} does not hold what was written to it ({name})")

    def get(self, name: str, target: Path) -> bool:
        """Copy `name` to the local file `target`; False where there is none. Raises ArtifactUnavailable."""
        with self._told(f"read {name}"):
            try:
                self._files.get_file(self._at(name), str(target))
            except FileNotFoundError:
                return False
        return True

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # libraries of all kinds: there is no common base
            told = f"MEDIA_STORE {self.shown}: could not {what} ({type(error).__name__}); check its URL and credentials"
            raise ArtifactUnavailable(told, details={"media_store": self.shown}) from None


def opened(url: str, told: str, setting: str = "MEDIA_STORE") -> tuple[Any, str]:
    """The file system behind `url`, and the path in it; `told` is how the URL is shown. Raises InvalidSetting."""
    protocol = url.split("://")[0].split("::")[-1]
    if protocol in _READ_ONLY:
        raise InvalidSetting(f"{setting}: {told} can only be read; take a folder or a store such as s3://bucket/ads")
    try:
        files, root = fsspec.url_to_fs(url)
    except ImportError:
        raise InvalidSetting(
            f"{setting}: {told} needs a library that is not installed: pip install {_package(protocol)}"
        ) from None
    except Exception as error:
        raise InvalidSetting(f"{setting}: {told} cannot be opened ({type(error).__name__})") from None
    return files, root


def _package(protocol: str) -> str:
    """What pip calls the library for `protocol`: its own package, or an extra of fsspec's."""
    package = known_implementations[protocol]["class"].split(".")[0]
    return f"'fsspec[{protocol}]'" if package == "fsspec" else package
