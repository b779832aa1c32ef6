"""Back-ups that are really restored: into another home and another database."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dagster import DagsterRunStatus

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.ledger.opening import database_url, ledger_file, open_database
from adgen_pipeline.ledger.revisions import found_in
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks
from adgen_pipeline.storage.remote import TRIAL
from adgen_pipeline.upkeep.backup.creating import create
from adgen_pipeline.upkeep.backup.databases import copy_sqlite, dump
from adgen_pipeline.upkeep.backup.manifest import BackupError, Manifest
from adgen_pipeline.upkeep.backup.restoring import restore
from adgen_pipeline.upkeep.backup.vault import Vault
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ledger.calls import wanted
from adgen_pipeline_tests.s3 import S3
from adgen_pipeline_tests.upkeep.conftest import MoveHouse

_AS_OF_0004 = (
    "ALTER TABLE ledger_jobs DROP COLUMN media_deleted_at",
    "DROP TABLE ledger_past_jobs",
    "DROP TABLE ledger_past_calls",
    "DROP INDEX ix_ledger_calls_reused_from",
    "UPDATE ledger_version SET version_num = '0004'",
)


def _quietly(kind: str, count: int) -> None:
    return None


def test_what_is_restored_goes_on_where_it_was(
    place: Settings, lab: Lab, move_house: MoveHouse, tmp_path: Path
) -> None:
    """Elsewhere, jobs, costs, files, links and runs are what they were, and an equal brief costs nothing. What was
    under way is in doubt, ended and not launched by itself. A second back-up copies only what is new."""
    made, target = make(), str(tmp_path / "vault")
    links = MediaLinks.of(place)
    link = links.link(made.video)
    (place.campaigns_folder).mkdir()
    (place.campaigns_folder / "spring.yaml").write_text("cron: 0 9 * * *\n")
    Path(place.inbox_place).mkdir()
    Path(place.inbox_place, "dropped.yaml").write_text("prompt: Create an ad for a boat\n")
    first = create(place, target, _quietly).name
    with open_ledger(place) as ledger:
        ledger.begin_job("ad", place.max_cost_per_video, {"prompt": "Create an ad for a boat"})
        ledger.claim(wanted(), "somebody@elsewhere")
        ledger.commissions.add([Commission(key="waits", origin="inbox: a.csv", brief={"prompt": "A watch"})])
    before = len(list((tmp_path / "vault" / "objects").rglob("*")))
    second = create(place, target, _quietly)
    assert Vault(target, place).names() == [first, second.name] and not second.manifest.problems
    assert len(list((tmp_path / "vault" / "objects").rglob("*"))) - before < 12
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "vault").rglob("*") if file.is_file())
    with open_ledger(place) as ledger:
        standing = ledger.records.standing()
    other = move_house()
    done = restore(other, target, _quietly)
    assert (done.ended, done.refused, done.in_doubt) == (["ad"], 1, 1)
    with open_ledger(other) as ledger, instance() as opened:
        assert ledger.records.standing().spent == standing.spent
        assert ledger.totals("ad").unknown == wanted().ceiling and not ledger.commissions.waiting()
        assert "was restored" in str(ledger.job("ad").error) and "UTC" in str(ledger.job("ad").error)
        run = opened.get_run_by_id(made.job_id)
        assert run and run.status == DagsterRunStatus.SUCCESS
        assert len(opened.get_records_for_run(made.job_id).records) > 100
    assert (other.campaigns_folder / "spring.yaml").is_file()
    assert [file.name for file in Path(other.inbox_place).iterdir()] == ["restored"]
    assert MediaLinks.of(other).link(made.video) == link
    asked = len(lab.calls)
    assert make().total_cost == 0 and len(lab.calls) == asked
    with pytest.raises(BackupError, match="into an empty installation alone"):
        restore(other, target, _quietly)


def test_a_damaged_back_up_is_found_and_not_restored(
    home: Path, tmp_path: Path, move_house: MoveHouse, adgen: Callable[..., Ended]
) -> None:
    """`verify` names the file; `restore` writes nothing; older back-ups are dropped with what only they had."""
    target, key = tmp_path / "vault", home / "media-link.key"
    MediaLinks.of(Settings.read())
    assert "1 jobs" not in adgen("backup", "create", str(target)).told
    assert adgen("backup", "verify", str(target)).code == 0
    damaged = _damage(target)
    told = adgen("backup", "verify", str(target))
    assert told.code == 1 and "state/media-link.key is damaged" in told.told
    key.write_bytes(b"another key, 32 bytes and more of it")
    assert "files of older ones were dropped" in adgen("backup", "create", str(target), "--keep", "1").told
    assert not damaged.exists() and len(Vault(str(target), Settings.read()).names()) == 1
    _damage(target)
    other = move_house()
    told = adgen("backup", "restore", str(target))
    assert told.code == 1 and "nothing was restored" in told.told and _is_empty(other)


def _damage(target: Path) -> Path:
    """Spoil the newest back-up's copy of the key in the state folder; where it lies."""
    manifest = Vault(str(target), Settings.read()).read()
    entry = next(entry for entry in manifest.entries if entry.path == "state/media-link.key")
    file = target / "objects" / entry.sha256[:2] / entry.sha256
    file.write_bytes(b"x" * entry.size)
    return file


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ledger_revision": "9999"}, "update the package"),
        ({"database": "another"}, "DATABASE_URL: the back-up is of (postgres|sqlite), and here is"),
        ({"format": 2}, "made by a newer version"),
        ({"entries": [{"path": "state/../../evil", "sha256": "ab" * 32, "size": 1}]}, "is missing"),
    ],
)
def test_what_does_not_fit_is_refused(
    place: Settings, tmp_path: Path, move_house: MoveHouse, changes: dict[str, Any], told: str
) -> None:
    """A newer version's, one of another kind of database, a file that is not there: before anything is written."""
    target = str(tmp_path / "vault")
    manifest = create(place, target, _quietly).manifest
    if "database" in changes:
        changes = {"database": "sqlite" if place.on_postgres else "postgres"}
    name = _tell_otherwise(Vault(target, place), manifest, changes)
    other = move_house()
    with pytest.raises(BackupError, match=told):
        restore(other, target, _quietly, name=name)
    assert _is_empty(other)


