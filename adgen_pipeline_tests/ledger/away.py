"""A server that keeps a transaction, goes before it says so, and lets nobody in for a while; a network gone silent."""

import ctypes
import socket
import struct
import threading
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger import Ledger

_SO_ATTACH_FILTER = 26
"""Of Linux; Python has no name for it."""


def lose_the_answer(ledger: Ledger, patch: pytest.MonkeyPatch, away: float | None) -> list[bool]:
    """The next COMMIT holds and is not answered; nobody is let in for `away` seconds, or until `let_in`.

    What is returned is empty until it was so.
    """
    dialect, commit = ledger._database.engine.dialect, ledger._database.engine.dialect.do_commit
    lost: list[bool] = []

    def commits_and_is_gone(connection: Any) -> None:
        commit(connection)
        if not lost:
            lost.append(True)
            let_in(ledger, "false")
            if away is not None:
                threading.Timer(away, let_in, [ledger]).start()
            connection.dbapi_connection.close()
            commit(connection)

    patch.setattr(dialect, "do_commit", commits_and_is_gone)
    return lost


def let_in(ledger: Ledger, anybody: str = "true") -> None:
    """Whether the ledger's database takes new connections."""
    url = ledger._database.engine.url
    server = sa.create_engine(url.set(database="postgres"), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS {anybody}"))


class SilentNetwork:
    """A way by TCP to a server that listens on a Unix socket; the connections of the moment go silent by `cut`."""

    def __init__(self, url: sa.URL):
        self._server = f"{url.query['host']}/.s.PGSQL.{url.port or 5432}"
        self._door = socket.create_server(("127.0.0.1", 0))
        self._clients: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        self.url = url.set(host="127.0.0.1", port=self._door.getsockname()[1], query={})
        threading.Thread(target=self._let_through, daemon=True).start()

    def cut(self) -> None:
        """What is sent is not even acknowledged any more."""
        drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # let 0 bytes of a packet pass
        for client in self._clients:
            client.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HL", 1, ctypes.addressof(drop_all)))

    def close(self) -> None:
        """End all."""
        for one in (self._door, *self._clients, *self._servers):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _let_through(self) -> None:
        with suppress(OSError):
            while True:
                client, server = self._door.accept()[0], socket.socket(socket.AF_UNIX)
                self._clients.append(client)
                self._servers.append(server)
                server.connect(self._server)
                for way in ((client, server), (server, client)):
                    threading.Thread(target=_pass_on, args=way, daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
