"""Our own copy of every paid file, addressed by its content; the only module that names paths in the store."""

import tempfile
from pathlib import Path

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.downloads import download
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.probe import probe

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "video/mp4": ".mp4"}


class MediaStore:
    """A folder of files named by their SHA-256. Writing is atomic; a file that is there is never written again."""

    def __init__(self, folder: Path):
        self.folder = folder

    def keep(self, url: str, expected: str) -> Artifact:
        """Fetch `url`, check by its content that it is an `expected` ("image" or "video"), and keep it.

        Raises ArtifactError when it cannot be fetched, is something else, or cannot be stored.
        """
        incoming = self._make("incoming")
        with tempfile.TemporaryDirectory(dir=incoming) as folder:
            arrived = download(url, Path(folder, "file"))
            facts = probe(arrived.path, expected, url)
            artifact = Artifact(sha256=arrived.sha256, size=arrived.size, source_url=url, **facts)
            target = self.path(artifact)
            if not target.exists():
                self._make(target.parent.name)
                arrived.path.replace(target)
        return artifact

    def path(self, artifact: Artifact) -> Path:
        """Where our copy of `artifact` lies."""
        return self.folder / artifact.sha256[:2] / self.name(artifact)

    def has(self, artifact: Artifact) -> bool:
        """Whether our copy is there."""
        return self.path(artifact).is_file()

    @staticmethod
    def name(artifact: Artifact) -> str:
        """The file's name: its hash and the ending of what it is."""
        return artifact.sha256 + _ENDINGS[artifact.media_type]

    def _make(self, name: str) -> Path:
        folder = self.folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArtifactError(
                f"MEDIA_STORE {self.folder} cannot be written ({error.strerror}); choose another folder"
            ) from error
        return folder
