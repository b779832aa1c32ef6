"""Brings a back-up into an empty installation.

Everything is looked through before anything is written. From then on the ledger is shut: it lets nobody in before all
is in its place and settled. What was broken off is begun anew by the same command. What was made and paid between the
back-up and the loss is unknown to the ledger: what was under way then does not go on by itself, unless that is wished
for.
"""

import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.defs.database.upgrading import upgrade_dagster
from adgen_pipeline.defs.instance import home_is_ours, open_instance
from adgen_pipeline.defs.keeping import cancel_unfinished
from adgen_pipeline.errors import ErrorCode, LedgerError
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.restoring import Restored
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.alone import alone
from adgen_pipeline.upkeep.backup import places
from adgen_pipeline.upkeep.backup.bringing import Bringing, dagsters_files
from adgen_pipeline.upkeep.backup.creating import Tell
from adgen_pipeline.upkeep.backup.manifest import BackupError, Manifest, UnfitPlace
from adgen_pipeline.upkeep.backup.vault import Vault

_SEEN_BEFORE = (
    "was under way when the back-up of {moment} was made, which was restored; it may have been finished since"
)


@dataclass(frozen=True)
class Outcome:
    """What a restore did: `ended` are the jobs (ids) that were under way, `refused` ads that waited to be launched,
    `in_doubt` calls whose price is held back, as they may have been billed since. `missing` are files that were not
    restored, as they are damaged in the back-up."""

    manifest: Manifest
    missing: list[str]
    ended: list[str]
    refused: int
    in_doubt: int


def restore(settings: Settings, source: str, tell: Tell, *, name: str | None = None, go_on: bool = False) -> Outcome:
    """Restore the back-up that is `name`d, or the newest, into the installation of `settings`.

    `go_on`: what was under way or waiting is launched again, under the same keys as before; what happened since is
    paid a second time at services that do not honour them. Raises BackupError where the installation is not empty,
    a database or a key is damaged, the back-up is of another kind of database, or of a newer version.
    """
    vault = Vault(source, settings)
    manifest = vault.read(name)
    _refuse_unfit(manifest, settings)
    with (
        alone(settings),
        closing(open_database(settings)) as database,
        tempfile.TemporaryDirectory(prefix="adgen-restore-") as work,
    ):
        ledger = Restored(database)
        if not _is_begun(ledger):
            _refuse_what_is_there(manifest, database)
        whole, missing = _looked_through(vault, manifest, tell)
        ledger.shut()
        bringing = Bringing(settings, vault, whole, Path(work), tell)
        bringing.files(inbox_too=go_on)
        bringing.databases(database)
        ledger.bring_up_to_date(manifest.ledger_revision)
        if manifest.dagster_version != version("dagster") and home_is_ours():
            upgrade_dagster(settings)
        outcome = _settled(ledger, whole, missing, go_on=go_on)
        ledger.open()
    return outcome


def _refuse_unfit(manifest: Manifest, settings: Settings) -> None:
    here = "postgres" if settings.on_postgres else "sqlite"
    if manifest.ledger_revision > REVISION:
        made = f"it was made by adgen-pipeline {manifest.version}, whose ledger is at {manifest.ledger_revision}"
        raise BackupError(f"{made}; this one knows {REVISION}: update the package, and restore then")
    if manifest.database != here:
        way_out = "set DATABASE_URL to an empty Postgres" if here == "sqlite" else "unset DATABASE_URL"
        raise UnfitPlace(f"DATABASE_URL: the back-up is of {manifest.database}, and here is {here}; {way_out}")


def _is_begun(ledger: Restored) -> bool:
    """Whether what is here was brought by a restore that was broken off."""
    with suppress(LedgerError):  # what cannot be read is there all the same
        return ledger.is_shut()
    return False


def _refuse_what_is_there(manifest: Manifest, database: Database) -> None:
    found = _found(database) or (_runs_found() if manifest.of(places.DAGSTER) else None)
    if found:
        told = f"{found}: a back-up is restored into an empty installation alone"
        raise UnfitPlace(f"{told}; set ADGEN_HOME (and DATABASE_URL) to new places, or move the old ones away")


def _found(database: Database) -> str | None:
    if database.file:
        there = [file for file in (database.file, *places.beside(database.file)) if file.exists()]
        return f"{there[0]} is there" if there else None
    with database.read() as connection:
        tables = sa.inspect(connection).get_table_names()
    return f"the database {database.engine.url.database} has {len(tables)} tables" if tables else None


def _runs_found() -> str | None:
    with open_instance() as instance:
        if not dagsters_files(instance):
            raise UnfitPlace(
                f"Dagster's runs are files in the back-up, and on a server here ({instance.root_directory}/"
                "dagster.yaml): set DAGSTER_HOME to a folder that keeps them in files, or unset it"
            )
        return f"{instance.root_directory} has runs" if instance.get_runs_count() else None


def _looked_through(vault: Vault, manifest: Manifest, tell: Tell) -> tuple[Manifest, list[str]]:
    """What of the back-up is whole, and what is wrong with the rest. Raises BackupError where it cannot do without."""
    whole, missing = [], []
    for entry, problem in vault.damaged(manifest):
        tell("looked through", 1)
        if problem is None:
            whole.append(entry)
        elif entry.path.startswith(tuple(f"{kind}/" for kind in places.VITAL)):
            raise BackupError(f"{problem}: restore another back-up by --of; nothing was restored")
        else:
            missing.append(problem)
    return manifest.model_copy(update={"entries": whole}), missing


def _settled(ledger: Restored, manifest: Manifest, missing: list[str], *, go_on: bool) -> Outcome:
    told = _SEEN_BEFORE.format(moment=f"{manifest.created_at:%Y-%m-%d %H:%M:%S} UTC")
    in_doubt = ledger.put_in_doubt()
    if go_on:
        return Outcome(manifest, missing, [], 0, in_doubt)
    message = f"The ad {told}. Going on with it takes what was paid, and buys the rest."
    error: dict[str, Any] = {
        "code": str(ErrorCode.INTERNAL_ERROR),
        "message": message,
        "failed_stage": None,
        "details": {},
    }
    runs = _runs_cancelled(manifest, f"It {told}.")
    refused = ledger.refuse_waiting(f"It {told}. Ask for it anew if it is missing.")
    return Outcome(manifest, missing, ledger.end_open(error, runs), refused, in_doubt)


def _runs_cancelled(manifest: Manifest, told: str) -> dict[str, str]:
    """By ad, the run; a team's own Dagster that did not come with the back-up is left alone."""
    if not (home_is_ours() or manifest.of(places.DAGSTER)):
        return {}
    with open_instance() as instance:
        return cancel_unfinished(instance, told)
