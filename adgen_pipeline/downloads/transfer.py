"""Fetches a file, or asks whether it is still there: bounded in bytes and seconds, with a little patience."""

import hashlib
import os
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpcore

from adgen_pipeline.downloads.decoding import decoded
from adgen_pipeline.downloads.network import CheckedNetwork, Outside, Refused
from adgen_pipeline.downloads.patience import PAUSES, Interrupted, patiently
from adgen_pipeline.downloads.redirects import header, opened
from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable

MAX_BYTES = 500_000_000
MAX_SECONDS = 120.0

_ASKING_SECONDS = 15.0
_GONE = {403, 404, 410}
_BUSY = {408, 425, 429}


@dataclass(frozen=True)
class Download:
    """A file that arrived: where it lies, its SHA-256 and its size in bytes."""

    path: Path
    sha256: str
    size: int


def download(
    url: str,
    target: Path,
    *,
    allowed_hosts: Collection[str] = (),
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    pauses: Sequence[float] = PAUSES,
    outside: Outside | None = None,
) -> Download:
    """Fetch `url` into the new file `target`, within `max_seconds` over all tries.

    `allowed_hosts` (`host` or `host:port`) may have private addresses; no other host may.
    Raises ArtifactError for what will never work (gone, too large, no http) and ArtifactUnavailable for what may work
    later (a busy server, a host that is not allowed, a full disk). Both name the URL without its query; nothing is
    left behind.
    """
    deadline = time.monotonic() + max_seconds

    def fetch() -> Download:
        with _pool(allowed_hosts, deadline, outside) as pool, opened(url, pool) as reply:
            _check_status(reply.status, (200,))
            return _write(reply, target, max_bytes)

    return patiently(url, fetch, deadline, pauses)


def is_offered(
    url: str,
    *,
    allowed_hosts: Collection[str] = (),
    max_seconds: float = _ASKING_SECONDS,
    pauses: Sequence[float] = PAUSES,
    outside: Outside | None = None,
) -> bool:
    """Whether `url` still gives a file: it is asked for its first byte, guarded as a download is.

    Raises ArtifactUnavailable when that cannot be known just now.
    """
    deadline = time.monotonic() + max_seconds

    def ask() -> bool:
        with _pool(allowed_hosts, deadline, outside) as pool, opened(url, pool, {"Range": "bytes=0-0"}) as reply:
            _check_status(reply.status, (200, 206))
            return not header(reply, "Content-Type").startswith("text/")  # such as a page that says: expired

    try:
        return patiently(url, ask, deadline, pauses)
    except ArtifactUnavailable:
        raise
    except ArtifactError:
        return False


def _pool(allowed_hosts: Collection[str], deadline: float, outside: Outside | None) -> httpcore.ConnectionPool:
    """Connections of one try. No proxy: the environment is not asked."""
    outside = outside or Outside()
    network = CheckedNetwork(allowed_hosts, deadline, outside)
    return httpcore.ConnectionPool(ssl_context=outside.certificates, network_backend=network)


def _check_status(status: int, wanted: Collection[int]) -> None:
    if status in wanted:
        return
    if status in _BUSY or status >= 500:
        raise Interrupted(f"it answered HTTP {status}")
    if status in _GONE:
        raise Refused(f"it is expired or gone (HTTP {status})", status=status)
    raise Refused(f"it answered HTTP {status}, not a file", status=status)


def _write(reply: httpcore.Response, target: Path, max_bytes: int) -> Download:
    announced = header(reply, "Content-Length")
    if announced.isdigit():
        _check_size(int(announced), max_bytes)
    pieces = decoded(reply.iter_stream(), header(reply, "Content-Encoding"))
    digest, size = hashlib.sha256(), 0
    try:
        with target.open("xb") as file:
            for piece in pieces:
                size += len(piece)
                _check_size(size, max_bytes)
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Download(target, digest.hexdigest(), size)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise Refused(f"it is larger than {max_bytes / 1e6:g} MB")
