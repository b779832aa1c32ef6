"""The ad's pictures and its sound, made side by side by two threads and put together in one file.

Decoding, encoding and most of the sound run outside Python's lock, so that two threads keep two cores busy; processes
would each take a second to start and hold the ad's words once more.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import ParamSpec, TypeVar

import av
from PIL import Image

from adgen_pipeline.studio.aac import EncodedSound
from adgen_pipeline.studio.composition.footage import footage
from adgen_pipeline.studio.composition.stitching import Run, gops_from
from adgen_pipeline.studio.composition.timeline import Timeline
from adgen_pipeline.studio.composition.titles import Titles
from adgen_pipeline.studio.encoding import AD, Frame, VideoWriter, encoded
from adgen_pipeline.studio.gops import copied
from adgen_pipeline.studio.memory import give_back

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made")

_THREADS = 2
"""Whatever the machine has, for each holds an encoder and a decoder: some 150 MB at 1080x1920."""


@dataclass(frozen=True)
class Film:
    """Pictures of an ad: the clips along the timeline, with words."""

    plan: Timeline
    clips: list[Path]
    size: tuple[int, int]
    titles: Titles

    def frames(self, first: int, stop: int) -> Iterator[Frame]:
        """The frames `first` to `stop` - 1, each a picture of its own."""
        titles = self.titles.during(first / self.plan.fps, stop / self.plan.fps)
        for number, frame in enumerate(footage(self.plan, self.clips, self.size, first, stop), first):
            titles.draw(frame, number / self.plan.fps)
            yield frame

    def packets(self, run: Run, done: Callable[[], None]) -> list[av.Packet]:
        """The pictures of `run` encoded; `done` is called after each that had to be drawn."""
        if run.scene is not None:
            slot = self.plan.slots[run.scene]
            first, stop = run.first - slot.first, run.stop - slot.first
            return copied(self.clips[run.scene], self.size, self.plan.fps, first, stop)
        frames = _telling(self.frames(run.first, run.stop), done)
        keys = gops_from(self.plan, run.first, run.stop)
        return encoded(frames, [number in keys for number in range(run.first, run.stop)], self.size, self.plan.fps)

    def save(self, number: int, target: Path) -> None:
        """Write frame `number` as a JPEG."""
        (frame,) = self.frames(number, number + 1)
        Image.fromarray(frame[..., 2::-1]).save(target, "JPEG", quality=90)


def write(
    film: Film,
    runs: list[Run],
    sound: Callable[[], EncodedSound],
    video: Path,
    poster: tuple[int, Path],
    tell: Callable[[float], None],
) -> None:
    """Write the ad of `runs` to `video`, and the frame of that number as a `poster`.

    `tell` hears shares of the pictures to draw, from 0 to 1; what it raises ends the work.
    """
    done = _Meter(sum(run.length for run in runs if run.scene is None), tell)
    with _threads() as pool, VideoWriter(video, film.size, film.plan.fps, AD, audio=True) as writer:
        heard, shown = pool.submit(_leaving_nothing(sound)), pool.submit(film.save, *poster)
        draw = _leaving_nothing(film.packets)
        drawn = {run: pool.submit(draw, run, done) for run in runs if run.scene is None}
        writer.write_sound(heard.result())
        for run in runs:
            writer.append(drawn.pop(run).result() if run in drawn else film.packets(run, done))
        shown.result()
    tell(1.0)


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """The threads; what has not been begun is dropped after an error."""
    with ThreadPoolExecutor(_THREADS, "film") as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leaving_nothing(work: Callable[_Asked, _Made]) -> Callable[_Asked, _Made]:
    """`work` that gives back the memory it took: the next piece of it may be another thread's."""

    def done(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Made:
        try:
            return work(*args, **kwargs)
        finally:
            give_back()

    return done


class _Meter:
    """Counts what is done by all threads, and tells the share."""

    def __init__(self, all_there_is: int, tell: Callable[[float], None]):
        self._all, self._tell, self._count, self._lock = all_there_is, tell, 0, Lock()

    def __call__(self) -> None:
        with self._lock:
            self._count += 1
            self._tell(self._count / self._all)


def _telling(frames: Iterator[Frame], done: Callable[[], None]) -> Iterator[Frame]:
    for frame in frames:
        yield frame
        done()
