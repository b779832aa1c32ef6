"""Who may listen where: beyond loopback, the UI is not opened without a token."""

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ports import is_loopback
from adgen_pipeline.settings import Settings

_SHORTEST = 16
_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


def token_for(host: str) -> str | None:
    """What opens a UI that listens on `host`; None where no token is set and none is needed.

    Raises InvalidSetting where one is needed and there is none, or one that can be guessed.
    """
    setting = Settings.read().ui_token
    token = setting.get_secret_value() if setting else None
    if token is None and not is_loopback(host):
        told = f"UI_TOKEN is not set: without it, whoever reaches {host} could launch ads at your cost."
        raise InvalidSetting(f"{told} Make one by `{_MAKE_ONE}` and put it into .env, or listen on 127.0.0.1")
    if token is not None and len(token) < _SHORTEST:
        told = f"UI_TOKEN is shorter than {_SHORTEST} characters and could be guessed"
        raise InvalidSetting(f"{told}; make one by `{_MAKE_ONE}`")
    return token
