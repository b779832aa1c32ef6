"""What counts as a secret, that it is found wherever it stands, and that no problem with a setting tells it."""

import base64
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.settings.model import _HIDDEN
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.attacks.canaries import Canaries, hatch, secret_settings, undeclared, unpacked

FITTING = {
    "DATABASE_URL": "postgresql://me:{}@127.0.0.1:1/ads",
    "BROKER_URL": "redis://:{}@127.0.0.1:1/0",
    "SENTRY_DSN": "https://{}@127.0.0.1:1/1",
    "MEDIA_STORE": "s3://key:{}@bucket/ads",
    "INBOX": "s3://key:{}@bucket/inbox",
}
BROKEN = {
    "DATABASE_URL": "mysql://me:{}@h/ads",
    "MEDIA_STORE": "s3:/{}",
    "INBOX": "file:/{}",
    "WEBHOOK_SECRET": "whsec_{}!",
}


@pytest.fixture
def canaries(tmp_path: Path) -> Canaries:
    return hatch(tmp_path, FITTING)


def test_every_secret_setting_has_a_canary(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is Settings' own: a secret that is added is watched at once, and one that is added as plain text is
    told of here; nor is any shown by a repr or in a message about a value that does not fit."""
    assert undeclared() == [] and set(secret_settings()) == _HIDDEN <= set(canaries.words)
    for name, value in canaries.environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    for name in secret_settings():
        held = getattr(settings, name.lower())
        spelled = held.get_secret_value() if isinstance(held, SecretStr) else held
        assert all(word in spelled for word in canaries.words[name]), name
    assert canaries.found_in(f"{settings!r} {settings!s}".encode()) == set()


@pytest.mark.parametrize("name", secret_settings())
def test_a_value_that_does_not_fit_is_not_told(canaries: Canaries, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one that fits and leads nowhere: a wrong password is a password still, of another database perhaps."""
    word = canaries.words[name][0]
    for value in (BROKEN.get(name, "{}").format(word), FITTING.get(name, "{}").format(word)):
        monkeypatch.setenv(name, value)
        told = []
        for use in (lambda: open_ledger(Settings.read()), lambda: MediaStore.of(Settings.read())):
            try:
                use()
            except AdgenError as error:
                told.append(f"{error!r} {error.details}")
        assert canaries.found_in(" ".join(told).encode()) == set()


@pytest.mark.parametrize("setting", ["VIDEO_GEN_URL", "API_URL", "DAGSTER_URL", "WEBHOOK_URL", "MEDIA_URL"])
def test_a_url_that_is_shown_holds_no_password(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, and not repeated, also where it is no URL."""
    for url in ("https://me:s3cret-word@video.example/v1", "https//me:s3cret-word@video.example"):
        monkeypatch.setenv(setting, url)
        with pytest.raises(AdgenError, match=rf"{setting}: \(hidden\)") as caught:
            Settings.read()
        assert "s3cret-word" not in caught.value.message


def test_a_canary_is_found_in_any_guise(canaries: Canaries) -> None:
    """In plain text, quoted, as hex, inside base64 at any place, and packed; nothing is found where none is."""
    word = canaries.words["UI_TOKEN"][0]
    guises = [
        word,
        quote(word),
        repr(word),
        word.encode().hex(),
        *(base64.b64encode(b"." * before + word.encode() + b".").decode() for before in range(4)),
    ]
    for guise in guises:
        assert canaries.found_in(f"before{guise}after".encode()) == {"UI_TOKEN"}, guise
    assert canaries.found_in(unpacked(zlib.compress(word.encode()))) == {"UI_TOKEN"}
    assert canaries.found_in(b"nothing") == set()
