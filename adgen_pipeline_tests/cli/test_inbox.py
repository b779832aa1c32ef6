"""`adgen inbox` as people meet it: checking, dropping, and what became of it."""

from collections.abc import Callable
from pathlib import Path

from adgen_pipeline.intake import open_inbox
from adgen_pipeline.intake.taking_in import take_in
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import Ended

GOOD, BAD = "prompt\nCreate an ad for a luxury watch\n", "prompt,duration\nCreate an ad for a luxury watch,99\n"


def test_files_are_dropped_whole_and_listed(adgen: Callable[..., Ended], home: Path, tmp_path: Path) -> None:
    """Under their names; one of a name that waits there is not replaced."""
    (tmp_path / "spring.csv").write_text(GOOD)
    ended = adgen("inbox", str(tmp_path / "spring.csv"))
    assert (ended.code, ended.told) == (0, f"spring.csv: 1 ad\nDropped into {home / 'inbox'}.\n")
    assert [path.name for path in (home / "inbox").iterdir()] == ["spring.csv"]
    again = adgen("inbox", str(tmp_path / "spring.csv"))
    assert again.code == 2 and "lies in the inbox already: wait, or give it another name" in again.told
    assert "spring.csv: waits" in adgen("inbox").told
    with open_ledger(Settings.read()) as ledger:
        take_in(open_inbox(Settings.read()), ledger, "spring.csv")
    assert "spring.csv: 1 ad, taken in 2" in adgen("inbox").told


def test_where_anything_is_wrong_nothing_is_dropped(adgen: Callable[..., Ended], home: Path, tmp_path: Path) -> None:
    """Row, field, value and the way out of each; the good file waits for the others."""
    (tmp_path / "a.csv").write_text(GOOD)
    (tmp_path / "b.csv").write_text(BAD)
    (tmp_path / "c.txt").write_text("x")
    ended = adgen("inbox", *(str(tmp_path / name) for name in ("a.csv", "b.csv", "c.txt")))
    assert ended.code == 2 and "a.csv: 1 ad\n" in ended.told and "b.csv: 0 ads, 1 to mend" in ended.told
    assert "row 2, duration: '99' does not fit" in ended.told and "'.txt' is no kind of file" in ended.told
    assert not (home / "inbox").exists()
    missing = adgen("inbox", str(tmp_path / "none.csv"))
    assert missing.code == 2 and "none.csv cannot be read (No such file or directory)" in missing.told


def test_checking_drops_nothing(adgen: Callable[..., Ended], home: Path, tmp_path: Path) -> None:
    """Only says what it holds."""
    (tmp_path / "a.csv").write_text(GOOD)
    assert adgen("inbox", "--check", str(tmp_path / "a.csv")).told == "a.csv: 1 ad\n"
    assert not (home / "inbox").exists()
