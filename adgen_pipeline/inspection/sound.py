"""How loud an ad is: integrated loudness and true peak as ITU-R BS.1770 defines them, by ffmpeg's `ebur128`."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from adgen_pipeline.storage.probe import open_video

SILENCE = -70.0
"""LUFS. What is quieter is not measured at all: the absolute gate of BS.1770."""


@dataclass(frozen=True)
class Sound:
    """Integrated loudness in LUFS (SILENCE at least) and the highest true peak in dBTP."""

    loudness: float
    peak: float

    @property
    def silent(self) -> bool:
        """Nothing is heard."""
        return self.loudness <= SILENCE


class LoudnessMeter:
    """Hears the decoded sound of `stream`, frame by frame."""

    def __init__(self, stream: AudioStream):
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(template=stream)
        meter = self._graph.add("ebur128", "metadata=1:peak=true")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()
        self._told: dict[str, str] = {}

    def hear(self, frame: AudioFrame | None) -> None:
        """Take in one frame; None after the last."""
        self._graph.push(frame)
        while True:
            try:
                self._told |= self._graph.pull().metadata
            except (av.BlockingIOError, av.EOFError):
                return

    def close(self) -> Sound:
        """What all of it came to."""
        self.hear(None)
        peak = self._figure("true_peak", 0.0)
        loudness = self._figure("I", SILENCE)
        return Sound(round(max(SILENCE, loudness), 1), round(20 * math.log10(max(peak, 1e-5)), 1))

    def _figure(self, name: str, default: float) -> float:
        value: Any = float(self._told.get(f"lavfi.r128.{name}", default))
        return value if math.isfinite(value) else default


def listen(path: Path) -> Sound | None:
    """The sound of the video at `path`; None if it has none, or none that can be decoded."""
    try:
        with open_video(path) as container:
            if not container.streams.audio:
                return None
            meter = LoudnessMeter(container.streams.audio[0])
            for frame in container.decode(container.streams.audio[0]):
                meter.hear(frame)
            return meter.close()
    except (av.FFmpegError, OSError, ValueError):
        return None
