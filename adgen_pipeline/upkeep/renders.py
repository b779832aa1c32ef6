"""Files of this machine that can be made or fetched again: the embedded studio's renders, and the cache of a remote
MEDIA_STORE. They go by their age alone."""

from collections import defaultdict
from pathlib import Path

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.folders import LocalFolder, Stored
from adgen_pipeline.upkeep.kinds import Gone

RENDERS, CACHE = "studio's renders", "cached media"


def old_renders(settings: Settings, seconds: float) -> dict[str, list[Stored]]:
    """By render (`<service>/jobs/<job>`), its files; those of renders that were last touched so long ago."""
    folder, found = _studio(settings), defaultdict(list)
    for stage in STAGES:
        for file in folder.names(f"{stage.service}/jobs"):
            found["/".join(Path(file.name).parts[:3])].append(file)
    return {render: files for render, files in found.items() if all(file.age > seconds for file in files)}


def delete_renders(settings: Settings, seconds: float) -> Gone:
    """Delete them, with the keys they were asked for under: who asks again is answered anew, free of charge."""
    folder = _studio(settings)
    for render, files in old_renders(settings, seconds).items():
        service, _, job = Path(render).parts
        folder.delete(f"{service}/keys/{job}.json")
        folder.clear(render)
        yield RENDERS, len(files)


def old_cache(settings: Settings, seconds: float) -> list[Stored]:
    """What this machine fetched from a remote store so long ago; nothing where the store is a folder of its own."""
    folder = _cache(settings)
    return [file for file in folder.names() if file.age > seconds] if folder else []


def delete_cache(settings: Settings, seconds: float) -> Gone:
    """Delete it: whoever needs such a file fetches it again."""
    folder = _cache(settings)
    for file in old_cache(settings, seconds):
        if folder:
            folder.delete(file.name)
            yield CACHE, 1


def _studio(settings: Settings) -> LocalFolder:
    return LocalFolder(settings.home / "studio", "ADGEN_HOME")


def _cache(settings: Settings) -> LocalFolder | None:
    return LocalFolder(settings.media_folder, "ADGEN_HOME") if settings.media_remote else None
