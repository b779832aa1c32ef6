"""`adgen credentials` on files of ours, and on files that may come from anybody."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from adgen_pipeline.cli.main import main
from adgen_pipeline.delivery import read_credentials, signer_of
from adgen_pipeline.delivery.credentials import sign
from adgen_pipeline.delivery.disclosure import disclosure, xmp_box
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.delivery.certificate import write_certificate
from adgen_pipeline_tests.lab import clip_bytes

DRAWN = disclosure(studio_draws=True, studio_films=True, speaks=False)
TOLD = {"words": ["Time, [/well] \x1b[2Jkept"], "keyframe": {"model": "[/m]", "seed": 7, "sha256": "ab" * 32}}


@pytest.fixture
def ad(tmp_path: Path) -> Callable[..., Path]:
    """A file that a team has signed, and that tells of these `scenes`."""

    def made(scenes: Any) -> Path:
        plain, signed = tmp_path / "plain.mp4", tmp_path / "signed.mp4"
        plain.write_bytes(clip_bytes(1.0))
        chain, key = write_certificate(tmp_path)
        by = signer_of(Settings(c2pa_certificate=chain, c2pa_private_key=str(key)))
        sign(plain, signed, {"job_id": "a-job", "scenes": scenes}, DRAWN, ("adgen \x1b]0;owned\x07", "1"), by)
        return signed

    return made


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Callable[[Path], tuple[int, str]]:
    """How the command ends on a file, and what it says of it."""

    def run(file: Path) -> tuple[int, str]:
        ended = CliRunner().invoke(main, ["credentials", str(file)])
        assert not ended.exception or isinstance(ended.exception, SystemExit), ended.exception
        return ended.exit_code, capfd.readouterr().err

    return run


def test_what_a_file_tells_is_shown_as_it_is(ad: Any, told: Any) -> None:
    """Signer, source and scenes; brackets are no markup, nothing commands the terminal, and a name is but a name."""
    code, said = told(ad([{"scene": "scene_01", **TOLD, "clip": {}}]))
    assert code == 0 and said.startswith("Unchanged since it was signed.\nSigned by Nordlicht Ltd (so its certificate")
    assert "[/well]" in said and "[/m]" in said and "seed 7" in said and "\x1b" not in said


@pytest.mark.parametrize("scenes", ["none", [1], [{"words": 5}], None])
def test_scenes_that_are_none_are_left_out(ad: Any, told: Any, scenes: Any) -> None:
    """A signer of another kind may call anything what we call our provenance."""
    code, said = told(ad(scenes))
    assert code == 0 and "algorithmicMedia" in said and "│" not in said


def test_changed_files_and_files_that_tell_nothing_end_with_1(ad: Any, told: Any) -> None:
    """Each with its reason."""
    signed = ad([])
    content = bytearray(signed.read_bytes())
    content[content.index(b"mdat") + 40] ^= 1
    changed = signed.with_name("changed.mp4")
    changed.write_bytes(content)
    code, said = told(changed)
    assert code == 1 and "Changed since it was signed" in said
    code, said = told(signed.with_name("plain.mp4"))
    assert code == 1 and "carries no content credentials" in said


def test_a_file_does_not_choose_what_is_asked_of_the_network(tmp_path: Path) -> None:
    """One whose XMP names an address for its credentials: nobody is asked."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(ArtifactError, match="remote manifest"):
            read_credentials(_elsewhere(tmp_path, server.server_port))
        server.shutdown()
    assert asked == []


def _elsewhere(folder: Path, port: int) -> Path:
    """An MP4 whose XMP says that its credentials lie on a server."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'dcterms:provenance="http://127.0.0.1:{port}/m.c2pa"/></rdf:RDF></x:xmpmeta>'
    ).encode()
    kind = xmp_box(DRAWN, "")[4:24]
    file = folder / "elsewhere.mp4"
    file.write_bytes(clip_bytes(1.0) + (len(packet) + 24).to_bytes(4) + kind + packet)
    return file
