"""Where what a step hands to the next lies: with the media, if those are shared between machines."""

from functools import lru_cache

from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.folders import Folder, LocalFolder
from adgen_pipeline.storage.remote import RemoteFolder

RUNS = "runs"


def outputs_of(settings: Settings) -> Folder:
    """The folder of all runs' outputs, `<run>/<step>.json` in it.

    With a MEDIA_STORE of this machine it is `<ADGEN_HOME>/runs`, with a remote one `<MEDIA_STORE>/runs`: a step in
    another process, folder or machine reads what was written there. Raises InvalidSetting as RemoteFolder does.
    """
    if settings.media_remote is None:
        return LocalFolder(settings.home / RUNS, "ADGEN_HOME")
    return _remote(settings.media_remote, settings)


@lru_cache(maxsize=4)
def _remote(url: str, settings: Settings) -> RemoteFolder:
    """One for all steps of a process: each has connections of its own."""
    return RemoteFolder(url, settings.storage_options, under=RUNS)
