"""Pinned looks: who brings the picture, and who gets which."""

from decimal import Decimal

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.ledger import Ledger
from adgen_pipeline_tests.ledger.calls import CLIP


def _picture(letter: str) -> Artifact:
    return Artifact.model_validate(CLIP.model_dump() | {"sha256": letter * 64, "media_type": "image/png"})


OLD, NEW, OTHER = (_picture(letter) for letter in "abc")


def test_a_look_is_known_before_it_is_asked_for(ledger: Ledger) -> None:
    """The picture that the next job of a look would get; asking pins nothing."""
    assert ledger.looks.of_look("gold") is None
    ledger.looks.pin("ad", "gold", OLD)
    assert ledger.looks.of_look("gold") == OLD and ledger.looks.of_job("other") is None


def test_later_jobs_get_the_first_ones_picture_until_it_is_replaced(ledger: Ledger) -> None:
    """Each job keeps what it got, also when another one has brought a new picture since."""
    assert ledger.looks.pin("first", "gold", OLD) == OLD
    assert ledger.looks.pin("second", "gold", NEW) == OLD
    assert ledger.looks.pin("third", "gold", NEW, replace=True) == NEW
    assert ledger.looks.pin("second", "gold", OTHER) == OLD
    assert ledger.looks.pin("fourth", "gold", OTHER) == NEW


def test_a_job_made_from_another_gets_its_look_and_changes_nobody_elses(ledger: Ledger) -> None:
    """A remake of an older ad has that ad's look; the next new ad still has the newest."""
    ledger.looks.pin("old", "gold", OLD)
    ledger.looks.pin("new", "gold", NEW, replace=True)
    ledger.begin_job("remake", Decimal(1), source="old")
    assert ledger.looks.pin("remake", "gold", OTHER) == OLD
    assert ledger.looks.of_look("gold") == NEW
