"""MEDIA_STORE: a file of a few bytes is written, read back and linked to."""

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
from adgen_pipeline.errors import ArtifactUnavailable, InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.remote import TRIAL, TRIAL_CONTENT, RemoteFolder

_LINK_SECONDS = 60


def look(examined: Examined) -> Iterator[Finding]:
    """The store, and the URL under which it is served."""
    settings = examined.settings
    public = str(settings.media_url).rstrip("/") if settings.media_url else None
    if settings.media_remote:
        yield from _remote(settings, settings.media_remote, public)
    else:
        yield from _local(settings.media_folder, public)


def _local(folder: Path, public: str | None) -> Iterator[Finding]:
    if not folder.exists():
        there = nearest(folder)
        yield (
            ok("store", f"{folder} is not there yet: the first ad makes it")
            if os.access(there, os.W_OK)
            else failure("store", f"{folder} cannot be made", f"mkdir -p {folder} && chown {os.getuid()} {folder}")
        )
        return
    probe = folder / f"adgen-doctor-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(TRIAL_CONTENT)
        if probe.read_bytes() != TRIAL_CONTENT:
            yield failure("store", f"{folder} gave other bytes back than were written", "fsck its disk")
            return
        yield ok("store", f"{folder}: written, read back, deleted")
        if public:
            yield _served(f"{public}/{probe.name}", "MEDIA_URL", "serve MEDIA_STORE under MEDIA_URL")
    except OSError as error:
        mend = f"chown -R {os.getuid()} {folder}, or a larger disk if it is full"
        yield failure("store", f"{folder} cannot be written or read ({error.strerror})", mend)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _remote(settings: Settings, url: str, public: str | None) -> Iterator[Finding]:
    """By the trial that each ad begins with: it wants no right that an ad does not want."""
    try:
        store = RemoteFolder(url, settings.storage_options)
        store.check()
        yield ok("store", f"{store.shown}: written and read back")
        link = store.link(TRIAL, _LINK_SECONDS)  # stores that sign none are left out
    except (InvalidSetting, ArtifactUnavailable) as error:
        told, _, mend = error.message.partition("; ")
        yield failure("store", told, mend or "see what is said of it")
        return
    if link:
        yield _served(link, "signed link", "see that AWS_ENDPOINT_URL is reached from here, and that clocks agree")
    if public:
        yield _served(f"{public}/{TRIAL}", "MEDIA_URL", "serve MEDIA_STORE under MEDIA_URL")


def _served(url: str, subject: str, mend: str) -> Finding:
    """Whether the probe is what `url` answers."""
    try:
        answered = ask(url)
    except Unreached as error:
        return failure(subject, f"{shown(url)}: {error}", mend)
    if answered.status == 200 and answered.body == TRIAL_CONTENT:
        return ok(subject, f"{shown(url).rpartition('/')[0]}/... gives what was stored")
    judged = warning if answered.status == 200 else failure
    return judged(subject, f"{shown(url)} answered {answered.status}, not what was stored", mend)
