"""Tiny real media, each file its own: no two requests give the same bytes, and the same request always the same."""

import os
from pathlib import Path

from adgen_pipeline_tests.lab import clip_bytes, picture_bytes


class Stock:
    """Clips encoded once, kept in a folder that all services share."""

    def __init__(self, folder: Path):
        self._folder = folder

    def clip(self, seconds: float, request: str) -> bytes:
        """An MP4 of `seconds`, stamped with `request` (a hash) in a box that players skip."""
        stamp = request.encode()
        return self._plain(seconds) + (8 + len(stamp)).to_bytes(4, "big") + b"free" + stamp

    @staticmethod
    def picture(request: str) -> bytes:
        """A JPEG with `request` (a hash) in a comment."""
        stamp, plain = request.encode(), picture_bytes(int(request[:2], 16))
        return plain[:2] + b"\xff\xfe" + (2 + len(stamp)).to_bytes(2, "big") + stamp + plain[2:]

    def _plain(self, seconds: float) -> bytes:
        kept = self._folder / f"{seconds:g}.mp4"
        if not kept.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(clip_bytes(seconds))
            fresh.replace(kept)
        return kept.read_bytes()
