"""The .mp4 that a person gets: where it may be written, and writing it."""

import shutil
import tempfile
from pathlib import Path

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.settings import Settings


def writable(output: Path) -> Path:
    """`output`, once it is sure that it can be written: nobody should pay for an ad that cannot be saved."""
    if output.is_dir():
        raise InvalidBrief([("--output", str(output), "is a folder; name a file in it, such as ad.mp4")])
    if output.suffix.lower() != ".mp4":
        raise InvalidBrief([("--output", str(output), "does not end in .mp4, which is what is written")])
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=output.parent):
            return output
    except OSError as error:
        way_out = f"cannot be written ({error.strerror}); choose a folder of yours"
        raise InvalidBrief([("--output", str(output), way_out)]) from error


def default_target(job_id: str) -> Path:
    """Where an ad goes that nobody gave a place."""
    folder = Settings.read().home / "ads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job_id[:8]}.mp4"


def save(ad: FinishedAd, target: Path) -> Path:
    """Write the ad to `target`, and its captions and its manifest beside it; captions of an ad that was there go."""
    from adgen_pipeline.storage.media import MediaStore  # loads the video libraries

    store = MediaStore.of(Settings.read())
    captions, manifest = target.with_suffix(".vtt"), target.with_suffix(".manifest.json")
    for place, file in {target: ad.video, captions: ad.captions, manifest: ad.manifest}.items():
        if file:
            shutil.copyfile(store.path(file), place)
        else:
            place.unlink(missing_ok=True)
    return target
