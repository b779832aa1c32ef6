"""What happens to a target over the years: disks that fill up or spoil a file, clocks that are wrong."""

import os
import resource
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.backup.manifest import BackupError, Entry, Manifest
from adgen_pipeline.upkeep.backup.vault import Vault

_NOW = datetime.now(UTC)


@pytest.fixture
def folder(home: Path) -> Path:
    """Where the back-ups lie."""
    return home.parent / "vault"


@pytest.fixture
def vault(folder: Path) -> Vault:
    """As one command opens it."""
    return Vault(str(folder), Settings.read())


def _file(home: Path, content: str) -> Path:
    file = home.with_name("file")
    file.write_text(content)
    return file


def _manifest(entries: list[Entry], at: datetime = _NOW) -> Manifest:
    made_by = {"version": "1", "database": "sqlite", "ledger_revision": "0005", "dagster_version": "1"}
    counted = {"jobs": 0, "calls": 0, "spent": 0}
    return Manifest.model_validate({"created_at": at, "entries": entries} | made_by | counted)


def _backup(vault: Vault, home: Path, content: str, at: datetime = _NOW) -> str:
    """A back-up of one file; its name."""
    return vault.write(_manifest([vault.put(_file(home, content), "state/key")], at))


def _object(folder: Path, entry: Entry) -> Path:
    return folder / "objects" / entry.sha256[:2] / entry.sha256


def test_a_damaged_file_that_was_found_is_written_anew(folder: Path, vault: Vault, home: Path) -> None:
    """Its size is what it was, so nobody would see it; once marked, the next back-up mends it for all."""
    entry = vault.put(_file(home, "content"), "state/key")
    _object(folder, entry).write_text("spoiled")
    assert vault.put(_file(home, "content"), "state/key") == entry and _object(folder, entry).read_text() == "spoiled"
    vault.mark([entry])
    later = Vault(str(folder), Settings.read())
    assert not later.holds(entry.sha256, entry.size)
    later.put(_file(home, "content"), "state/key")
    assert _object(folder, entry).read_text() == "content"
    assert Vault(str(folder), Settings.read()).holds(entry.sha256, entry.size)


def test_a_disk_that_is_full_leaves_nothing_behind(folder: Path, vault: Vault, home: Path) -> None:
    """Broken off in the middle of a file: no part of it stays."""
    big, limits = _file(home, "x" * 2_000_000), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(BackupError, match="cannot be written"):
            vault.put(big, "state/key")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not [file for file in folder.rglob("*") if file.is_file()]


def test_what_is_none_of_ours_disturbs_nothing(folder: Path, vault: Vault, home: Path) -> None:
    """Files of the file manager's stay; what a process that was killed left behind goes after a day."""
    first = _backup(vault, home, "first", _NOW - timedelta(days=1))
    stray, left, fresh = (folder / "objects" / name for name in (".DS_Store", "tmpleft", "tmpfresh"))
    for file in (stray, left, fresh, folder / "manifests" / "notes.json"):
        file.write_text("")
    os.utime(left, (time.time() - 90_000,) * 2)
    later = Vault(str(folder), Settings.read())
    second = _backup(later, home, "second")
    assert later.names() == [first, second] and later.drop(1, second) == 1
    assert later.names() == [second] and (stray.exists(), left.exists(), fresh.exists()) == (True, False, True)


def test_a_damaged_manifest_costs_no_good_back_up(folder: Path, vault: Vault, home: Path) -> None:
    """It does not count among those that are kept, and the newest whole one is what a further back-up goes on from."""
    names = [_backup(vault, home, f"number {day}", _NOW + timedelta(seconds=day)) for day in range(4)]
    (folder / "manifests" / f"{names[2]}.json").write_text("{}")
    assert vault.drop(2, names[3]) == 2 and vault.names() == [names[1], names[3]]
    assert not [problem for name in vault.names() for _, problem in vault.damaged(vault.read(name)) if problem]
    (folder / "manifests" / f"{names[3]}.json").write_text("{}")
    found, problems = vault.newest()
    assert found == vault.read(names[1]) and [names[3] in problem for problem in problems] == [True]


def test_a_clock_that_was_wrong(folder: Path, vault: Vault, home: Path) -> None:
    """A back-up of the future is not restored by mistake, and never has a newer one dropped for it."""
    ahead = _backup(vault, home, "ahead", _NOW + timedelta(days=3000))
    today = _backup(vault, home, "today")
    with pytest.raises(BackupError, match=f"future .{ahead}.*--of the one that is meant; before it: {today}"):
        vault.read()
    assert vault.read(ahead).created_at > _NOW
    assert vault.drop(1, today) == 1 and vault.names() == [today]


def test_a_manifest_takes_little_memory(folder: Path, vault: Vault) -> None:
    """Read whole, with 10,000 files: under 1,000 bytes for each of them, the file itself included."""
    named = vault.write(_manifest([Entry(f"media/{i:064x}.mp4", f"{i:064x}", 1_000_000 + i) for i in range(10_000)]))
    tracemalloc.start()
    read = vault.read(named)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read.entries) == 10_000
    assert most < 10_000_000
