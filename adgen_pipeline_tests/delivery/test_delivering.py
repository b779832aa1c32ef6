"""Whole ads as they leave: signed, with captions and a manifest beside them."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.defs.launch import resume_ad
from adgen_pipeline.delivery import read_credentials
from adgen_pipeline.errors import AdgenError, ErrorCode, QualityCheckFailed
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.defs.runs import make, materialise
from adgen_pipeline_tests.delivery.certificate import write_certificate
from adgen_pipeline_tests.lab import Lab, envelope, storyboard


def _path(ad: FinishedAd, name: str) -> Path:
    return MediaStore.of(Settings.read()).path(getattr(ad, name))


def _manifest(ad: FinishedAd) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_path(ad, "manifest").read_text())
    return told


def test_the_ad_is_signed_and_says_how_it_was_made(lab: Lab) -> None:
    """Foreign services are taken for trained models; what is signed are the very files that were bought."""
    ad = make(seed=4)
    found = read_credentials(_path(ad, "video"))
    assert found and found.state == "Valid" and found.is_development and not found.problems
    assert str(found.digital_source_type).endswith("/trainedAlgorithmicMedia")
    told, published = _manifest(ad), found.provenance or {}
    assert [scene["clip"]["sha256"] for scene in published["scenes"]] == [
        scene["clip"]["sha256"] for scene in told["scenes"]
    ]
    assert published["composed_sha256"] == told["composed"] != told["video"] == ad.video.sha256
    assert b"DigitalSourceType" in _path(ad, "video").read_bytes()


def test_the_manifest_leads_from_each_scene_to_its_files_and_their_price(lab: Lab, home: Path) -> None:
    """Words, keyframe and clip with seed, model, call and cost; every hash it names lies in the store."""
    ad = make(seed=4, callback_url="https://hooks.example/s3cret")
    told = _manifest(ad)
    assert [scene["scene"] for scene in told["scenes"]] == ["scene_01", "scene_02", "scene_03"]
    scene = told["scenes"][0]
    assert (scene["keyframe"]["seed"], scene["keyframe"]["cost"], scene["clip"]["cost"]) == (7, "0.05", "0.25")
    assert (told["total_cost"], told["brief"]["seed"]) == ("1.00", 4)
    assert scene["clip"]["call"] and scene["clip"]["payee"].startswith("http")
    hashes = [told["composed"], told["video"], told["thumbnail"], scene["keyframe"]["sha256"], scene["clip"]["sha256"]]
    assert all(list((home / "media").rglob(f"{sha256}.*")) for sha256 in hashes)
    assert "s3cret" not in json.dumps(told)


def test_what_is_public_in_the_file_is_no_price_and_no_brief(lab: Lab) -> None:
    """Anybody can read a published ad: its budget and the customer's prompt are not among what it tells."""
    ad = make(max_cost="3.21")
    content = _path(ad, "video").read_bytes()
    assert b"composed_sha256" in content
    assert b"luxury watch" not in content and b"3.21" not in content and b"cost" not in content


def test_captions_are_written_for_a_composition_that_makes_none(lab: Lab) -> None:
    """The storyboard's words, escaped, in parts that follow each other; none where nothing is said."""
    assert make().captions is None
    plan = storyboard((5.0, 5.0, 5.0))
    segments = [
        {
            "text": "Made slowly & <carefully>, for all who value every second of the day, and of the night",
            "start_time": 1,
        },
        {"text": "Now.", "start_time": 12},
    ]
    lab.on("/parse", lambda request: envelope(plan | {"audio": {"voiceover": {"segments": segments}}}))
    with pytest.raises(QualityCheckFailed, match="there is none") as caught:  # the lab's clips are silent
        make(prompt="An ad for a watch that speaks")
    told = _path(caught.value.ad, "captions").read_text()
    assert told.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:")
    assert "Made slowly &amp; &lt;carefully&gt;" in told and told.count("-->") == 3
    assert told.endswith("\n\n00:00:12.000 --> 00:00:12.286\nNow.\n")


def test_the_team_signs_where_its_certificate_is_set(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a file or by the key's text; its name is in the file and in the manifest, its key nowhere."""
    chain, key = write_certificate(tmp_path)
    monkeypatch.setenv("C2PA_CERTIFICATE", str(chain))
    monkeypatch.setenv("C2PA_PRIVATE_KEY", key.read_text())
    ad = make()
    found = read_credentials(_path(ad, "video"))
    assert found and (found.state, found.signed_by, found.is_development) == ("Valid", "Nordlicht Ltd", False)
    assert _manifest(ad)["signature"] == {"signed_by": "Nordlicht Ltd", "is_teams": True}


def _without_certificate(chain: Path) -> dict[str, str]:
    return {"C2PA_PRIVATE_KEY": str(chain.with_name("certificate.key"))}


def _for_another_purpose(chain: Path) -> dict[str, str]:
    write_certificate(chain.parent, purpose=False)  # as a web server has
    return {"C2PA_CERTIFICATE": str(chain)} | _without_certificate(chain)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [(_without_certificate, "C2PA_CERTIFICATE is not set"), (_for_another_purpose, "Nordlicht Ltd cannot sign")],
)
def test_a_certificate_that_cannot_sign_is_told_before_anything_is_bought(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: Any, told: str
) -> None:
    """A key without its certificate, or one that C2PA does not let sign, stops the ad at no cost."""
    for name, value in spoilt(write_certificate(tmp_path)[0]).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(AdgenError, match=told) as caught:
        make()
    assert (caught.value.code, caught.value.cost, lab.calls) == (ErrorCode.INVALID_INPUT, 0, [])


def test_an_ad_that_cannot_be_signed_now_is_signed_later(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no place for temporary files, the paid composition stays: `adgen resume` buys nothing more."""
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        with pytest.raises(
            AdgenError, match=r"could not be signed in .*gone.* \(No such file or directory\)"
        ) as caught:
            make()
    bought = len(lab.calls)
    with open_ledger(Settings.read()) as ledger:
        job = ledger.find_job(caught.value.details["job_id"])
    ad = resume_ad(job, None, lambda progress: None)
    assert (ad.total_cost, len(lab.calls)) == (caught.value.cost, bought)
    assert read_credentials(_path(ad, "video"))


def test_an_ad_that_is_asked_for_again_is_the_same_file(lab: Lab) -> None:
    """A step that runs once more delivers what was delivered, and the ledger leads to it."""
    ad = make()
    assert materialise("final_ad", job_id=ad.job_id).success
    with open_ledger(Settings.read()) as ledger:
        delivered = ledger.job(ad.job_id).delivered or {}
    assert delivered["video"] == ad.video and delivered["manifest"] == ad.manifest
    assert delivered["composed"] != ad.video
