"""The prompt parser over HTTP."""

from pathlib import Path

from fastapi import FastAPI

from adgen_pipeline.contracts.stages import PARSING
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.settings import Settings
from adgen_pipeline.studio.prompt_parser.planning import MODEL, plan_ad
from adgen_pipeline.studio.renders import RenderPool
from adgen_pipeline.studio.service import Service, serve

SERVICE = Service(PARSING, ParseRequest, MODEL, plan_ad)


def create_app(home: Path | None = None, *, media: Path | None = None, pool: RenderPool | None = None) -> FastAPI:
    """The application; its answers are kept under `home` (default: `studio` in ADGEN_HOME)."""
    return serve(SERVICE, home or Settings.read().home / "studio", media=media, pool=pool)
