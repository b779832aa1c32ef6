"""What must stand in no log and no report: the settings' own secrets, and what URLs hold beside their address."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from adgen_pipeline.settings import Settings

HIDDEN = "***"
_USER = re.compile(r"(\b[a-z][a-z0-9+.-]*:(?:\\?/){2})[^\s/?#\"'<>@]*(?::[^\s/?#\"'<>]*)?@", re.IGNORECASE)
_QUERY = re.compile(r"(\b[a-z][a-z0-9+.-]*:(?:\\?/){2}[^\s?\"'<>]*)\?[^\s\"'<>]*", re.IGNORECASE)
_BEARER = re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE)
_SHORTEST = 6
"""Characters of a secret that is looked for: shorter ones would blot out common words."""


def scrubbed(text: str) -> str:
    """`text` without the secrets of the settings, credentials, and the queries of URLs, which may hold signatures."""
    return _scrubber(Settings.read())(text)


def without_url_secrets(text: str) -> str:
    """`text` with its URLs as they may be shown: no user's name, no query, which may hold a signature."""
    if "://" not in text and ":\\/" not in text:
        return text
    return _QUERY.sub(r"\1?...", _USER.sub(r"\1", text))


@lru_cache(maxsize=1)
def _scrubber(settings: Settings) -> Callable[[str], str]:
    known = sorted(set(_secrets(settings)), key=len, reverse=True)
    hidden = re.compile("|".join(map(re.escape, known))) if known else None

    def scrub(text: str) -> str:
        plain = hidden.sub(HIDDEN, text) if hidden else text
        return _BEARER.sub(rf"\1 {HIDDEN}", without_url_secrets(plain))

    return scrub


def _secrets(settings: Settings) -> Iterator[str]:
    """Every secret value, the words of those that are lists, and the passwords in URLs, also as they read unquoted."""
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield from filter(_is_long_enough, _parts(value.get_secret_value()))


def _parts(secret: str) -> Iterator[str]:
    if "://" not in secret:
        yield from (secret, *secret.replace(",", " ").split())
        return
    try:
        url = urlsplit(secret)
        credentials = (url.password, url.username if url.password is None else None)
    except ValueError:
        yield secret
        return
    for known in filter(None, credentials):
        yield from (known, unquote(known))


def _is_long_enough(secret: str) -> bool:
    return len(secret) >= _SHORTEST
