"""MEDIA_STORE: a file of a few bytes is written, read back and linked to; in a folder it is deleted again."""

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from adgen_pipeline.doctor.asking import Unreached, ask
from adgen_pipeline.doctor.checks.disk import nearest
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.remote import RemoteFolder

_LINK_SECONDS = 60
_WORDS = b"adgen doctor was here"
_PROBE = ".adgen-doctor"
"""In a remote store: the same each time, and left there, as who works on ads needs no right to delete."""


def look(examined: Examined) -> Iterator[Finding]:
    """The store, and the URL under which it is served."""
    settings = examined.settings
    public = str(settings.media_url).rstrip("/") if settings.media_url else None
    if settings.media_remote:
        yield from _remote(settings, settings.media_remote, public)
    else:
        yield from _local(settings.media_folder, f"adgen-doctor-{uuid.uuid4().hex}", public)


def _local(folder: Path, name: str, public: str | None) -> Iterator[Finding]:
    if not folder.exists():
        there = nearest(folder)
        yield (
            ok("store", f"{folder} is not there yet: the first ad makes it")
            if os.access(there, os.W_OK)
            else failure("store", f"{folder} cannot be made", f"mkdir -p {folder} && chown {os.getuid()} {folder}")
        )
        return
    probe = folder / name
    try:
        probe.write_bytes(_WORDS)
        if probe.read_bytes() != _WORDS:
            yield failure("store", f"{folder} gave other bytes back than were written", "fsck its disk")
            return
        yield ok("store", f"{folder}: written, read back, deleted")
        if public:
            yield _served(f"{public}/{name}", "MEDIA_URL", "serve MEDIA_STORE under MEDIA_URL")
    except OSError as error:
        mend = f"chown -R {os.getuid()} {folder}, or a larger disk if it is full"
        yield failure("store", f"{folder} cannot be written or read ({error.strerror})", mend)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _remote(settings: Settings, url: str, public: str | None) -> Iterator[Finding]:
    try:
        store = RemoteFolder(url, settings.storage_options)
        store.write(_PROBE, _WORDS)
        if store.read(_PROBE) != _WORDS:
            yield failure(
                "store", f"{store.shown} gave other bytes back than were written", "see the store's own checks"
            )
            return
        store.holds(f"{_PROBE}-absent", 0)  # who may not list a bucket is refused what is not there
        # A link that holds for a minute; some stores make none.
        if link := store.link(_PROBE, _LINK_SECONDS):
            yield _served(link, "signed link", "see that AWS_ENDPOINT_URL is reached from here, and that clocks agree")
        if public:
            yield _served(f"{public}/{_PROBE}", "MEDIA_URL", "serve MEDIA_STORE under MEDIA_URL")
        yield ok("store", f"{store.shown}: written, read back")
    except AdgenError as error:
        told, _, mend = error.message.removeprefix("MEDIA_STORE").strip(" :").partition("; ")
        yield failure("store", told, mend or "see what is said of it")


def _served(url: str, subject: str, mend: str) -> Finding:
    """Whether the probe is what `url` answers."""
    try:
        answered = ask(url)
    except Unreached as error:
        return failure(subject, f"{shown(url)}: {error}", mend)
    if answered.status == 200 and answered.body == _WORDS:
        return ok(subject, f"{shown(url).rpartition('/')[0]}/... gives what was stored")
    judged = warning if answered.status == 200 else failure
    return judged(subject, f"{shown(url)} answered {answered.status}, not what was stored", mend)
