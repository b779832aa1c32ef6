"""Image generation over HTTP. The drawing itself happens in `work`, in a process of its own."""

from pathlib import Path

from fastapi import FastAPI

from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.contracts.stages import IMAGES
from adgen_pipeline.settings import Settings
from adgen_pipeline.studio.renders import RenderPool
from adgen_pipeline.studio.service import Service, serve

SERVICE = Service(IMAGES, ImageRequest, "adgen-studio-image/1", "adgen_pipeline.studio.image_gen.work:work")


def create_app(home: Path | None = None, *, media: Path | None = None, pool: RenderPool | None = None) -> FastAPI:
    """The application; its answers and files are kept under `home` (default: `studio` in ADGEN_HOME)."""
    return serve(SERVICE, home or Settings.read().home / "studio", media=media, pool=pool)
