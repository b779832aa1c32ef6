"""The guarded download: the one way a file comes into the house.

http and https only; bounded in bytes and seconds. What the file really is, is checked where it is stored.
"""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable

MAX_BYTES = 500_000_000
MAX_SECONDS = 120.0
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Download:
    """A file that arrived: where it lies, its SHA-256 and its size in bytes."""

    path: Path
    sha256: str
    size: int


def download(url: str, target: Path, *, max_bytes: int = MAX_BYTES, max_seconds: float = MAX_SECONDS) -> Download:
    """Fetch `url` into the new file `target`.

    Raises ArtifactError naming the URL (without its query) and what went wrong; nothing is left behind then.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise ArtifactError(f"{_shown(url)} is not an http(s) URL", details={"url": _shown(url)})
    try:
        return _stream(url, target, max_bytes, time.monotonic() + max_seconds)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        target.unlink(missing_ok=True)
        reason = str(error) or type(error).__name__
        kind = ArtifactUnavailable if isinstance(error, httpx.TransportError) else ArtifactError
        raise kind(f"{_shown(url)} could not be fetched: {reason}", details={"url": _shown(url)}) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def is_offered(url: str) -> bool:
    """Whether `url` still gives a file. Raises ArtifactUnavailable when that cannot be known just now."""
    try:
        byte = {"Range": "bytes=0-0"}
        with httpx.Client(timeout=10, trust_env=False) as client, client.stream("GET", url, headers=byte) as reply:
            if _is_for_now(reply.status_code):
                raise ArtifactUnavailable(f"{_shown(url)} answered HTTP {reply.status_code}")
            return reply.status_code in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT)
    except httpx.HTTPError as error:
        raise ArtifactUnavailable(f"{_shown(url)} cannot be reached") from error


def _stream(url: str, target: Path, max_bytes: int, deadline: float) -> Download:
    digest, size = hashlib.sha256(), 0
    timeout = httpx.Timeout(30, connect=10)
    with httpx.Client(timeout=timeout, trust_env=False) as client, client.stream("GET", url) as reply:
        if reply.status_code != httpx.codes.OK:
            kind = ArtifactUnavailable if _is_for_now(reply.status_code) else ArtifactError
            raise kind(
                f"{_shown(url)} answered HTTP {reply.status_code}, not a file",
                details={"url": _shown(url), "status": reply.status_code},
            )
        with target.open("xb") as file:
            for chunk in reply.iter_bytes(_CHUNK):
                size += len(chunk)
                _check_limits(url, size, max_bytes, deadline)
                digest.update(chunk)
                file.write(chunk)
    return Download(target, digest.hexdigest(), size)


def _is_for_now(status: int) -> bool:
    """Whether a file that was not given may be given later."""
    return status in (408, 425, 429) or status >= 500


def _check_limits(url: str, size: int, max_bytes: int, deadline: float) -> None:
    if size > max_bytes:
        raise ArtifactError(f"{_shown(url)} is larger than {max_bytes / 1e6:.0f} MB; it was not kept")
    if time.monotonic() > deadline:
        raise ArtifactError(f"{_shown(url)} did not arrive in time; only {size} bytes came")


def _shown(url: str) -> str:
    """`url` without its query, which may hold a signature."""
    return url.split("?")[0][:200]
