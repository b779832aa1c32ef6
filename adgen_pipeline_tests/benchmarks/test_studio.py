"""The studio's part of `make bench`."""

import pytest

from benchmarks import studio


def test_clips_composition_and_whole_ads_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each can be asked for alone, and nothing else."""
    monkeypatch.setattr("sys.argv", ["studio", "--part", "lyrics"])
    with pytest.raises(SystemExit):
        studio.main()
    told = capsys.readouterr().err
    assert "'lyrics'" in told and all(f"'{part}'" in told for part in ("clips", "composition", "ad"))
