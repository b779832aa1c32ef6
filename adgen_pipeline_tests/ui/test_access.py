"""Beyond loopback, nothing is served without a token that cannot be guessed."""

from collections.abc import Callable

import pytest

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ui.access import token_for
from adgen_pipeline_tests.cli.conftest import Ended, adgen  # noqa: F401 - a fixture


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "my-host"])
def test_beyond_loopback_it_does_not_start_without_a_token(adgen: Callable[..., Ended], host: str) -> None:  # noqa: F811
    """Exit code 2, with the line that makes one."""
    ended = adgen("ui", "--host", host)
    assert ended.code == 2 and "UI_TOKEN" in ended.told and "secrets.token_urlsafe" in ended.told


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_on_loopback_none_is_needed(host: str) -> None:
    """But one that is set is asked for."""
    assert token_for(host) is None


def test_a_token_that_can_be_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, and not repeated."""
    monkeypatch.setenv("UI_TOKEN", "letmein")
    with pytest.raises(InvalidSetting) as refused:
        token_for("127.0.0.1")
    assert "16 characters" in refused.value.message and "letmein" not in refused.value.message
