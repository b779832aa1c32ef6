"""What is read of whole jobs: lists, figures, and how long ads took."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger import Commission, Ledger
from adgen_pipeline.ledger.schema import jobs
from adgen_pipeline_tests.ledger.calls import buy

NOW = datetime.now(UTC)
End = Callable[..., None]


@pytest.fixture
def job(ledger: Ledger) -> End:
    """Write a job down that was created some minutes ago, ended or not."""

    def write(name: str, minutes: int, outcome: str | None = None, prompt: str = "A watch ad") -> None:
        ledger.begin_job(name, Decimal(10), {"prompt": prompt})
        created = NOW - timedelta(minutes=minutes)
        ended = created + timedelta(seconds=90) if outcome else None
        values = {"created_at": created, "outcome": outcome, "ended_at": ended}
        with ledger._database.write() as connection:
            connection.execute(sa.update(jobs).where(jobs.c.job_id == name).values(values))

    return write


def ids(ledger: Ledger, **filters: object) -> list[str]:
    lines, total = ledger.records.lines(**filters)  # type: ignore[arg-type]
    assert total >= len(lines)
    return [line.job.job_id for line in lines]


def test_lists_are_newest_first_and_filtered(ledger: Ledger, job: End) -> None:
    """By how they ended, batch, time and words, page by page; ids are added, or left out, as the caller knows more."""
    job("done", 30, "completed", "A 100% watch ad")
    job("broken", 20, "failed")
    job("open", 10)
    ledger.commissions.add([Commission(key="k", origin="x", batch="spring", brief={})])
    ledger.commissions.launched("k", "broken")
    assert ids(ledger, but=()) == ["ad", "open", "broken", "done"]
    assert ids(ledger, limit=2, offset=1) == ["open", "broken"]
    assert ids(ledger, outcome="completed") == ["done"] and ids(ledger, ids=["open"]) == ["open"]
    assert ids(ledger, outcome="failed", but=["broken"], ids=["open"]) == ["open"]
    assert ids(ledger, ids=[]) == [] and ids(ledger, batch="spring") == ["broken"]
    assert ids(ledger, text="100% WATCH") == ["done"] and ids(ledger, text="100_") == []
    since = NOW - timedelta(minutes=25)
    assert ids(ledger, after=since, before=NOW - timedelta(minutes=15)) == ["broken"]


def test_a_line_has_what_the_job_cost(ledger: Ledger, job: End) -> None:
    """The sum of its calls, and the batch it belongs to."""
    buy(ledger, "one", "0.25")
    buy(ledger, "two", "0.30")
    [line], total = ledger.records.lines()
    assert (line.spent, line.batch, total) == (Decimal("0.55"), None, 1)


def test_a_job_that_has_not_ended_is_told_with_whether_it_has_begun(ledger: Ledger, job: End) -> None:
    """And one that has, where it is asked for."""
    buy(ledger)
    job("waiting", 10)
    job("done", 20, "completed")
    assert [(each.job.job_id, each.begun, each.composed) for each in ledger.records.unended()] == [
        ("ad", True, False),
        ("waiting", False, False),
    ]
    assert [each.job.job_id for each in ledger.records.unended(["done"])] == ["ad", "waiting", "done"]


def test_figures_are_of_their_time(ledger: Ledger, job: End) -> None:
    """Outcomes, mean seconds of completed ads, and USD, of jobs created since."""
    buy(ledger, cost="0.25")
    job("done", 30, "completed")
    job("old", 300, "completed")
    job("broken", 20, "failed")
    hour = ledger.records.figures(NOW - timedelta(hours=1))
    assert (hour.total, hour.outcomes) == (3, {"completed": 1, "failed": 1})
    assert hour.seconds == pytest.approx(90) and hour.spent == Decimal("0.25")
    ever = ledger.records.figures()
    assert ever.total == 4 and ever.first_at == NOW - timedelta(minutes=300)
    standing = ledger.records.standing()
    assert standing.jobs == {"completed": 2, "failed": 1, "open": 1} and standing.calls == {"settled": 1}
    assert standing.spent == {"video_generation": Decimal("0.25")} and standing.unknown == 0


def test_ads_that_were_made_tell_how_long_they_took(ledger: Ledger, job: End) -> None:
    """From the first call to the end, and how many clips were bought; jobs without calls tell nothing."""
    buy(ledger)
    job("done", 30, "completed")
    with ledger._database.write() as connection:
        ended = {"outcome": "completed", "ended_at": datetime.now(UTC) + timedelta(hours=1)}
        connection.execute(sa.update(jobs).where(jobs.c.job_id == "ad").values(ended))
    [made] = ledger.records.made()
    assert made.bought == 1 and 3500 < made.seconds < 3700


def test_an_enlisted_job_is_left_as_it_is_once_it_has_begun(ledger: Ledger) -> None:
    """The one who launched it may be later than the run itself."""
    ledger.enlist_job("ad", Decimal(3), {"prompt": "another"})
    assert ledger.job("ad").max_cost == Decimal(10)
    ledger.enlist_job("new", Decimal(3), {"prompt": "one"})
    assert ledger.job("new").max_cost == Decimal(3) and ledger.records.find("nobody") is None
