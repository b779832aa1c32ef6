"""A ledger with ads, and a receiver on this machine that may be called."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.database import now
from adgen_pipeline.ledger.schema import deliveries
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey
from adgen_pipeline_tests.webhooks.receiver import Receiver, receiving

End = Callable[..., str]


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A developer's: receivers on this machine may be called."""
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "localhost")
    return Settings.read()


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with open_ledger(settings) as ledger:
        yield ledger


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with receiving(SigningKey.of(settings).spelled) as receiver:
        yield receiver
        assert not receiver.forged


def end(
    ledger: Ledger, job_id: str, url: str, outcome: str = "completed", error: dict[str, object] | None = None
) -> str:
    """An ad that ended, with `url` to hear of it; the delivery's id."""
    ledger.begin_job(job_id, Decimal(10), {"prompt": "Create an ad for a luxury watch", "callback_url": url})
    ledger.end_job(job_id, outcome, f"run of {job_id}", error)  # type: ignore[arg-type]
    return ledger.outbox.newest(1, job_id)[0].id


def hurry(ledger: Ledger, **more: object) -> None:
    """All that waits is due now, and nobody's; `more` is written, too."""
    with ledger._database.write() as connection:
        past = {"due_at": now(connection) - timedelta(seconds=1), "lease_until": None}
        waiting = deliveries.c.due_at.is_not(None)
        connection.execute(sa.update(deliveries).where(waiting).values(past | more))
