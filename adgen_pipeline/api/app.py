"""The app, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from adgen_pipeline.api.access import Creates, Guesses, check_exposure
from adgen_pipeline.api.batches import batch_routes
from adgen_pipeline.api.errors import answer_errors
from adgen_pipeline.api.events import event_routes, watches_of
from adgen_pipeline.api.guards import Guard
from adgen_pipeline.api.jobs import job_routes
from adgen_pipeline.api.media import media_routes
from adgen_pipeline.api.observed import REQUEST_ID, Observed
from adgen_pipeline.api.pages import page_routes
from adgen_pipeline.api.prometheus import Figures
from adgen_pipeline.api.service import VERSION, service_routes
from adgen_pipeline.api.state import Api
from adgen_pipeline.ports import is_loopback
from adgen_pipeline.settings import Settings

_THREADS = 20
"""Requests at work at once: as many as the ledger has connections to Postgres for."""

_ABOUT = """From a brief to a finished, sound-tracked video ad.

`POST /api/v1/generate-ad` launches one; `GET /api/v1/jobs/{job_id}` shows it as it goes.
`POST /api/v1/batches` makes one brief in several shapes and variants. Costs are US dollars, times UTC, durations
seconds. Errors are `{"error": {code, message, failed_stage, details}}`; a bad field is answered as FastAPI does, with
what would fit in `msg`. Every answer carries `X-Request-Id`.
"""


def create_app(settings: Settings, host: str = "127.0.0.1") -> FastAPI:
    """The API for `settings`, to listen on `host`.

    Raises LedgerError when the ledger is out of reach, InvalidSetting where a setting does not fit, such as no token
    beyond loopback.
    """
    check_exposure(settings, host)
    api = Api(settings)
    app = FastAPI(
        title="adgen", version=VERSION, description=_ABOUT, lifespan=_lifespan(api), docs_url=None, redoc_url=None
    )
    app.state.api, app.state.guesses = api, Guesses()
    figures, creates, watches = Figures(api), Creates(settings.api_creates_per_minute), watches_of(api)
    answer_errors(app)
    app.include_router(service_routes(figures))
    app.include_router(job_routes(creates))
    app.include_router(batch_routes(creates))
    app.include_router(event_routes(watches))
    app.include_router(media_routes(api.store, api.links))
    app.include_router(page_routes(api, watches, creates))
    _guard(app, settings, host, figures)
    return app


def _lifespan(api: Api) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        with api:
            yield

    return lifespan


def _guard(app: FastAPI, settings: Settings, host: str, figures: Figures) -> None:
    """What stands around every route; the last is the outermost."""
    own = {"localhost", "127.0.0.1", "[::1]", (urlsplit(str(settings.api_url)).hostname or "").lower()}
    app.add_middleware(Guard, hosts=own if is_loopback(host) else None, origins=settings.cors_origins)
    app.add_middleware(Observed, figures=figures)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", REQUEST_ID],
        expose_headers=[REQUEST_ID, "Retry-After", "Location", "Idempotent-Replayed"],
    )
