"""Back-ups and restores that go wrong: broken off, with odd files, damaged, beside a Dagster of a team's own."""

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dagster import DagsterRunStatus
from dagster._core.test_utils import create_run_for_test

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.doctor.checks.database import look
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.errors import SchemaMismatch
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.alone import UnderWay, alone
from adgen_pipeline.upkeep.backup.creating import create
from adgen_pipeline.upkeep.backup.manifest import UnfitPlace
from adgen_pipeline.upkeep.backup.places import beside, plain_files
from adgen_pipeline.upkeep.backup.restoring import restore
from adgen_pipeline.upkeep.backup.vault import Vault
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.ledger.calls import wanted
from adgen_pipeline_tests.postgres import new_database
from adgen_pipeline_tests.upkeep.conftest import MoveHouse

_AGAIN = "adgen backup restore FOLDER"
_A_TEAMS_OWN = "telemetry:\n  enabled: false\n"


class _PowerCut(BaseException):
    """The machine goes."""


def _quietly(kind: str, count: int) -> None:
    return None


def _power_cut_at(*kinds: str) -> Callable[[str, int], None]:
    def tell(kind: str, count: int) -> None:
        if kind in kinds:
            raise _PowerCut

    return tell


def test_a_restore_that_is_broken_off_is_begun_anew(place: Settings, tmp_path: Path, move_house: MoveHouse) -> None:
    """With the ledger in place and not settled, nobody works with it, who would pay again; the same command ends it."""
    target = str(tmp_path / "vault")
    (place.make_home() / "a.key").write_text("secret")
    with open_ledger(place) as ledger:
        ledger.begin_job("ad", place.max_cost_per_video)
        ledger.claim(wanted(), "somebody@elsewhere")
    create(place, target, _quietly)
    other = move_house()
    for at in (["state"], ["ledger", "database"]):
        with pytest.raises(_PowerCut):
            restore(other, target, _power_cut_at(*at))
        with pytest.raises(SchemaMismatch, match=r"being restored.*run `adgen backup restore` once more"):
            open_ledger(other)
        assert [found.mend for found in look(Examined(other)) if found.subject == "tables"] == [_AGAIN]
    done = restore(other, target, _quietly)
    assert (done.ended, done.in_doubt, done.missing) == (["ad"], 1, [])
    with open_ledger(other) as ledger:
        assert [job.outcome for job in ledger.jobs()] == ["failed"] and ledger.totals("ad").unknown > 0
    with pytest.raises(UnfitPlace, match="empty installation alone"):
        restore(other, target, _quietly)


@pytest.mark.sqlite_files("a journal beside the ledger's")
@pytest.mark.parametrize("left", [0, 2])
def test_a_journal_without_its_ledger(home: Path, tmp_path: Path, move_house: MoveHouse, left: int) -> None:
    """It would be applied to the restored file: the restore is refused, and the journal, which has money in it, stays.
    Nor does a back-up take it for a key."""
    settings, target = Settings.read(), str(tmp_path / "vault")
    journal = beside(settings.make_home() / "ledger.db")[left]
    journal.write_text("the last calls")
    assert not list(plain_files(settings))
    create(settings, target, _quietly)
    other = move_house()
    stray = other.make_home() / journal.name
    stray.write_text("the last calls")
    with pytest.raises(UnfitPlace, match=f"{journal.name} is there"):
        restore(other, target, _quietly)
    assert stray.read_text() == "the last calls" and not (other.home / "ledger.db").exists()


