"""The embedded studio's libraries."""

import pytest

from adgen_pipeline.doctor.checks.studio import libraries
from adgen_pipeline.doctor.findings import Verdict
from adgen_pipeline.studio.drawing import paint


def test_they_are_there() -> None:
    """Skia with its native libraries, all faces, the voice and the encoder: each is made to do a little."""
    found = {finding.subject: finding.verdict for finding in libraries(["composition"])}
    wanted = {f"studio, {part}" for part in ("drawing", "fonts", "voice", "encoding")}
    assert set(found) == wanted | {"studio"} and set(found.values()) == {Verdict.OK}


def test_a_font_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, with what installs it."""
    monkeypatch.setitem(paint._FONTS, "retro", paint._Font("no_such_package", "Righteous-Regular.ttf"))
    paint.typeface.cache_clear()
    (found,) = [finding for finding in libraries([]) if finding.verdict is Verdict.FAILURE]
    paint.typeface.cache_clear()
    assert found.subject == "studio, fonts" and "retro" in found.told and "pip install" in found.mend
