"""Folders of this machine and of an S3 server behave alike: what is written is read, listed and deleted."""

from pathlib import Path

import pytest

from adgen_pipeline.errors import ArtifactUnavailable
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.folders import Folder, LocalFolder, Stored
from adgen_pipeline.storage.outputs import outputs_of
from adgen_pipeline.storage.remote import RemoteFolder


@pytest.fixture(params=["local", "s3"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    """An empty folder of either kind."""
    if request.param == "local":
        return LocalFolder(tmp_path / "folder", "ADGEN_HOME")
    request.getfixturevalue("bucket")
    settings = Settings.read()
    return RemoteFolder(str(settings.media_remote), settings.storage_options)


def test_a_file_is_written_read_and_written_anew(folder: Folder) -> None:
    """In folders that nobody made, over what was there; one that is not there is None."""
    assert folder.read("runs/a/step.json") is None
    folder.write("runs/a/step.json", b"one")
    folder.write("runs/a/step.json", b"another")
    assert folder.read("runs/a/step.json") == b"another"


def test_files_are_listed_with_size_and_age(folder: Folder) -> None:
    """All of them, or those of one folder, as retention and back-up want them."""
    assert list(folder.names()) == []
    for name in ("runs/a/step.json", "runs/a/clip[scene_01].json", "runs/b/step.json", "other"):
        folder.write(name, name.encode())
    found = {file.name: file for file in folder.names()}
    assert list(folder.folders()) == ["runs"]
    assert sorted(found) == ["other", "runs/a/clip[scene_01].json", "runs/a/step.json", "runs/b/step.json"]
    assert sorted(file.name for file in folder.names("runs/b")) == ["runs/b/step.json"]
    other = found["other"]
    assert isinstance(other, Stored) and other.size == 5 and -5 < other.age < 3600


def test_files_and_folders_are_deleted(folder: Folder) -> None:
    """One, or all of a run's; what has gone already is no error."""
    for name in ("runs/a/one", "runs/a/two", "runs/b/one", "runs/b/two"):
        folder.write(name, b"x")
    for _ in range(2):
        folder.delete("runs/b/one")
        folder.clear("runs/a")
    assert [file.name for file in folder.names()] == ["runs/b/two"]


def test_a_local_folder_that_cannot_be_written_names_its_setting(tmp_path: Path) -> None:
    """And the way out."""
    (tmp_path / "file").touch()
    with pytest.raises(
        ArtifactUnavailable, match=r"ADGEN_HOME .*/file cannot be written .*let it be a folder of yours"
    ):
        LocalFolder(tmp_path / "file", "ADGEN_HOME").write("a/b", b"x")


def test_steps_outputs_lie_with_the_media_if_those_are_shared(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one machine in ADGEN_HOME; with a remote store a step in another folder reads what this one wrote."""
    outputs_of(Settings.read()).write("run/step.json", b"here")
    assert (tmp_path / "home" / "runs" / "run" / "step.json").read_bytes() == b"here"
    request.getfixturevalue("bucket")
    outputs_of(Settings.read()).write("run/step.json", b"there")
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "another"))
    assert outputs_of(Settings.read()).read("run/step.json") == b"there"
    assert not (tmp_path / "another").exists()
