"""Deletes runs whose keeping is over, with all that Dagster's own `delete_run` leaves behind.

On SQLite that is the file of each run's events and its tags; on any database what its checks found. Ticks of schedules
and sensors go as well, but for the newest of each, from which the daemon goes on.

This module rests on internals of Dagster's storage; they are used here and nowhere else.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from dagster import DagsterInstance, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES, NOT_FINISHED_STATUSES
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.schema import RunsTable, RunTagsTable
from dagster._core.storage.schedules.schema import JobTickTable

from adgen_pipeline.defs.instance import home_is_ours
from adgen_pipeline.defs.jobs import generate_ad, remake_ad
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.recovery import ad_of
from adgen_pipeline.ledger import Expired

_AT_ONCE = 500
_INDEX = "index"
_BESIDE = ("", "-wal", "-shm", "-journal")

_OURS = "adgen/"
"""How the tags of our runs begin."""


def known_runs(instance: DagsterInstance) -> set[str]:
    """The ids of all runs."""
    return set(instance.get_run_ids())


def expired_runs(instance: DagsterInstance, before: datetime, open_jobs: Collection[str]) -> list[str]:
    """The runs that ended before, oldest first, but those of an ad that is open or that a later run works on.

    In a team's own DAGSTER_HOME our runs alone: those of our jobs, or with a tag of ours.
    """
    ended = instance.get_run_ids(RunsFilter(statuses=list(FINISHED_STATUSES), updated_before=before))
    old = list(_ours_among(instance, ended))
    going, ads = set(old), _others_ads(instance)
    in_use = set(open_jobs) | {ad for run, ad in ads.items() if run not in going}
    in_use |= {ad for ad in ads.values() if ad not in going and instance.has_run(ad)}
    return [run for run in reversed(old) if ads.get(run, run) not in in_use]


def measured(instance: DagsterInstance, runs: Sequence[str], left: Sequence[Path]) -> Expired:
    """How many runs, the bytes of their events (on SQLite those of their files, `left` ones too), and their age."""
    ends = [at for at in (_ended_at(instance, run) for run in (*runs[:1], *runs[-1:])) if at]
    return Expired(
        count=len(runs) + len({file.stem for file in left}),
        size=sum(_bytes_of(file) for run in runs for file in _files_of(instance, run))
        + sum(map(_bytes_of, left))
        + _events_size(instance, runs),
        oldest=min(ends, default=None),
        newest=max(ends, default=None),
    )


def left_behind(instance: DagsterInstance, known: Collection[str], before: datetime) -> list[Path]:
    """Files of events of runs that somebody deleted earlier, as in the UI, with what SQLite left beside them.

    In a team's own DAGSTER_HOME none: nobody can tell whose they were.
    """
    folder = events_folder(instance)
    if folder is None or not home_is_ours():
        return []
    files = [file for ending in _BESIDE for file in folder.glob(f"*.db{ending}")]
    strangers = (file for file in files if file.stem != _INDEX and file.stem not in known)
    return [file for file in strangers if file.stat().st_mtime < before.timestamp()]


def delete_run(instance: DagsterInstance, run: str) -> None:
    """Delete the run and whatever Dagster keeps of it; done too when it has gone."""
    instance.delete_run(run)
    with _runs(instance).connect() as connection:
        connection.execute(sa.delete(RunTagsTable).where(RunTagsTable.c.run_id == run))
    with _events(instance).index_connection() as connection:
        connection.execute(sa.delete(AssetCheckExecutionsTable).where(AssetCheckExecutionsTable.c.run_id == run))
    instance.compute_log_manager.delete_logs(prefix=[run])
    for file in _files_of(instance, run):
        file.unlink(missing_ok=True)


def expired_ticks(instance: DagsterInstance, before: datetime) -> Expired:
    """Ticks that began before; in a team's own DAGSTER_HOME those of our schedules and sensors alone."""
    tick = JobTickTable.c
    size, at = sa.func.sum(sa.func.length(tick.tick_body)), tick.timestamp
    query = sa.select(sa.func.count(), size, sa.func.min(at), sa.func.max(at)).where(_old_ticks(instance, before))
    with _ticks(instance).connect() as connection:
        count, total, oldest, newest = connection.execute(query).one()
    return Expired(count=count, size=int(total or 0), oldest=_utc(oldest), newest=_utc(newest))


def delete_ticks(instance: DagsterInstance, before: datetime) -> int:
    """Delete them, some hundreds a transaction; how many there were."""
    some = sa.select(JobTickTable.c.id).where(_old_ticks(instance, before)).limit(_AT_ONCE)
    gone = 0
    while True:
        with _ticks(instance).connect() as connection:
            deleted = connection.execute(sa.delete(JobTickTable).where(JobTickTable.c.id.in_(some))).rowcount
        gone += deleted
        if deleted == 0:
            return gone


