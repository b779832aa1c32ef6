"""One picture of a clip, to show it by."""

from pathlib import Path

import av
from PIL import Image

from adgen_pipeline.storage.probe import open_video


def still(path: Path) -> Image.Image | None:
    """A picture from the middle of the video at `path`, or the next that can be decoded; None if there is none."""
    try:
        with open_video(path) as container:
            stream = container.streams.video[0]
            if stream.duration:
                container.seek(stream.duration // 2, stream=stream)
            return next(container.decode(stream)).to_image()
    except (av.FFmpegError, OSError, ValueError, IndexError, StopIteration):
        return None
