"""What the ledger gives up when its keeping is over, what it keeps all the same, and what is left of the rest."""

import sqlite3
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import NotInLedger
from adgen_pipeline.ledger import Commission, Intake, Ledger, open_ledger
from adgen_pipeline.ledger import keeping as keeping_module
from adgen_pipeline.ledger.schema import pins
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.aged import age
from adgen_pipeline_tests.ledger.calls import CLIP, LOST, buy, wanted

_LIMIT = Decimal(10)


def _ad(ledger: Ledger, job_id: str, cost: str = "0.25", **changed: str) -> None:
    ledger.begin_job(job_id, _LIMIT, {"prompt": "a watch", "callback_url": "https://shop.example.com/hook"})
    buy(ledger, f"{job_id}: clip", cost, job_id=job_id, **changed)
    ledger.end_job(job_id, "completed", f"run of {job_id}")
    for delivery in ledger.outbox.take(10, job_id=job_id):
        ledger.outbox.delivered(delivery)


def _before(ledger: Ledger, days: int = 30) -> datetime:
    return ledger.keeping.now() - timedelta(days=days)


def _delete(ledger: Ledger) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, count in ledger.keeping.delete(_before(ledger)):
        found[kind] = found.get(kind, 0) + count
    return found


def test_old_jobs_go_and_what_they_cost_stays(ledger: Ledger, settings: Settings) -> None:
    """A dry look tells what would go, and changes nothing; after the deletion every figure is what it was, and a
    later brief of the same kind finds no answer to reuse."""
    _ad(ledger, "old one", "0.25", payee="https://video.example.com")
    _ad(ledger, "old two", "0.40", payee="https://video.example.com")
    age(settings, 40, ["old one", "old two"])
    _ad(ledger, "new", "0.10")
    before = ledger.records.standing(), ledger.records.figures()
    told = ledger.keeping.expired(_before(ledger))
    assert {kind: each.count for kind, each in told.items() if each.count} == {"jobs": 2, "calls": 2, "deliveries": 2}
    assert told["calls"].size > 100 and told["jobs"].oldest and told["jobs"].oldest < _before(ledger)
    assert len(ledger.jobs()) == 4
    gone = _delete(ledger)
    assert {kind: count for kind, count in gone.items() if count} == {"jobs": 2, "calls": 2, "deliveries": 2}
    after = ledger.records.standing(), ledger.records.figures()
    assert after[0] == before[0] and after[0].spent == {"video_generation": Decimal("0.75")}
    assert (after[1].total, after[1].outcomes, after[1].spent) == (before[1].total, before[1].outcomes, before[1].spent)
    assert after[1].seconds == pytest.approx(before[1].seconds, abs=0.01)
    past = ledger.past.calls()
    assert [(each.payee, each.calls, each.cost) for each in past] == [("https://video.example.com", 2, Decimal("0.65"))]
    with pytest.raises(NotInLedger):
        ledger.find_job("old one")
    assert ledger.history.answers("hash of old one: clip") == []
    assert not any(_delete(ledger).values())


def test_what_is_open_or_in_doubt_stays_whatever_its_age(ledger: Ledger, settings: Settings) -> None:
    """A job without an end, a call in doubt, news that wait for their receiver, an ad that waits to be launched, a
    file that lies in the inbox: each is kept, with all that belongs to it."""
    ledger.begin_job("in doubt", _LIMIT)
    call = ledger.claim(wanted("lost", job_id="in doubt"), "me").call
    ledger.doubt(call.id, "me", Decimal(0), LOST)
    ledger.end_job("in doubt", "failed", "run")
    ledger.begin_job("untold", _LIMIT, {"callback_url": "https://shop.example.com/hook"})
    ledger.end_job("untold", "completed", "run")
    waits = Commission(key="waits", origin="inbox: spring.csv, row 1", brief={"prompt": "a watch"})
    ledger.intakes.take_in(Intake(key="there", name="spring.csv"), [waits])
    age(settings, 400)
    assert not any(each.count for each in ledger.keeping.expired(_before(ledger)).values())
    assert not any(_delete(ledger).values())
    assert {job.job_id for job in ledger.jobs()} == {"ad", "in doubt", "untold"}
    assert ledger.totals("in doubt").unknown == Decimal("0.60")
    assert ledger.commissions.waiting() and ledger.intakes.still_there()
    ledger.resolve(call.id, Decimal(0))
    age(settings, 400, ["in doubt"])
    assert _delete(ledger)["jobs"] == 1


def test_an_answer_that_a_kept_ad_took_stays_with_its_job(ledger: Ledger, settings: Settings) -> None:
    """Two old jobs took answers of each other and go together; a third, whose answer a new ad took, stays."""
    _ad(ledger, "giver", request_hash="shared")
    _ad(ledger, "left", request_hash="of left")
    _ad(ledger, "right", request_hash="of right")
    for taker, giver in (("left", "right"), ("right", "left")):
        claim = ledger.claim(wanted(f"{taker} too", job_id=taker, request_hash=f"of {giver}"), "me")
        assert claim.call.reused_from
    age(settings, 40, ["giver", "left", "right"])
    _ad_that_reuses(ledger)
    assert ledger.keeping.expired(_before(ledger))["jobs"].count == 2
    assert _delete(ledger)["jobs"] == 2
    assert {job.job_id for job in ledger.jobs()} == {"ad", "giver", "new"}
    assert ledger.records.standing().saved == Decimal("0.75")


