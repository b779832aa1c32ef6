"""One picture of a clip, to show it by."""

from pathlib import Path

import av
from PIL import Image

from adgen_pipeline.storage.probe import open_video


def still(path: Path) -> Image.Image | None:
    """The picture in the middle of the video at `path`, or the last before it that can be decoded; None without one."""
    found = None
    try:
        with open_video(path) as container:
            stream = container.streams.video[0]
            middle = (stream.duration or 0) // 2
            container.seek(middle, stream=stream)  # to a keyframe before it
            for found in container.decode(stream):
                if (found.pts or 0) >= middle:
                    break
    except (av.FFmpegError, OSError, ValueError, IndexError):
        pass
    return found.to_image() if found else None
