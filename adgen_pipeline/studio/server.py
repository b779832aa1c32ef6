"""The studio's server: four services on four ports in one process, its renders in a pool of others.

Used in two ways: standalone on fixed ports until it is told to stop, and embedded on free ports for as long as
somebody holds a lease on it (see `launch`).
"""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.observability import observe
from adgen_pipeline.studio import lease
from adgen_pipeline.studio.composition.app import create_app as composition
from adgen_pipeline.studio.image_gen.app import create_app as image_gen
from adgen_pipeline.studio.prompt_parser.app import create_app as prompt_parser
from adgen_pipeline.studio.renders import RenderPool
from adgen_pipeline.studio.video_gen.app import create_app as video_gen

PORTS = (8001, 8002, 8003, 8004)
"""Of the prompt parser, image generation, video generation and composition, by the contract."""

LINGER = 3.0
"""Seconds an embedded studio stays when the last lease has ended: step processes follow one another closely."""

_APPS: tuple[Callable[..., FastAPI], ...] = (prompt_parser, image_gen, video_gen, composition)


def serve_standalone(
    home: Path, ports: tuple[int, ...], ready: Callable[[dict[str, str]], None], host: str = "127.0.0.1"
) -> None:
    """Serve on `ports` of `host` (an IPv4 address) until interrupted; `ready` gets each service's URL. Raises OSError.

    Files are offered under whatever address a caller asked by.
    """
    observe("studio")
    _Studio(home, None, _listen(*ports, host=host)).run(ready)


def serve_embedded(home: Path, media: Path) -> None:
    """Serve on free loopback ports, written to `home`'s address file, until no lease is left."""
    observe("studio")
    studio = _Studio(home, media, _listen(*[0] * len(_APPS)))
    with lease.alive(home):
        studio.run(lambda urls: lease.announce(home, urls), until=lease.Watch(home, LINGER).is_over)


class _Studio:
    def __init__(self, home: Path, media: Path | None, sockets: list[socket.socket]):
        self.pool = RenderPool()
        self.sockets = sockets
        ports = [listening.getsockname()[1] for listening in sockets]
        apps = [create(home, media=media, pool=self.pool) for create in _APPS]
        self.by_port = dict(zip(ports, apps, strict=True))
        host = sockets[0].getsockname()[0].replace("0.0.0.0", socket.gethostname())
        self.urls = {stage.service: f"http://{host}:{port}" for stage, port in zip(STAGES, ports, strict=True)}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Each port is a service of its own."""
        await self.by_port[scope["server"][1]](scope, receive, send)

    def run(self, ready: Callable[[dict[str, str]], None], until: Callable[[], bool] | None = None) -> None:
        config = uvicorn.Config(
            self, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        try:
            asyncio.run(self._serve(server, ready, until))
        finally:
            self.pool.close()

    async def _serve(
        self, server: uvicorn.Server, ready: Callable[[dict[str, str]], None], until: Callable[[], bool] | None
    ) -> None:
        self.pool.warm()
        serving = asyncio.create_task(server.serve(sockets=self.sockets))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        ready(self.urls)
        while until and not serving.done():
            await asyncio.sleep(0.25)
            if until():
                server.should_exit = True
                break
        await serving


def _listen(*ports: int, host: str = "127.0.0.1") -> list[socket.socket]:
    """A socket on `host` for each of `ports` (0: any free one). Raises OSError, and then holds none."""
    sockets: list[socket.socket] = []
    try:
        for port in ports:
            sockets.append(socket.socket())
            sockets[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sockets[-1].bind((host, port))
    except OSError:
        for listening in sockets:
            listening.close()
        raise
    return sockets
