"""The ad's sound as AAC: encoded once, and listened to as a player hears it."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

import av
import numpy as np
from av.codec.context import Flags as ContextFlags
from numpy.typing import NDArray

SAMPLE_RATE = 48_000

_FRAME = 1024  # samples in one packet


@dataclass(frozen=True)
class EncodedSound:
    """AAC packets, and the n x 2 `samples` at 48 kHz, from -1 to 1, that they were made of."""

    samples: NDArray[np.float32]
    packets: list[av.Packet]
    extradata: bytes

    def heard(self) -> NDArray[np.float32]:
        """The n x 2 samples that a player makes of it: AAC moves peaks by up to some dB."""
        decoder = av.CodecContext.create("aac", "r")
        decoder.extradata = self.extradata
        frames = [frame for packet in (*self.packets, None) for frame in decoder.decode(packet)]
        parts = [frame.to_ndarray() for frame in frames]
        return np.asarray(np.concatenate(parts, axis=1).T[_FRAME:][: len(self.samples)], np.float32)


def encoded_sound(samples: NDArray[np.float32]) -> EncodedSound:
    """`samples` (n x 2) as the ad's sound."""
    encoder: Any = set_up_sound(av.CodecContext.create("aac", "w"))
    encoder.flags |= int(ContextFlags.global_header)
    sides = np.ascontiguousarray(samples.T, np.float32)
    frames = (_sound_frame(sides, first) for first in range(0, sides.shape[1], _FRAME))
    packets = [packet for frame in chain(frames, [None]) for packet in encoder.encode(frame)]
    return EncodedSound(samples, packets, bytes(encoder.extradata or b""))


def set_up_sound(context: Any) -> Any:
    """`context`, set for the sound of an ad: stereo at 48 kHz, 192 kb/s."""
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", "fltp"
    context.bit_rate, context.time_base = 192_000, Fraction(1, SAMPLE_RATE)
    return context


def _sound_frame(samples: NDArray[np.float32], first: int) -> Any:
    """The packet's worth of 2 x n `samples` from `first` on."""
    part = np.ascontiguousarray(samples[:, first : first + _FRAME])
    frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = SAMPLE_RATE, first
    return frame
