"""A place in a pool: in Dagster's order, handed on at once, and never two for one."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from dagster import DagsterInstance, DagsterRun

from adgen_pipeline.defs.executor.slots import Slots, one_at_a_time
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.postgres import new_database

KEEPS_STUCK = {
    "sqlite": [
        "CREATE TRIGGER keep BEFORE UPDATE ON concurrency_slots WHEN OLD.step_key = 'stuck'"
        " BEGIN SELECT RAISE(ABORT, 'kept'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$",
        "CREATE TRIGGER keep BEFORE UPDATE ON concurrency_slots FOR EACH ROW WHEN (OLD.step_key = 'stuck')"
        " EXECUTE FUNCTION keep()",
    ],
}
"""What makes a database refuse to free the place of the step `stuck`."""


@pytest.fixture(params=["sqlite", "postgres"])
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DagsterInstance]:
    """An instance with the pool `clips` of one place, on either database."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    text = "telemetry: {enabled: false}\n"
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres")).replace("postgresql:", "postgresql+psycopg2:")
        text += f"storage: {{postgres: {{postgres_url: '{url}'}}}}\n"
    (tmp_path / "dagster.yaml").write_text(text)
    with instance() as made:
        made.event_log_storage.set_concurrency_slots("clips", 1)
        yield made


def slots(opened: DagsterInstance, **tags: str) -> Slots:
    return Slots(opened, DagsterRun(job_name="ad", tags=tags))


def urgent(priority: int) -> dict[str, str]:
    return {"dagster/priority": str(priority)}


def comes(arrived: Callable[[], bool]) -> bool:
    """Whether it is so before long; looks as often as the executor's loop might."""
    return any(arrived() or threading.Event().wait(0.01) for _ in range(1500))


def test_places_go_round_in_dagsters_order(opened: DagsterInstance) -> None:
    """By the runs' priority, whoever asked first; and whoever leaves gives back what it had or waited for."""
    holder, low, high, middle = (slots(opened, **urgent(priority)) for priority in (0, 1, 3, 2))
    order = []
    with holder, low, high, middle:
        assert holder.claim("clips", "a")
        waiting = {"low": low, "high": high, "middle": middle}
        for one in waiting.values():
            assert not one.claim("clips", "a")
        holder.free_step("a")
        while waiting:
            assert comes(lambda: any(one.claim("clips", "a") for one in waiting.values()))
            (name,) = (name for name, one in waiting.items() if not one.has_pending_claims())
            order.append(name)
            waiting.pop(name).__exit__(None, None, None)
    assert order == ["high", "middle", "low"]


