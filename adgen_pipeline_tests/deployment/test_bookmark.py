"""How far the ledger has come."""

from pathlib import Path

from adgen_pipeline.deployment.bookmark import bookmark
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings


def test_nothing_and_an_empty_ledger(home: Path) -> None:
    """Told apart, and nothing is made by the look."""
    assert bookmark(Settings.read()) == (None, 0) and not home.exists()
    home.mkdir()
    open_ledger(Settings.read()).close()
    assert bookmark(Settings.read()) == (REVISION, 0)