def test_what_an_older_version_backed_up_is_brought_up_to_date(
    place: Settings, tmp_path: Path, move_house: MoveHouse
) -> None:
    """Its tables as they were two revisions ago: restored, they are today's, with what was in them."""
    target, older = str(tmp_path / "vault"), tmp_path / "older"
    with open_ledger(place) as ledger:
        ledger.begin_job("old", place.max_cost_per_video)
        ledger.end_job("old", "failed", "run")
    manifest = create(place, target, _quietly).manifest
    with closing(open_database(place)) as database, database.write() as connection:
        for statement in _AS_OF_0004:
            connection.execute(sa.text(statement))
    book = ledger_file(place)
    copy_sqlite(book, older) if book else dump(database_url(place), older)
    vault, path = Vault(target, place), "ledger/ledger.db" if book else "database/database.dump"
    entries = [entry for entry in manifest.entries if entry.path != path] + [vault.put(older, path)]
    name = _tell_otherwise(
        vault, manifest, {"entries": [asdict(entry) for entry in entries], "ledger_revision": "0004"}
    )
    other = move_house()
    restore(other, target, _quietly, name=name)
    with closing(open_database(other)) as database:
        assert found_in(database) == REVISION
    with open_ledger(other) as ledger:
        assert [(job.job_id, job.outcome) for job in ledger.jobs()] == [("old", "failed")]


def _is_empty(settings: Settings) -> bool:
    """Whether there is no database yet, or one without tables."""
    with closing(open_database(settings)) as database:
        if database.file:
            return not database.file.exists()
        with database.read() as connection:
            return not sa.inspect(connection).get_table_names()


def _tell_otherwise(vault: Vault, manifest: Manifest, changes: dict[str, Any]) -> str:
    """A newer manifest that says `changes`; its name."""
    later = {"created_at": manifest.created_at.replace(year=2999)}
    return vault.write(Manifest.model_validate(manifest.model_dump() | later | changes))


def test_buckets_are_backed_up_and_restored(
    place: Settings, lab: Lab, s3: S3, bucket: str, move_house: MoveHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one bucket into a folder of another, and from there into a third: an equal brief costs nothing."""
    made, target = make(), f"s3://{bucket}-kept/back-ups"
    with pytest.raises(ArtifactError, match=f"back-ups in {target}: .* make the bucket"):
        create(Settings.read(), target, _quietly)
    s3.files().mkdir(f"{bucket}-kept")
    manifest = create(Settings.read(), target, _quietly).manifest
    kept = [*manifest.of("media"), *manifest.of("outputs")]
    assert len(kept) == sum(not file.endswith(TRIAL) for file in s3.files().find(bucket)) > 15
    s3.files().rm(bucket, recursive=True)
    for setting, value in s3.environment(f"{bucket}-new").items():
        monkeypatch.setenv(setting, value)
    restore(move_house(), target, _quietly)
    asked = len(lab.calls)
    assert (made.total_cost > 0, make().total_cost, len(lab.calls)) == (True, 0, asked)


def test_where_there_is_none(tmp_path: Path, adgen: Callable[..., Ended]) -> None:
    """Bad input, with the command that makes one, and no word of briefs."""
    told = adgen("backup", "restore", str(tmp_path / "nowhere"))
    assert told.code == 2 and "adgen backup create" in told.told and "adgen make" not in told.told


def test_a_back_up_does_not_lie_in_what_it_is_for(home: Path, adgen: Callable[..., Ended]) -> None:
    """ADGEN_HOME is refused as bad input, with the way out; so is what cannot be written."""
    told = adgen("backup", "create", str(home / "backups"))
    assert told.code == 2 and "choose another disk" in told.told
    beside = home.parent / "a-file"
    beside.write_text("")
    unfit = adgen("backup", "create", str(beside / "backups"))
    assert unfit.code == 2 and "a-file/backups cannot be written" in unfit.told and "adgen make" not in unfit.told
