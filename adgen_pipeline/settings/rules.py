"""What a setting's value must look like; each rule says what would fit."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, HttpUrl, SecretStr
from pydantic_settings import NoDecode

WEBHOOK_SECRET_PREFIX = "whsec_"
"""Begins a secret that is spelled in base64, as the Standard Webhooks specification has it."""

LOCAL_STORE = re.compile(r"(file|local)://(?=/)")
"""Begins the URL of a folder of this machine."""

_DATABASE_URL = re.compile(r"(postgres|postgresql)(\+\w+)?://.+|sqlite(\+\w+)?:///(?!:memory:).+")
_BROKER_URL = re.compile(r"rediss?://.+")
_SENTRY_DSN = re.compile(r"https?://[^@/]+@[^/]+/.+")
_STORE_URL = re.compile(r"(?!(?:file|local)://(?!/))(\w[\w+.-]*(::|://))+.+")
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?|[0-9a-fA-F:.]+")
_ORIGIN = re.compile(r"https?://[\w.-]+(:\d{1,5})?")
_OWNER = re.compile(r"team:\S+|[\w.%+-]+@[\w.-]+\.[A-Za-z]{2,}")
_PORT = re.compile(r"(?:\]|^[^:]+):(\d+)$")


def _state_folder(path: Path) -> Path:
    if ":/" in str(path):
        raise ValueError("must be a folder on this machine")
    return path.expanduser().absolute()


def _folder_or_url(store: str) -> str:
    if ":/" in store and not _STORE_URL.fullmatch(store):
        raise ValueError("must be a folder or a URL such as s3://bucket/ads or file:///var/ads")
    return store


def _words(value: Any) -> Any:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _all(fits: Callable[[str], object], told: str) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        if not all(fits(value) for value in values):
            raise ValueError(told)
        return values

    return AfterValidator(check)


def _secret(fits: Callable[[str], object], told: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not fits(value.get_secret_value()):
            raise ValueError(told)
        return value

    return AfterValidator(check)


def _without_credentials(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("must have no user name or password in it: URLs are shown; tokens have settings of their own")
    return url


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) and _port(host) <= 65535


def _port(host: str) -> int:
    """The port in `host`, 0 where it has none (a bare IPv6 address has colons, and none)."""
    found = _PORT.search(host)
    return int(found[1]) if found else 0


def _is_webhook_secret(words: str) -> bool:
    if not words.startswith(WEBHOOK_SECRET_PREFIX):
        return len(words) >= 16
    try:
        return 24 <= len(base64.b64decode(words.removeprefix(WEBHOOK_SECRET_PREFIX), validate=True)) <= 64
    except ValueError:
        return False


StateFolder = Annotated[Path, AfterValidator(_state_folder)]
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]
FolderOrUrl = Annotated[str, AfterValidator(_folder_or_url)]
PlainUrl = Annotated[HttpUrl, AfterValidator(_without_credentials)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Upper = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)

_HOSTS = "must be hosts without scheme or path, such as minio.internal or 10.0.0.5:9000, ports up to 65535"
_ORIGINS = "must be origins such as https://ads.example.com, without a path, with commas between"
_OWNERS = "must be e-mail addresses or teams such as team:creative, with commas between them"
Hosts = Annotated[Words, _all(_is_host, _HOSTS)]
Origins = Annotated[Words, _all(_ORIGIN.fullmatch, _ORIGINS)]
Owners = Annotated[Words, _all(_OWNER.fullmatch, _OWNERS)]

_DATABASES = "must be postgresql://user:password@host/database or sqlite:///file"
_BROKERS = "must be redis://:password@host:6379/0, or rediss:// with TLS: what is known of steps is kept there, too"
_DSNS = "must be the DSN that Sentry shows for the project, https://key@host/number"
_WEBHOOK_SECRETS = "must be whsec_ and the base64 of 24 to 64 bytes, or 16 and more characters of any kind"
DatabaseUrl = Annotated[SecretStr, _secret(_DATABASE_URL.fullmatch, _DATABASES)]
BrokerUrl = Annotated[SecretStr, _secret(_BROKER_URL.fullmatch, _BROKERS)]
SentryDsn = Annotated[SecretStr, _secret(_SENTRY_DSN.fullmatch, _DSNS)]
WebhookSecret = Annotated[SecretStr, _secret(_is_webhook_secret, _WEBHOOK_SECRETS)]
