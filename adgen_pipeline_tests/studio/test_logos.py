"""A logo that could not be shown is told before anything is paid."""

import io
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Response
from PIL import Image

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.settings import Settings
from adgen_pipeline.studio.logos import check_address, check_picture
from adgen_pipeline_tests.lab import serving

PROMPT = "Create an ad for a luxury watch"
WAY_OUT = "Nothing was bought: name a PNG, JPEG or WEBP picture that can be fetched from here, or leave it out"


def with_logo(url: str) -> Brief:
    return read_brief({"prompt": PROMPT, "brand_guidelines": {"logo_url": url}})


@pytest.fixture(scope="module")
def pictures() -> Iterator[str]:
    """A host with one logo and one page."""
    packed = io.BytesIO()
    Image.new("RGBA", (40, 10), (200, 30, 90, 128)).save(packed, "PNG")
    app = FastAPI()
    app.add_api_route("/logo.png", lambda: Response(packed.getvalue()), methods=["GET"])
    app.add_api_route("/half.png", lambda: Response(packed.getvalue()[:60]), methods=["GET"])
    app.add_api_route("/page.png", lambda: Response("<html>logo</html>"), methods=["GET"])
    with serving(app) as url:
        yield url


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/a.png", "http://localhost/a.png", "http://10.1.2.3/a.png", "http://[fd00::1]/a.png"]
)
def test_a_private_address_is_refused_before_a_run_exists(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Field, value without its query, and the setting; where another service composes, it is that one's affair."""
    with pytest.raises(InvalidBrief, match=r"brand_guidelines\.logo_url: .*MEDIA_ALLOWED_HOSTS") as caught:
        check_address(with_logo(f"{url}?key=secret"), Settings.read())
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("COMPOSITION_URL", "https://compose.example")
    check_address(with_logo(url), Settings.read())


def test_a_brief_reads_no_port_of_a_services_host(pictures: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service's own files may be anywhere on its host; what a brief names there is refused before it is asked for."""
    monkeypatch.setenv("VIDEO_GEN_URL", "http://127.0.0.1:8003")
    for check in (check_address, check_picture):
        with pytest.raises(InvalidBrief, match=r"127\.0\.0\.1 is a loopback address"):
            check(with_logo(f"{pictures}/logo.png"), Settings.read())


def test_what_is_public_or_allowed_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is resolved when it is asked; a brief without a logo has nothing to check."""
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "10.1.2.3")
    for url in ("https://cdn.example.com/a.png", "http://10.1.2.3/a.png"):
        check_address(with_logo(url), Settings.read())
    check_address(read_brief({"prompt": PROMPT}), Settings.read())
    check_picture(read_brief({"prompt": PROMPT}), Settings.read())


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("page.png", r"the logo is no PNG, JPEG or WEBP picture that can be read"),
        ("half.png", r"the logo is no PNG, JPEG or WEBP picture that can be read \(.+\)"),
        ("none.png", r"it is expired or gone \(HTTP 404\)"),
    ],
)
def test_what_is_no_picture_is_told_with_the_way_out(
    pictures: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is fetched as composition would, and decoded; the good one passes."""
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "localhost")
    check_picture(with_logo(f"{pictures}/logo.png"), Settings.read())
    with pytest.raises(InvalidBrief) as caught:
        check_picture(with_logo(f"{pictures}/{path}"), Settings.read())
    whole = rf"brand_guidelines\.logo_url: '{pictures}/{path}' cannot be used: {reason}\. {WAY_OUT}"
    assert caught.match(f"^{whole}$")


def test_a_host_that_nobody_answers_at_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is refused, also when tried again."""
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "localhost")
    with pytest.raises(InvalidBrief, match=r"logo_url: 'http://127\.0\.0\.1:9/a\.png' cannot be used: .* \(4 tries\)"):
        check_picture(with_logo("http://127.0.0.1:9/a.png"), Settings.read())
