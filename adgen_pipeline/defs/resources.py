"""The clients, the purchases and the studio as Dagster resources: they only construct plain objects.

Each service's resource takes its values from the settings (environment or `.env`); what is given as resource
configuration wins. Tokens come from the settings alone, so that no run configuration ever holds one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import dagster as dg
from dagster._config.pythonic_config import ConfigurableResourceFactory  # documented, but not exported
from pydantic import Field

from adgen_pipeline.clients.base import Limits, ServiceClient
from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.ledger import RUN_PATIENCE, open_ledger
from adgen_pipeline.purchases import Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.studio.fingerprint import fingerprint
from adgen_pipeline.studio.launch import EmbeddedStudio

ClientT = TypeVar("ClientT", bound=ServiceClient[Any, Any])


class _ServiceResource(ConfigurableResourceFactory[ClientT], Generic[ClientT]):
    """Constructs one client; the embedded studio starts with the client's first call, not with the resource."""

    client: ClassVar[type[ServiceClient[Any, Any]]]

    url: str | None = Field(
        default=None, description="The service's URL; unset: the setting, or else the embedded studio."
    )
    timeout: float | None = Field(default=None, description="Seconds one HTTP exchange may take; unset: the setting.")
    deadline: float | None = Field(default=None, description="Seconds one call may take in all; unset: the setting.")
    idempotent: bool | None = Field(default=None, description="Whether it honours Idempotency-Key; unset: the setting.")

    def create_resource(self, context: dg.InitResourceContext) -> ClientT:
        """A client without an end of its own; runs use `yield_for_execution`."""
        settings = Settings.read()
        studio = _studio_of(settings)
        client: Any = self.client(
            self._address(settings, studio), self._limits(settings), studio=self._identity(settings)
        )
        return client

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[ClientT]:
        """The client, for as long as the run (or the step's process) lasts."""
        studio = _studio_of(Settings.read())
        studio.retain()
        client = self.create_resource(context)
        try:
            yield client
        finally:
            client.close()
            studio.release()

    def _address(self, settings: Settings, studio: EmbeddedStudio) -> Callable[[], Address]:
        service = settings.service(self.client.stage)
        url = self.url or service.url
        if url:
            return partial(Address, url.rstrip("/"), service.token)
        return lambda: Address(studio.urls()[self.client.stage.service])

    def _identity(self, settings: Settings) -> str | None:
        """The embedded studio's, where that is the one: another code draws other pictures."""
        url = self.url or settings.service(self.client.stage).url
        return None if url else f"studio {fingerprint()}"

    def _limits(self, settings: Settings) -> Limits:
        service = settings.service(self.client.stage)
        honours = self.idempotent if self.idempotent is not None else service.idempotent and not self.url
        return Limits(
            timeout=self.timeout or service.timeout,
            deadline=self.deadline or service.deadline,
            idempotent=honours,
            max_call_cost=service.max_call_cost,
            on_unknown=settings.on_unknown,
        )


class PromptParserResource(_ServiceResource[PromptParser]):
    """The prompt parser's client."""

    client = PromptParser


class ImageGenResource(_ServiceResource[ImageGen]):
    """Image generation's client."""

    client = ImageGen


class VideoGenResource(_ServiceResource[VideoGen]):
    """Video generation's client."""

    client = VideoGen


class CompositionResource(_ServiceResource[Composition]):
    """Composition's client."""

    client = Composition


class PurchasesResource(ConfigurableResourceFactory[Purchases]):
    """The one door for buying a call."""

    def create_resource(self, context: dg.InitResourceContext) -> Purchases:
        """Purchases that are booked in the ledger and keep files in MEDIA_STORE; runs use `yield_for_execution`."""
        settings = Settings.read()
        media_url = str(settings.media_url) if settings.media_url else None
        return Purchases(MediaStore.of(settings), open_ledger(settings, patience=RUN_PATIENCE), media_url)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Purchases]:
        """The same, for as long as the run (or the step's process) lasts."""
        purchases = self.create_resource(context)
        with purchases.ledger:
            yield purchases


def _studio_of(settings: Settings) -> EmbeddedStudio:
    return _studio(settings.home / "studio", settings.media_folder)


@cache
def _studio(home: Path, media: Path) -> EmbeddedStudio:
    """One a process: its runs and resources share it."""
    return EmbeddedStudio(home, media)
