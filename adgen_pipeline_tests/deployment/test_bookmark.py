"""How far an installation has come."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from dagster import DagsterRun

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.deployment.bookmark import bookmark, main
from adgen_pipeline.ledger import Commission, Intake, Ledger, open_ledger
from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.aged import age
from adgen_pipeline_tests.ledger.calls import buy, wanted

_KINDS = ["jobs", "calls", "pins", "commissions", "intakes", "runs", "campaigns", "inbox"]


@pytest.fixture
def settings(home: Path) -> Settings:
    """Of an installation of the test's own."""
    home.mkdir()
    return Settings.read()


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """Empty."""
    with open_ledger(settings) as ledger:
        yield ledger


def _changed(settings: Settings, action: Callable[[], object]) -> set[str]:
    """What of the bookmark is another after the action."""
    before = bookmark(settings)[1]
    action()
    return {kind for kind, mark in bookmark(settings)[1].items() if mark != before[kind]}


def _ad(ledger: Ledger, job_id: str) -> None:
    ledger.begin_job(job_id, Decimal(10), {"prompt": "a watch"})
    buy(ledger, f"{job_id}: clip", job_id=job_id)
    ledger.end_job(job_id, "completed", f"run of {job_id}")


def test_nothing_and_an_empty_ledger(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Told apart, and nothing is made by the look. In one line, for the script."""
    found, nothing = bookmark(Settings.read())
    assert found is None and list(nothing) == _KINDS and not home.exists()
    home.mkdir()
    open_ledger(Settings.read()).close()
    assert bookmark(Settings.read()) == (REVISION, nothing)
    main()
    words = capsys.readouterr().out.split()
    assert words[0] == REVISION and [word.partition("=0/")[0] for word in words[1:]] == _KINDS


def test_all_that_is_bought_or_taken_in_counts(ledger: Ledger, settings: Settings) -> None:
    """Also the end of a call that was under way, a brief that only lies in the inbox, and a run that Dagster alone
    knows of."""
    inbox = Path(settings.inbox_place)
    assert _changed(settings, lambda: _ad(ledger, "a")) == {"jobs", "calls"}
    ledger.begin_job("b", Decimal(10), {"prompt": "a watch"})
    call = ledger.claim(wanted("b: clip", job_id="b"), "me").call
    assert _changed(settings, lambda: ledger.answered(call.id, "me", Decimal("0.25"), {})) == {"calls"}
    order = Commission(key="k", origin="batch", brief={"prompt": "a watch"})
    assert _changed(settings, lambda: ledger.commissions.add([order])) == {"commissions"}
    file = Intake(key="i", name="brief.json", ads=0, known=[], problems=[])
    assert _changed(settings, lambda: ledger.intakes.take_in(file, [])) == {"intakes"}
    inbox.mkdir(parents=True)
    assert _changed(settings, lambda: (inbox / "brief.txt").write_text("A watch")) == {"inbox"}
    with open_instance() as instance:
        assert _changed(settings, lambda: instance.add_run(DagsterRun(job_name="ad"))) == {"runs"}


def test_what_retention_deletes_hides_nothing(ledger: Ledger, settings: Settings) -> None:
    """As many calls as before, even with the numbers of those that went, are not those of before."""
    _ad(ledger, "old")
    age(settings, 40)

    def delete_and_buy() -> None:
        list(ledger.keeping.delete(ledger.keeping.now() - timedelta(days=30)))
        _ad(ledger, "new")

    assert _changed(settings, delete_and_buy) >= {"jobs", "calls"}
    assert bookmark(settings)[1]["calls"].startswith("1/")


def test_tables_of_an_older_version_are_read(ledger: Ledger, settings: Settings) -> None:
    """What that had not yet is nothing, as it is in tables that have just been brought up to date."""
    _, now = bookmark(settings)
    engine = sa.create_engine(database_url(settings))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE ledger_intakes"))
        connection.execute(sa.text("DROP TABLE ledger_commissions"))
    engine.dispose()
    assert bookmark(settings) == (REVISION, now)