def test_odd_and_damaged_files_stop_nothing(
    home: Path, tmp_path: Path, move_house: MoveHouse, adgen: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is no UTF-8 comes back as it was, what cannot be read is told; a damaged clip is left out of the
    restore, told, and written anew by the next back-up once `verify` has found it."""
    settings, target = Settings.read(), str(tmp_path / "vault")
    inbox, media = Path(settings.inbox_place), settings.media_folder
    odd = os.fsdecode(b"K\xe4se 100%41.yaml")
    inbox.mkdir(parents=True)
    (inbox / odd).write_text("prompt: Create an ad for cheese\n")
    (inbox / "locked.yaml").write_text("prompt: Create an ad for locks\n")
    sha256 = hashlib.sha256(b"{}").hexdigest()
    (media / sha256[:2]).mkdir(parents=True)
    (media / sha256[:2] / f"{sha256}.json").write_text("{}")
    _lock(monkeypatch, "locked.yaml")
    made = adgen("backup", "create", target)
    assert made.code == 0 and "inbox/locked.yaml is not in it: it cannot be read (Permission denied)" in made.told
    Path(target, "objects", sha256[:2], sha256).write_text("[]")
    told = adgen("backup", "verify", target)
    assert told.code == 1 and f"media/{sha256}.json is damaged" in told.told
    other = move_house()
    restored = adgen("backup", "restore", target)
    assert restored.code == 0 and f"Not restored: media/{sha256}.json is damaged" in restored.told
    assert [file.name for file in Path(other.inbox_place, "restored").iterdir()] == [odd]
    monkeypatch.setenv("ADGEN_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", "")
    assert adgen("backup", "create", target).code == 0
    assert adgen("backup", "verify", target).code == 0


def _lock(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As if it were another user's: root, who may run the tests, reads everything."""
    opened = Path.open

    def refused(file: Path, *options: Any, **named: Any) -> Any:
        if file.name == name:
            raise PermissionError(13, "Permission denied")
        return opened(file, *options, **named)

    monkeypatch.setattr(Path, "open", refused)


def test_older_ones_are_dropped_while_nobody_else_copies(home: Path, tmp_path: Path) -> None:
    """Another back-up would lose what it has just written. A damaged manifest is told, and hinders neither."""
    settings, folder = Settings.read(), tmp_path / "vault" / "manifests"
    folder.mkdir(parents=True)
    manifest, made, begun = folder / f"20200101T000000.000000Z-{'0' * 16}.json", [], threading.Event()
    os.mkfifo(manifest)  # whoever reads it waits

    def back_up() -> None:
        made.append(create(settings, str(tmp_path / "vault"), lambda kind, count: begun.set(), keep=2))

    thread = threading.Thread(target=back_up, daemon=True)
    thread.start()
    manifest.write_text("damaged, when a new one is begun")
    assert begun.wait(60)
    with manifest.open("w") as waiting:
        with pytest.raises(UnderWay), alone(settings):
            pass
        waiting.write("damaged, when older ones are dropped")
    thread.join()
    assert "is damaged" in made[0].manifest.problems[0]
    assert Vault(str(tmp_path / "vault"), settings).names() == [made[0].name]


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_teams_own_dagster_in_files_comes_with_a_ledger_on_postgres(
    place: Settings, tmp_path: Path, move_house: MoveHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its runs are in the back-up, and in what is restored; there, ads that were under way are ended, and no others."""
    target = str(tmp_path / "vault")
    _use_a_teams_own(tmp_path / "team", monkeypatch)
    with open_instance() as instance:
        ad = create_run_for_test(instance, status=DagsterRunStatus.STARTED, tags={JOB_TAG: "ad"}).run_id
        other_run = create_run_for_test(instance, status=DagsterRunStatus.STARTED).run_id
    assert not create(place, target, _quietly).manifest.problems
    other = move_house()
    _use_a_teams_own(tmp_path / "another", monkeypatch)
    restore(other, target, _quietly)
    with open_instance() as instance:
        found = {run.run_id: run.status for run in instance.get_runs()}
    assert found == {ad: DagsterRunStatus.CANCELED, other_run: DagsterRunStatus.STARTED}


def test_a_teams_own_dagster_on_a_server_is_said_to_be_left_out(
    home: Path, tmp_path: Path, postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is in the ledger's database, which is dumped whole."""
    server = f"storage:\n  postgres:\n    postgres_url: {new_database(postgres)}\n"
    _use_a_teams_own(tmp_path / "team", monkeypatch, server)
    made = create(Settings.read(), str(tmp_path / "vault"), _quietly)
    assert "keeps them on another server" in made.manifest.problems[0]


def _use_a_teams_own(folder: Path, monkeypatch: pytest.MonkeyPatch, storage: str = "") -> None:
    folder.mkdir()
    (folder / "dagster.yaml").write_text(_A_TEAMS_OWN + storage)
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