def _ad_that_reuses(ledger: Ledger) -> None:
    ledger.begin_job("new", _LIMIT)
    assert ledger.claim(wanted("of new", job_id="new", request_hash="shared"), "me").call.reused_from
    ledger.end_job("new", "completed", "run")


def test_who_is_interrupted_goes_on(ledger: Ledger, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two transactions everything is whole; the next one to delete does the rest."""
    monkeypatch.setattr(keeping_module, "AT_ONCE", 2)
    for number in range(5):
        _ad(ledger, f"old {number}")
    age(settings, 40)
    before = ledger.records.standing()
    deleting = ledger.keeping.delete(_before(ledger))
    next(deleting)
    del deleting
    assert len(ledger.jobs()) == 4 and ledger.records.standing() == before
    _delete(ledger)
    assert len(ledger.jobs()) == 1 and ledger.records.standing() == before


def test_a_job_that_somebody_goes_on_with_is_not_deleted(ledger: Ledger, settings: Settings) -> None:
    """It was to go when the deletion began; a person resumed it before its turn came."""
    _ad(ledger, "old")
    age(settings, 40, ["old"])
    deleting = ledger.keeping.delete(_before(ledger))
    with open_ledger(settings) as other:
        going = ledger.keeping.expired(_before(ledger))["jobs"].count
        other.begin_job("old", _LIMIT)
    assert going == 1 and sum(count for kind, count in deleting if kind == "jobs") == 0
    assert ledger.find_job("old")


def test_files_are_kept_for_those_who_need_them(ledger: Ledger, settings: Settings) -> None:
    """An old ad's files are no longer needed, but for the picture that its look is taken from; that the others are
    deleted is written down, and forgotten once the ad is made anew."""
    look = Artifact(
        sha256="cd" * 32, size=7, media_type="image/jpeg", source_url="http://i.example/1", width=2, height=2
    )
    _ad(ledger, "old")
    ledger.looks.pin("old", "gold on black", look)
    ledger.deliver("old", {"video": CLIP.model_copy(update={"sha256": "ef" * 32})})
    assert ledger.keeping.files_kept(_before(ledger)) == {CLIP.sha256, look.sha256, "ef" * 32}
    age(settings, 40)
    assert ledger.keeping.files_kept(_before(ledger)) == {look.sha256}
    assert ledger.keeping.files_taken_since(_before(ledger, 41)) == {CLIP.sha256, look.sha256, "ef" * 32}
    assert ledger.keeping.files_taken_since(_before(ledger, 39)) == set()
    assert ledger.keeping.forget_files({"ef" * 32}, _before(ledger)) == 1
    assert ledger.job("old").media_deleted_at
    assert ledger.begin_job("old", _LIMIT).media_deleted_at is None
    _delete(ledger)


def test_what_an_ad_comes_to_while_files_are_being_deleted_is_known(ledger: Ledger, settings: Settings) -> None:
    """What it delivered, what it pinned, and the pin of an old ad that somebody has gone on with."""
    look = CLIP.model_copy(update={"media_type": "image/jpeg", "duration": None, "sha256": "cd" * 32})
    for job in ("over", "again"):
        _ad(ledger, job)
        ledger.looks.pin(job, "gold", look)
    age(settings, 40)
    began = ledger.keeping.now()
    ledger.begin_job("again", _LIMIT)
    assert ledger.keeping.files_taken_since(began) == set()
    ledger.deliver("again", {"captions": CLIP.model_copy(update={"sha256": "ef" * 32})})
    ledger.looks.pin("ad", "gold", look)
    assert ledger.keeping.files_taken_since(began) == {"ef" * 32, look.sha256}
    assert ledger.keeping.forget_files({look.sha256}, _before(ledger)) == 0
    assert ledger.looks.of_job("over") is None and ledger.looks.of_job("again") == look


def test_any_number_of_looks_go(ledger: Ledger, settings: Settings) -> None:
    """A statement may have only so many parameters: 32,766 in SQLite, here a few hundred."""
    look = {"name": "", "artifact": CLIP.model_dump(mode="json"), "updated_at": _before(ledger, 40)}
    with ledger._database.write() as connection:
        connection.execute(sa.insert(pins), [look | {"name": f"look {number}"} for number in range(700)])
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600)  # type: ignore[union-attr]
    assert _delete(ledger)["looks"] == 700


def test_a_look_goes_with_the_last_ad_that_has_it(ledger: Ledger, settings: Settings) -> None:
    """Until then a new ad of that look gets the same picture."""
    look = CLIP.model_copy(update={"media_type": "image/jpeg", "duration": None})
    _ad(ledger, "old")
    ledger.looks.pin("old", "gold", look)
    age(settings, 40)
    ledger.begin_job("new", _LIMIT)
    ledger.looks.pin("new", "gold", look.model_copy(update={"sha256": "99" * 32}))
    _delete(ledger)
    assert ledger.looks.of_look("gold") == look and ledger.looks.of_job("old") is None
    ledger.end_job("new", "completed", "run")
    age(settings, 40)
    assert _delete(ledger)["looks"] == 1 and ledger.looks.of_look("gold") is None
