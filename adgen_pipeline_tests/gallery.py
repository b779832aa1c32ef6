"""Twenty-four ads of the embedded studio, all categories, styles and shapes between them, and a sheet of each.

    python -m adgen_pipeline_tests.gallery --into build/gallery            # at full size, some 25 minutes on two cores
    python -m adgen_pipeline_tests.gallery --into build/gallery --draft --only coffee bag

Every ad is made as the pipeline makes it, service after service, without Dagster and HTTP between them.
"""

import argparse
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import av
import numpy as np
import yaml
from PIL import Image

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.requests import clip_request, compose_request, image_request
from adgen_pipeline.storyboards import parse_request, storyboard_for

_UNPAID = Receipt(service="", cost=0, seconds=0, attempts=0, key="", call=0)  # type: ignore[arg-type]


BRIEFS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())


def make(name: str, brief: Brief, folder: Path) -> dict[str, Any]:
    """Make one ad into `folder`: storyboard.json, keyframes, clips, ad.mp4 with what belongs to it. Seconds a stage."""
    from adgen_pipeline.studio.composition.render import compose
    from adgen_pipeline.studio.prompt_parser.planning import plan_ad

    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    story = storyboard_for(name, brief, plan_ad(parse_request(brief)), _UNPAID)
    (folder / "storyboard.json").write_text(story.model_dump_json(indent=1))
    for scene in story.scenes:
        draw_keyframe(story, scene, folder)
    drawn = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        clips = list(pool.map(film, *zip(*((story, scene, folder) for scene in story.scenes), strict=True)))
    filmed = time.perf_counter()
    ad = compose(compose_request(story, {s.key: s.key for s in story.scenes}), clips, None, folder)
    ended = time.perf_counter()
    boxes = [box.model_dump() for box in ad.text_boxes]
    seconds = {"keyframes": drawn - began, "clips": filmed - drawn, "composition": ended - filmed}
    (folder / "ad.json").write_text(json.dumps({"text_boxes": boxes, "seconds": seconds}, indent=1))
    return seconds


def draw_keyframe(story: Storyboard, scene: PlannedScene, folder: Path) -> Path:
    """The keyframe of `scene`; the first scene's is the others' reference."""
    from adgen_pipeline.studio.image_gen.render import render_keyframe

    first, target = folder / f"{story.scenes[0].key}.jpg", folder / f"{scene.key}.jpg"
    reference = first if scene.index > 1 else None
    render_keyframe(image_request(story, scene, str(reference) if reference else None), reference, target)
    return target


def film(story: Storyboard, scene: PlannedScene, folder: Path) -> Path:
    """The clip of `scene`, from its keyframe in `folder`."""
    from adgen_pipeline.studio.video_gen.render import render_clip

    target, keyframe = folder / f"{scene.key}.mp4", folder / f"{scene.key}.jpg"
    render_clip(clip_request(story, scene, str(keyframe)), keyframe, target)
    return target


def sheet(folder: Path, height: int = 420) -> Path:
    """A picture of the whole ad: every scene soon after it began, in its middle, and where it gives way."""
    story = Storyboard.model_validate_json((folder / "storyboard.json").read_text())
    moments = [m for scene in story.scenes for m in _moments(scene, last=scene is story.scenes[-1])]
    pictures = [_fitted(picture, height) for picture in frames_at(folder / "ad.mp4", moments)]
    rows = [pictures[n : n + 12] for n in range(0, len(pictures), 12)]
    strip = np.vstack([_padded(np.hstack(row), max(sum(p.shape[1] for p in r) for r in rows)) for row in rows])
    target = folder / "sheet.jpg"
    Image.fromarray(strip).save(target, quality=88)
    return target


def frames_at(video: Path, moments: list[float]) -> list[Image.Image]:
    """The pictures shown at `moments` (seconds, rising)."""
    found, due = [], list(moments)
    with av.open(str(video)) as container:
        for frame in container.decode(video=0):
            while due and frame.time is not None and frame.time >= due[0] - 1e-3:
                found.append(frame.to_image())
                due.pop(0)
            if not due:
                break
    return found


def _moments(scene: PlannedScene, *, last: bool) -> list[float]:
    alone = scene.duration - scene.transition.overlap
    shares = [0.25, 0.55, 0.97] if last else [0.25, 0.6, 1.0]
    extra = [scene.end_time - scene.transition.overlap / 2] if scene.transition.overlap else []
    return [scene.start_time + share * alone - (0.05 if share == 1 else 0) for share in shares] + extra


def _fitted(picture: Image.Image, height: int) -> np.ndarray:
    return np.asarray(
        picture.resize((round(picture.width * height / picture.height), height), Image.Resampling.LANCZOS)
    )


def _padded(row: np.ndarray, width: int) -> np.ndarray:
    return np.pad(row, ((0, 4), (0, width - row.shape[1]), (0, 0)), constant_values=255)


def main() -> None:
    """Make what is asked for, one ad after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True, help="The folder to write to.")
    parser.add_argument("--only", nargs="*", choices=list(BRIEFS), help="Some of them.")
    parser.add_argument("--draft", action="store_true", help="Small and quick.")
    asked = parser.parse_args()
    for name in asked.only or BRIEFS:
        brief = read_brief(BRIEFS[name] | {"draft": asked.draft})
        seconds = make(name, brief, asked.into / name)
        sheet(asked.into / name)
        told = ", ".join(f"{stage} {spent:.1f} s" for stage, spent in seconds.items())
        print(f"{name}: {told} (load {os.getloadavg()[0]:.1f})", flush=True)


if __name__ == "__main__":
    main()