def test_waiting_costs_looks_not_claims(opened: DagsterInstance) -> None:
    """As long as no place is free, most tries touch no database at all, and none writes to it."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement.split()[0])

    with slots(opened) as holder, slots(opened) as waiting:
        assert holder.claim("clips", "a") and not waiting.claim("clips", "a")
        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            tries = [waiting.claim("clips", "a") for _ in range(1000)]
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert not any(tries)
    assert len(statements) < len(tries) and not {"INSERT", "UPDATE", "DELETE"} & set(statements)


def test_a_limit_that_is_raised_or_taken_away_is_noticed(opened: DagsterInstance) -> None:
    """Also by steps that are waiting already."""
    log = opened.event_log_storage
    with slots(opened) as holder, slots(opened, **urgent(1)) as waiting, slots(opened) as other:
        assert holder.claim("clips", "a") and not waiting.claim("clips", "a") and not other.claim("clips", "a")
        log.set_concurrency_slots("clips", 2)
        assert comes(lambda: waiting.claim("clips", "a"))
        assert not other.claim("clips", "a")
        log.delete_concurrency_limit("clips")
        assert comes(lambda: other.claim("clips", "a"))


def test_a_step_that_was_overlooked_does_not_wait_for_ever(opened: DagsterInstance) -> None:
    """It queued at the moment when the last place was freed: nobody is left to call it."""
    with slots(opened) as overlooked:
        opened.event_log_storage.add_pending_step("clips", overlooked._run_id, "a", 0, should_assign=False)
        assert not overlooked.claim("clips", "a")
        assert comes(lambda: overlooked.claim("clips", "a"))


def test_a_place_is_handed_on_within_a_run_at_once(opened: DagsterInstance) -> None:
    """However far off the next look was."""
    with slots(opened) as mine:
        assert mine.claim("clips", "a") and not mine.claim("clips", "b")
        mine._next_look["clips"] += 1e9
        assert not mine.claim("clips", "b")
        mine.free_step("a")
        assert mine.claim("clips", "b")


def test_steps_overlooked_in_two_pools(opened: DagsterInstance) -> None:
    """Neither look makes the other forget what it saw."""
    log = opened.event_log_storage
    log.set_concurrency_slots("images", 1)
    with slots(opened) as overlooked:
        waiting = {("clips", "a"), ("images", "b")}
        for pool, step in waiting:
            log.add_pending_step(pool, overlooked._run_id, step, 0, should_assign=False)
        for _asked_and_looked_twice in range(3):
            overlooked._next_look = dict.fromkeys(overlooked._next_look, 0.0)
            waiting = {one for one in waiting if not overlooked.claim(*one)}
        assert not waiting


def test_a_place_that_cannot_be_given_back(opened: DagsterInstance, caplog: pytest.LogCaptureFixture) -> None:
    """The other places are, what the database said is logged, and what ended the run comes out."""
    log = opened.event_log_storage
    log.set_concurrency_slots("clips", 3)
    with log.index_connection() as connection:
        for statement in KEEPS_STUCK[connection.dialect.name]:
            connection.execute(sa.text(statement))
    with pytest.raises(RuntimeError, match="what ended the run"), slots(opened) as mine:
        assert all(mine.claim("clips", step) for step in ("one", "stuck", "other"))
        raise RuntimeError("what ended the run")
    assert [slot.step_key for slot in log.get_concurrency_info("clips").claimed_slots] == ["stuck"]
    assert "place of step stuck" in caplog.text and "kept" in caplog.text


def test_two_processes_never_get_the_same_place(opened: DagsterInstance) -> None:
    """Four runs ask at the same moment, again and again, each with connections of its own as a process has."""
    rounds, start = 8, threading.Barrier(4)

    def ask() -> None:
        with DagsterInstance.get() as own:
            for n in range(rounds):
                with slots(own) as mine:
                    start.wait(60)
                    if mine.claim("clips", f"step {n}"):
                        got.append(n)
                    start.wait(60)

    got: list[int] = []
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    most = [got.count(n) for n in range(rounds)]
    assert max(most) == 1 and sum(most) > 0


def test_nobody_stands_still_for_the_lock(opened: DagsterInstance) -> None:
    """While another process asks and asks, a claim comes back at once with no place, and a place is freed all the same.

    Nothing is queued then, the step asks again by itself, and it has the place as soon as the other is done.
    """
    log = opened.event_log_storage
    with DagsterInstance.get() as own, slots(opened) as holder, slots(opened) as waiting:
        assert holder.claim("clips", "a")
        with one_at_a_time(own) as has_turn:
            assert has_turn and not waiting.claim("clips", "a")
            assert waiting.has_pending_claims() and waiting.interval_to_next_pending_claim_check() < 0.1
            holder.free_step("a")
            info = log.get_concurrency_info("clips")
            assert info.active_slot_count == info.pending_step_count == 0
            assert not any(waiting.claim("clips", "a") for _ in range(10))
        assert comes(lambda: waiting.claim("clips", "a"))


@pytest.mark.parametrize("opened", ["postgres"], indirect=True)
def test_who_stands_still_while_it_has_the_turn_loses_it(
    opened: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process asks for a place meanwhile; the one that was frozen goes on as if nothing had been."""
    monkeypatch.setattr("adgen_pipeline.ledger.database.STILL_SECONDS", 0.3)
    with DagsterInstance.get() as own, slots(opened) as waiting:
        with one_at_a_time(own) as has_turn:
            assert has_turn and comes(lambda: waiting.claim("clips", "a"))
        with one_at_a_time(own) as has_turn:
            assert has_turn
