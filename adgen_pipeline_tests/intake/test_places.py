"""The inbox as a folder and as an object store's prefix: what is seen there, and what is left alone."""

import os
import uuid
from pathlib import Path

import pytest

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.intake.looking import SETTLE_SECONDS, Seen
from adgen_pipeline.intake.places import Inbox, InboxUnusable, open_inbox
from adgen_pipeline.settings import Settings


@pytest.fixture(params=["folder", "store", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    """An empty inbox of any kind: a folder, fsspec's own store in memory, and a prefix of a real S3 server's bucket."""
    (tmp_path / "dropped").mkdir()
    places = {"folder": str(tmp_path / "dropped"), "store": f"memory://{uuid.uuid4()}/inbox"}
    if request.param == "s3":
        places["s3"] = f"s3://{request.getfixturevalue('bucket')}/inbox"
    monkeypatch.setenv("INBOX", places[request.param])
    return open_inbox(Settings.read())


def names(place: Inbox) -> list[str]:
    return [each.name for each in place.files()]


def test_files_are_seen_read_and_moved(place: Inbox) -> None:
    """By plain names, in order; what lies in its folders is not seen."""
    assert names(place) == []
    place.write("b.csv", b"second")
    place.write("a.csv", b"first")
    place.write("done/c.csv", b"third")
    assert names(place) == ["a.csv", "b.csv"]
    assert (place.read("a.csv", 100), place.read("b.csv", 2), place.read("none.csv", 9)) == (b"first", b"sec", None)
    place.move("a.csv", "done/a-1.csv")
    place.move("a.csv", "done/a-1.csv")
    assert names(place) == ["b.csv"] and place.read("done/a-1.csv", 100) == b"first"


def test_a_file_that_changes_has_another_state(place: Inbox) -> None:
    """Also when its size stays."""
    place.write("a.csv", b"one")
    (before,) = place.files()
    place.write("a.csv", b"two")
    (after,) = place.files()
    assert before.state != after.state and before.size == after.size == 3


def test_names_that_look_like_patterns_are_names(place: Inbox) -> None:
    """A file whose name another program would take for a pattern is moved like any other, and no other file with it."""
    place.write("a[1].csv", b"first")
    place.write("a1.csv", b"second")
    place.move("a[1].csv", "done/a[1].csv")
    assert names(place) == ["a1.csv"] and place.read("done/a[1].csv", 100) == b"first"


def test_a_bucket_that_nobody_made_is_told(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for an empty inbox, and none is made by dropping a file there."""
    monkeypatch.setenv("INBOX", f"s3://{bucket}-of-another-name/inbox")
    place = open_inbox(Settings.read())
    for use in (place.files, lambda: place.write("a.csv", b"x"), place.files):
        with pytest.raises(InboxUnusable, match=r"INBOX: s3://.*-of-another-name/inbox cannot be .*set INBOX to"):
            use()


def test_hidden_and_temporary_names_are_left_alone(place: Inbox) -> None:
    """As browsers, editors, rsync and synchronising programs write them."""
    for name in (".a.csv", "a.csv~", "a.csv.part", "a.csv.TMP", "a.csv.crdownload", ".~lock.a.csv#"):
        place.write(name, b"x")
    assert names(place) == []


def test_links_folders_and_pipes_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link could point anywhere, a pipe would hold the sensor up; nor are they read by their names."""
    monkeypatch.setenv("INBOX", str(tmp_path / "in"))
    (tmp_path / "secret.csv").write_text("prompt\n")
    (tmp_path / "in" / "folder.csv").mkdir(parents=True)
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.mkfifo(tmp_path / "in" / "pipe.csv")
    place = open_inbox(Settings.read())
    assert names(place) == [] and place.read("pipe.csv", 10) is None
    with pytest.raises(InboxUnusable):
        place.read("link.csv", 10)


def test_a_file_that_a_program_has_open_for_writing_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it pauses; once it is closed, or is only read by somebody, it is."""
    monkeypatch.setenv("INBOX", str(tmp_path))
    place = open_inbox(Settings.read())
    with (tmp_path / "a.csv").open("wb") as writing:
        writing.write(b"prompt")
        writing.flush()
        assert place.read("a.csv", 100) is None
    with (tmp_path / "a.csv").open("rb"):
        assert place.read("a.csv", 100) == b"prompt"


def test_the_default_folder_is_made_and_another_is_not(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is not mounted is not to be replaced by an empty folder."""
    assert open_inbox(Settings.read()).files() == [] and (home / "inbox").is_dir()
    monkeypatch.setenv("INBOX", str(tmp_path / "share"))
    with pytest.raises(InboxUnusable, match="No such file or directory; make that folder, or set INBOX"):
        open_inbox(Settings.read()).files()
    assert not (tmp_path / "share").exists()


def test_a_store_that_is_not_understood_is_named_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting, and the way out."""
    monkeypatch.setenv("INBOX", "https://user:secret@files.example/inbox")
    with pytest.raises(InvalidSetting, match=r"INBOX: .* can only be read") as caught:
        open_inbox(Settings.read())
    assert "secret" not in str(caught.value)


def test_a_file_is_whole_when_two_looks_found_it_the_same(place: Inbox) -> None:
    """Remembered between looks as text; one that grows, or comes again, waits anew; a clock set back waits, too."""
    place.write("a.csv", b"half")
    seen = Seen()
    assert seen.look(place.files(), 100.0) == []
    place.write("a.csv", b"half and more")
    seen = Seen(seen.remembered())
    assert seen.look(place.files(), 100.0 + SETTLE_SECONDS) == []
    seen = Seen(seen.remembered())
    assert [each.name for each in seen.look(place.files(), 100.0 + 2 * SETTLE_SECONDS)] == ["a.csv"]
    assert seen.look([], 200.0) == [] and seen.look(place.files(), 300.0) == []
    assert seen.look(place.files(), 250.0) == []
    assert [each.name for each in seen.look(place.files(), 260.0)] == ["a.csv"]
