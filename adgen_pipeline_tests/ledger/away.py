"""A server that keeps a transaction, goes before it says so, and lets nobody in for a while."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger import Ledger


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
