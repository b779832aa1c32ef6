"""The key: given as the specification spells it or in plain words, or one of its own; receivers get one spelling."""

import base64
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey

BODY = '{"prompt":"Übung – ①"}'.encode()
SPELLED = "whsec_" + base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize("secret", [SPELLED, "any words that nobody guesses", None])
def test_receivers_verify_with_the_spelling_they_are_given(secret: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever WEBHOOK_SECRET looks like, the specification's library takes what `adgen webhooks secret` prints."""
    if secret:
        monkeypatch.setenv("WEBHOOK_SECRET", secret)
    key = SigningKey.of(Settings.read())
    headers = key.headers("msg_1", BODY)
    assert Webhook(key.spelled).verify(BODY, headers) == {"prompt": "Übung – ①"}
    assert key.spelled == SPELLED or secret != SPELLED
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(key.spelled).verify(BODY + b" ", headers)


def test_a_key_of_its_own_is_kept_for_its_owner_alone(home: Path) -> None:
    """The same after a restart; nobody else can read it, and it is not in the key's words for people."""
    first, second = SigningKey.of(Settings.read()), SigningKey.of(Settings.read())
    assert first == second and (home / "webhook.secret").stat().st_mode & 0o077 == 0
    assert "key" not in repr(first)


@pytest.mark.parametrize("secret", ["whsec_not base64", "whsec_c2hvcnQ=", "too short"])
def test_a_secret_that_would_not_work_is_told_at_once(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the value."""
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    with pytest.raises(InvalidSetting, match=r"WEBHOOK_SECRET: \(hidden\) does not fit") as caught:
        Settings.read()
    assert secret not in str(caught.value)
