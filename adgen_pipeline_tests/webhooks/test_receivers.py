"""A callback_url that would never be called is refused before anything is made."""

from pathlib import Path

import pytest

from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import check_receiver


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:9/", "http://localhost/", "http://app.localhost/", "http://10.1.2.3/", "http://[::1]/"),
        *("http://localhost./", "http://app.localhost./"),
        "http://169.254.169.254/latest",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f.1/",
        "https://user:hidden@example.com/",
    ],
)
def test_an_address_that_is_nobodys_business_is_refused(url: str, home: Path) -> None:
    """Field, value and reason; the value without a user's name or a query."""
    with pytest.raises(InvalidBrief, match=r"callback_url: .* cannot be called") as caught:
        check_receiver(f"{url}?key=secret", Settings.read())
    assert "secret" not in str(caught.value) and "hidden" not in str(caught.value)


def test_what_is_public_or_allowed_passes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are resolved when they are called; WEBHOOK_URL's own host and port need no further word."""
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "10.1.2.3:9000, localhost")
    monkeypatch.setenv("WEBHOOK_URL", "http://192.168.0.9:8080/all")
    for url in (
        "https://hooks.example.com/",
        "http://10.1.2.3:9000/a",
        "http://127.0.0.1:5/",
        "http://192.168.0.9:8080/",
    ):
        check_receiver(url, Settings.read())
    for url in ("http://10.1.2.3/", "http://192.168.0.9/"):
        with pytest.raises(InvalidBrief, match="WEBHOOK_ALLOWED_HOSTS"):
            check_receiver(url, Settings.read())
