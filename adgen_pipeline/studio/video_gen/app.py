"""Video generation over HTTP. The drawing itself happens in `work`, in a process of its own."""

from pathlib import Path

from fastapi import FastAPI

from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.stages import CLIPS
from adgen_pipeline.studio.renders import RenderPool
from adgen_pipeline.studio.service import Service, serve

SERVICE = Service(CLIPS, ClipRequest, "adgen-studio-video/1", "adgen_pipeline.studio.video_gen.work:work")


def create_app(home: Path, *, media: Path | None = None, pool: RenderPool | None = None) -> FastAPI:
    """The application; its answers and files are kept under `home`."""
    return serve(SERVICE, home, media=media, pool=pool)
