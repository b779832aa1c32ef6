"""Which URL of a file which service can reach."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, PARSING
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.ports import is_loopback

OWN_MEDIA = "http://127.0.0.1:0/media"
"""What the embedded studio knows our own copies by: it reads them from the store, whatever port it has."""


def check_reachable(
    clients: Collection[ServiceClient[Any, Any]], media_url: str | None, link: str | None = None
) -> None:
    """Refuse a mix of services in which one could never reach another's files, before anything is paid.

    Only the embedded studio's files live on this machine alone; our own copies of them lie under `media_url`, or where
    the store's `link`s lead. Raises ArtifactError.
    """
    some_embedded = any(client.embedded for client in clients if client.stage != PARSING)
    if not some_embedded or media_url:
        return
    for client in clients:
        reads_files = client.stage in (CLIPS, COMPOSITION)
        if reads_files and not client.embedded and not leads_from(client.address.url, link):
            raise ArtifactError(unreachable("", client.address.url))


def expired(url: str, reader: str) -> str:
    """Says that the file's own `url` gives it no more, so the service at `reader` cannot fetch it; the ways out."""
    return (
        f"{url.split('?')[0][:200]} is no longer valid, and {urlsplit(reader).hostname} would have to fetch it: set "
        "MEDIA_URL to a URL under which MEDIA_STORE is served, let MEDIA_STORE be a store that signs links and that it "
        "can reach (s3://...), or buy it again (reuse: off, or refresh its scene)"
    )


def unreachable(_url: str, reader: str) -> str:
    """Says that the service at `reader` cannot fetch files from this machine, and the ways out."""
    host = urlsplit(reader).hostname
    return (
        f"{host} cannot reach files on this machine: set MEDIA_URL to a URL under which MEDIA_STORE is served, let "
        "MEDIA_STORE be a store that signs links and that it can reach (s3://...), or give every service a URL of its "
        "own"
    )


def leads_from(reader: str, link: str | None) -> bool:
    """Whether the service at `reader` could reach where `link` leads, None being a file of this machine."""
    return on_this_machine(reader) or not (link is None or on_this_machine(link))


def host_in(url: str) -> str:
    """The host of `url`: what a service makes may be fetched from its own, wherever that is."""
    return urlsplit(url).hostname or ""


def on_this_machine(url: str) -> bool:
    """Whether `url` means this machine."""
    return is_loopback(urlsplit(url).hostname or "")
