"""The script that people write by hand: the same calls by asyncio and httpx, a barrier after each stage, a few clips at
once, every file fetched, nothing kept, nothing booked, nothing to resume from."""

import argparse
import asyncio
import time
from itertools import accumulate
from typing import Any

import httpx

from benchmarks.profiles import AD_SECONDS

_FILES = ("image_url", "video_url", "thumbnail_url")


class PlainScript:
    """One ad from the services at `http`'s base URL, with `slots` clips at once."""

    def __init__(self, http: httpx.AsyncClient, slots: int):
        self._http = http
        self._slots = asyncio.Semaphore(slots)

    async def make(self, prompt: str) -> None:
        """All stages, one after the other."""
        scenes = (await self._ask("/parse", prompt=prompt, duration=AD_SECONDS))["scenes"]
        images = await self._images(scenes)
        clips = await asyncio.gather(*(self._clip(*pair) for pair in zip(scenes, images, strict=True)))
        ends = list(accumulate(scene["duration"] for scene in scenes))
        timeline = [
            {"video_url": clip["video_url"], "start_time": end - scene["duration"], "end_time": end}
            for clip, scene, end in zip(clips, scenes, ends, strict=True)
        ]
        await self._ask("/compose", scenes=timeline)

    async def _images(self, scenes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        first = await self._ask("/generate-image", prompt=scenes[0]["prompt"])
        look = first["image_url"]
        later = (self._ask("/generate-image", prompt=s["prompt"], reference_image_url=look) for s in scenes[1:])
        return [first, *await asyncio.gather(*later)]

    async def _clip(self, scene: dict[str, Any], image: dict[str, Any]) -> dict[str, Any]:
        shown = {"reference_image_url": image["image_url"], "duration": scene["duration"]}
        async with self._slots:
            return await self._ask("/generate-video", scene_prompt=scene["prompt"], **shown)

    async def _ask(self, path: str, **body: Any) -> dict[str, Any]:
        reply = await self._http.post(path, json=body)
        result: dict[str, Any] = reply.raise_for_status().json()["result"]
        for name in _FILES:
            if name in result:
                (await self._http.get(result[name])).raise_for_status()
        return result


async def _make(url: str, slots: int, prompt: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=90, trust_env=False) as http:
        await PlainScript(http, slots).make(prompt)


def make(url: str, slots: int, prompt: str) -> float:
    """One ad; the seconds it took."""
    started = time.perf_counter()
    asyncio.run(_make(url, slots, prompt))
    return time.perf_counter() - started


def main() -> None:
    """One ad, as a command; prints its seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="where the fake services are")
    parser.add_argument("prompt")
    parser.add_argument("--slots", type=int, default=4, help="clips at once (default %(default)s)")
    options = parser.parse_args()
    print(f"{make(options.url, options.slots, options.prompt):.3f}")


if __name__ == "__main__":
    main()
