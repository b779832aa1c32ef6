"""How long each call of an ad takes, and with that how long the ad must take at least: the critical path."""

import hashlib
import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass

AD_SECONDS = 24
"""Length of every ad here, cut into as many scenes as its prompt asks for."""


@dataclass(frozen=True)
class Profile:
    """Seconds of each call. A clip takes `clip` give or take `spread`, told by its scene's words: the same for all."""

    name: str
    parse: float
    image: float
    clip: float
    compose: float
    spread: float = 0.0

    def clip_of(self, scene_prompt: str) -> float:
        """Seconds the clip of this scene takes, whoever asks."""
        share = int.from_bytes(hashlib.sha256(scene_prompt.encode()).digest()[:4]) / 2**32
        return round(self.clip + self.spread * (2 * share - 1), 3)

    def seconds(self, path: str, scene_prompt: str = "") -> float:
        """Seconds of one call to `path`."""
        fixed = {"/parse": self.parse, "/generate-image": self.image, "/compose": self.compose}
        return fixed[path] if path in fixed else self.clip_of(scene_prompt)

    def critical_path(self, prompt: str, slots: int) -> float:
        """Seconds below which nobody makes the ad of `prompt` with `slots` clips at once.

        The storyboard; the reference keyframe, whose look the others need; those, side by side; the clips, each
        started in the storyboard's order as soon as a slot is free; the composition.
        """
        scenes = scene_prompts(prompt)
        images = self.image * (2 if len(scenes) > 1 else 1)
        return round(self.parse + images + makespan(map(self.clip_of, scenes), slots) + self.compose, 3)


SHORT = Profile("short", parse=0.5, image=1, clip=3, compose=1)
REAL_LIFE = Profile("real-life", parse=2, image=8, clip=45, compose=10, spread=15)
PROFILES = {profile.name: profile for profile in (SHORT, REAL_LIFE)}


def makespan(seconds: Iterable[float], slots: int) -> float:
    """How long calls of these `seconds` take with `slots` at once, each started in turn as soon as one is free."""
    busy: list[float] = []
    for each in seconds:
        begun = heapq.heappop(busy) if len(busy) == slots else 0.0
        heapq.heappush(busy, begun + each)
    return max(busy, default=0.0)


def prompt_for(number: int, scenes: int) -> str:
    """The prompt of ad `number`. No two ads share one, or the later would take over what the earlier bought."""
    return f"Create an ad for luxury watch number {number}, told in {scenes} scenes"


def scene_prompts(prompt: str) -> list[str]:
    """The scenes that the fake parser plans for `prompt`."""
    told = re.search(r"in (\d+) scenes", prompt)
    return [f"{prompt}, shot {n}" for n in range(1, int(told[1] if told else 1) + 1)]
