"""Credentials in a file: read back here, by another reader's eyes, and after somebody touched the file."""

import hashlib
from pathlib import Path

import pytest

from adgen_pipeline.delivery import read_credentials, signer_of
from adgen_pipeline.delivery.credentials import sign
from adgen_pipeline.delivery.disclosure import disclosure, xmp_box
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.probe import probe
from adgen_pipeline_tests.delivery.reader import read
from adgen_pipeline_tests.lab import clip_bytes

DRAWN = disclosure(studio_draws=True, studio_films=True, speaks=False)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A clip with an XMP box and credentials."""
    source, target = tmp_path / "plain.mp4", tmp_path / "signed.mp4"
    source.write_bytes(clip_bytes(1.0) + xmp_box(DRAWN, "adgen 1"))
    told = {"job_id": "a-job", "scenes": []}
    sign(source, target, told, DRAWN, ("adgen", "1"), signer_of(Settings.read()))
    return target


def test_what_was_signed_is_read_back(signed: Path) -> None:
    """Who, with what, how the pictures came about; and it is still the same video."""
    found = read_credentials(signed)
    assert found and (found.state, found.generator, found.problems) == ("Valid", "adgen", [])
    assert found.digital_source_type == DRAWN.term
    assert found.provenance == {"job_id": "a-job", "scenes": []}
    assert probe(signed, "video", "it")["duration"] == 1.0


def test_another_reader_finds_the_same(signed: Path) -> None:
    """One that shares no line with the library that signed: signature, assertions, and the hash of the whole file."""
    seen = read(signed)
    assert seen.signature_holds and seen.assertions_hold and seen.file_holds
    assert {link["url"].rpartition("/")[2] for link in seen.claim["created_assertions"]} == seen.assertions.keys()
    (action,) = seen.assertions["c2pa.actions.v2"]["actions"]
    assert (action["action"], action["digitalSourceType"]) == ("c2pa.created", DRAWN.term)
    assert seen.assertions["org.adgen-pipeline.provenance"]["job_id"] == "a-job"
    assert "adgen development" in seen.signer.subject.rfc4514_string()


def test_one_changed_byte_is_noticed(signed: Path) -> None:
    """In the video, or in what is told of it."""
    content = bytearray(signed.read_bytes())
    for at in (content.index(b"mdat") + 40, content.index(b"DigitalSourceType") + 1):
        changed = signed.with_name("changed.mp4")
        touched = content.copy()
        touched[at] ^= 1
        changed.write_bytes(touched)
        found = read_credentials(changed)
        assert found and found.state == "Invalid" and found.problems


def test_a_file_without_credentials_has_none(tmp_path: Path) -> None:
    """And one that is no video is told to be none."""
    plain, other = tmp_path / "plain.mp4", tmp_path / "other.mp4"
    plain.write_bytes(clip_bytes(1.0))
    other.write_text("no video")
    assert read_credentials(plain) is None
    with pytest.raises(ArtifactError, match=r"other\.mp4: its content credentials cannot be read"):
        read_credentials(other)


@pytest.mark.parametrize(
    ("draws", "films", "speaks", "term", "generated"),
    [
        (True, True, False, "algorithmicMedia", False),
        (True, True, True, "compositeWithTrainedAlgorithmicMedia", True),
        (True, False, False, "compositeWithTrainedAlgorithmicMedia", True),
        (False, False, True, "trainedAlgorithmicMedia", True),
    ],
)
def test_the_disclosure_names_what_a_model_made(
    draws: bool, films: bool, speaks: bool, term: str, generated: bool
) -> None:
    """The studio draws by rules, but its voice is a trained one."""
    told = disclosure(studio_draws=draws, studio_films=films, speaks=speaks)
    assert (told.digital_source_type, told.ai_generated) == (term, generated)
    assert ("synthetic voice" in told.text) == speaks and ("drawn" in told.text) == (draws or films)


def test_signing_leaves_the_pictures_as_they_were(signed: Path) -> None:
    """The media data are equal to the byte."""
    plain = signed.with_name("plain.mp4").read_bytes()
    start = plain.index(b"mdat") - 4
    size = int.from_bytes(plain[start : start + 4])
    data = plain[start : start + size]
    assert data in signed.read_bytes()
    assert hashlib.sha256(plain).digest() != hashlib.sha256(signed.read_bytes()).digest()
