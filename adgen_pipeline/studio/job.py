"""What a render is given besides its request: a folder, the files it needs, and word that it should stop."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adgen_pipeline.downloads import download
from adgen_pipeline.errors import ArtifactError, Cancelled
from adgen_pipeline.settings import Settings

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp|mp4)")
_STUDIO_FILE = re.compile(r"http://((?:127\.0\.0\.1|localhost|\[::1\]):\d+)/files/[0-9a-f]+/[\w.]+")
_OWN_MEDIA = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\]):\d+/media/([0-9a-f.]+\w+)")


@dataclass(frozen=True)
class Job:
    """One render. `media` is the folder of the pipeline's own copies, when it is on this machine."""

    folder: Path
    media: Path | None = None
    stopped: Callable[[], bool] = field(default=lambda: False)
    told: dict[str, Any] = field(default_factory=dict)
    """What the answer's `metadata` says beside the model, as JSON."""

    def fetch(self, url: str, name: str) -> Path:
        """The file behind `url`, as a local file called `name` if it has to be fetched. Raises ArtifactError."""
        return self._own_copy(url) or self._download(url, name, trusted_hosts(url, Settings.read()))

    def fetch_logo(self, url: str) -> Path:
        """The same for what a brief names: whoever writes it is no service, and reads no port of a service's host."""
        return self._own_copy(url) or self._download(url, "logo", frozenset(Settings.read().media_allowed_hosts))

    def _download(self, url: str, name: str, hosts: frozenset[str]) -> Path:
        target = self.folder / name
        target.unlink(missing_ok=True)
        return download(url, target, allowed_hosts=hosts).path

    def progress(self, share: float) -> None:
        """Called with 0 to 1 after every frame. Raises Cancelled when nobody wants the rest."""
        if self.stopped():
            raise Cancelled(f"cancelled after {share:.0%}")

    def _own_copy(self, url: str) -> Path | None:
        """Our media are read from the store, whatever port the studio had when the URL was made."""
        own = _OWN_MEDIA.fullmatch(url)
        if not own or self.media is None:
            return None
        path = own_copy(self.media, own[1])
        if path is None:
            raise ArtifactError(f"{url} is not in the media store")
        return path


def trusted_hosts(url: str, settings: Settings) -> frozenset[str]:
    """The configured hosts and, for what a studio on this machine made, that studio."""
    studio = _STUDIO_FILE.fullmatch(url)
    return settings.media_hosts | ({studio[1]} if studio else set())


def own_copy(media: Path, name: str) -> Path | None:
    """The pipeline's own copy called `name` (hash and ending), or None. `name` may come from anywhere."""
    path = media / name[:2] / name
    return path if _NAME.fullmatch(name) and path.is_file() else None
