"""The app, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from adgen_pipeline.api.errors import answer_errors
from adgen_pipeline.api.media import media_routes
from adgen_pipeline.api.state import Api
from adgen_pipeline.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The API for `settings`. Raises LedgerError when the ledger is out of reach, InvalidSetting."""
    api = Api(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with api:
            yield

    app = FastAPI(title="adgen", lifespan=lifespan)
    app.state.api = api
    answer_errors(app)
    app.include_router(media_routes(api.store, api.links))
    return app
