"""Makes an installation's ads older than they are: in the ledger, in Dagster and on disk."""

import os
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from dagster import DagsterInstance
from dagster._core.storage.runs.schema import RunsTable
from dagster._core.storage.schedules.schema import JobTickTable

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.aged import age as age_ledger

_DAY = 86_400.0


def age(settings: Settings, instance: DagsterInstance, days: float, job_ids: Collection[str]) -> None:
    """These ads with their runs; all ticks; all files but those written by other ads since."""
    age_ledger(settings, days, list(job_ids))
    age_runs(instance, days, job_ids)
    for folder in (settings.media_folder, settings.home / "runs", settings.home / "studio"):
        age_files(folder, days)


def age_runs(instance: DagsterInstance, days: float, run_ids: Collection[str]) -> None:
    """The runs, and every tick."""
    moments = (RunsTable.c.create_timestamp, RunsTable.c.update_timestamp)
    with cast(Any, instance.run_storage).connect() as connection:
        for run_id, *at in connection.execute(sa.select(RunsTable.c.run_id, *moments)).all():
            if run_id in run_ids:
                moved = {column.name: moment - timedelta(days=days) for column, moment in zip(moments, at, strict=True)}
                connection.execute(sa.update(RunsTable).where(RunsTable.c.run_id == run_id).values(moved))
    with cast(Any, instance.schedule_storage).connect() as connection:
        for number, at in connection.execute(sa.select(JobTickTable.c.id, JobTickTable.c.timestamp)).all():
            values = {"timestamp": at - timedelta(days=days)}
            connection.execute(sa.update(JobTickTable).where(JobTickTable.c.id == number).values(values))


def age_files(folder: Path, days: float) -> None:
    """All files in `folder` and below."""
    for file in folder.rglob("*"):
        if file.is_file():
            written = file.stat().st_mtime - days * _DAY
            os.utime(file, (written, written))