def sqlite_files(instance: DagsterInstance) -> list[Path]:
    """The SQLite files that hold what belongs to no single run; none on a server."""
    log = instance.event_log_storage
    if not isinstance(log, SqliteEventLogStorage):
        return []
    urls = (_runs(instance)._conn_string, _ticks(instance)._conn_string, log.conn_string_for_shard(_INDEX))
    return [Path(str(sa.make_url(url).database)) for url in urls]


def events_folder(instance: DagsterInstance) -> Path | None:
    """Where SQLite keeps the events, a file a run; None on a server."""
    log = instance.event_log_storage
    return Path(log.path_for_shard(_INDEX)).parent if isinstance(log, SqliteEventLogStorage) else None


def cancel_unfinished(instance: DagsterInstance, told: str) -> dict[str, str]:
    """Cancel every run that has not ended, carried out by nobody any more; by ad, the run.

    In a team's own DAGSTER_HOME our runs alone.
    """
    found = {run.run_id: run for run in instance.get_runs(RunsFilter(statuses=list(NOT_FINISHED_STATUSES)))}
    unfinished = [found[run] for run in _ours_among(instance, found)]
    for run in unfinished:
        instance.report_run_canceled(run, message=told)
    return {ad_of(run): run.run_id for run in unfinished}


def _others_ads(instance: DagsterInstance) -> dict[str, str]:
    """By run, the ad it works on, where that is another run's."""
    tag = RunTagsTable.c
    query = sa.select(tag.run_id, tag.value).where(tag.key == JOB_TAG, tag.value != tag.run_id)
    with _runs(instance).connect() as connection:
        return dict(connection.execute(query).tuples().all())


def _ours_among(instance: DagsterInstance, runs: Iterable[str]) -> Iterable[str]:
    """Those of the runs that retention may touch: all of them, unless the Dagster home is a team's own.

    Ours has a tag of ours, which each gets when it starts, or is of a job of ours: one that never started has no tag.
    """
    if home_is_ours():
        return runs
    tagged = sa.select(RunTagsTable.c.run_id).where(RunTagsTable.c.key.startswith(_OURS))
    of_jobs = sa.select(RunsTable.c.run_id).where(RunsTable.c.pipeline_name.in_((generate_ad.name, remake_ad.name)))
    with _runs(instance).connect() as connection:
        ours = set(connection.scalars(sa.union(tagged, of_jobs)))
    return [run for run in runs if run in ours]


def _old_ticks(instance: DagsterInstance, before: datetime) -> sa.ColumnElement[bool]:
    tick = JobTickTable.alias("other")
    newest = sa.select(sa.func.max(tick.c.id)).group_by(tick.c.job_origin_id, tick.c.selector_id)
    old = JobTickTable.c.timestamp < before.astimezone(UTC).replace(tzinfo=None)
    ours = sa.true() if home_is_ours() else JobTickTable.c.selector_id.in_(_our_selectors(instance))
    return sa.and_(old, ours, JobTickTable.c.id.not_in(newest))


def _our_selectors(instance: DagsterInstance) -> list[str]:
    """What the ticks of our schedules and sensors are known by, wherever our code was loaded from."""
    from adgen_pipeline.defs.build import SCHEDULES, SENSORS  # all there is, which takes its time to load

    ours = {each.name for definitions in (SCHEDULES, SENSORS) for each in definitions}
    return [state.selector_id for state in instance.all_instigator_state() if state.name in ours]


def _events_size(instance: DagsterInstance, runs: Sequence[str]) -> int:
    """On a server: the bytes of the events themselves."""
    if isinstance(instance.event_log_storage, SqliteEventLogStorage):
        return 0
    event, total = SqlEventLogStorageTable.c, 0
    for start in range(0, len(runs), _AT_ONCE):
        query = sa.select(sa.func.sum(sa.func.length(event.event)))
        with _events(instance).index_connection() as connection:
            found = connection.scalar(query.where(event.run_id.in_(runs[start : start + _AT_ONCE])))
        total += int(found or 0)
    return total


def _files_of(instance: DagsterInstance, run: str) -> Iterable[Path]:
    log = instance.event_log_storage
    if not isinstance(log, SqliteEventLogStorage):
        return []
    return [Path(log.path_for_shard(run) + ending) for ending in _BESIDE]


def _ended_at(instance: DagsterInstance, run: str) -> datetime | None:
    record = instance.get_run_record_by_id(run)
    return _utc(record.update_timestamp) if record else None


def _bytes_of(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _runs(instance: DagsterInstance) -> Any:
    return cast(Any, instance.run_storage)


def _events(instance: DagsterInstance) -> Any:
    return cast(Any, instance.event_log_storage)


def _ticks(instance: DagsterInstance) -> Any:
    return cast(Any, instance.schedule_storage)
