"""Many ads out of one: what a real ad left in ledger, Dagster and on disk, copied under other ids.

Made by SQL, as hundreds of real ads would take an hour. Each copy has a file of its own.
"""

import hashlib
import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from dagster import DagsterInstance
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable as Events

from adgen_pipeline.defs.keeping import events_folder
from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.schema import calls, jobs
from adgen_pipeline.settings import Settings

FILE_BYTES = 100_000


def crowd(settings: Settings, instance: DagsterInstance, job_id: str, copies: int) -> list[str]:
    """The ids of so many copies of the ad `job_id`, each with a run, its events, steps' outputs, and a file."""
    ids = [str(uuid.uuid4()) for _ in range(copies)]
    _copy_rows(settings, job_id, ids)
    run = instance.get_run_by_id(job_id)
    assert run
    for copy in ids:
        instance.add_run(run._replace(run_id=copy, tags={**run.tags, "adgen/job": copy}))
        _copy_events(instance, job_id, copy)
        shutil.copytree(settings.home / "runs" / job_id, settings.home / "runs" / copy)
    return ids


def _copy_rows(settings: Settings, job_id: str, ids: list[str]) -> None:
    engine = sa.create_engine(database_url(settings))
    with engine.begin() as connection:
        job = dict(connection.execute(sa.select(jobs).where(jobs.c.job_id == job_id)).mappings().one())
        its = connection.execute(sa.select(calls).where(calls.c.job_id == job_id)).mappings().all()
        for copy in ids:
            connection.execute(sa.insert(jobs).values(job | {"job_id": copy, "delivered": None}))
            for call in its:
                row = {name: value for name, value in call.items() if name != "id"}
                row |= {"job_id": copy, "key": f"{copy} {call['id']}", "request_hash": f"{copy} {call['id']}"}
                row |= {"files": {"video_url": _file(settings)}} if call["stage"] == "composition" else {}
                connection.execute(sa.insert(calls).values(row))
    engine.dispose()


def _file(settings: Settings) -> dict[str, Any]:
    content = os.urandom(FILE_BYTES)
    sha256 = hashlib.sha256(content).hexdigest()
    file = settings.media_folder / sha256[:2] / f"{sha256}.mp4"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    known = {"sha256": sha256, "size": FILE_BYTES, "media_type": "video/mp4", "source_url": "https://v.example.com/ad"}
    return known | {"width": 1080, "height": 1920, "duration": 15.0}


def _copy_events(instance: DagsterInstance, run: str, copy: str) -> None:
    folder = events_folder(instance)
    with cast(Any, instance.event_log_storage).index_connection() as connection:
        columns = [column for column in Events.c if column.name not in ("id", "run_id")]
        rows = sa.select(sa.literal(copy), *columns).where(Events.c.run_id == run)
        connection.execute(sa.insert(Events).from_select(["run_id", *(column.name for column in columns)], rows))
    if folder:
        _copy_file(folder, run, copy)


def _copy_file(folder: Path, run: str, copy: str) -> None:
    shutil.copyfile(folder / f"{run}.db", folder / f"{copy}.db")
    with closing(sqlite3.connect(folder / f"{copy}.db")) as database:
        database.execute("UPDATE event_logs SET run_id = ?", (copy,))
        database.commit()
