"""Links to our own copies that anybody may follow for a while: the signature in the link is the permission."""

import base64
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, InvalidSetting
from adgen_pipeline.keyfile import keep
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore

VALID_SECONDS = 24 * 3600.0
"""How long a link holds at least: a day, for a front end that keeps a page open."""

_STEPS = 4
"""Links are equal for a quarter of their time, so that browsers take the file from their cache."""

_KEY_FILE = "media-link.key"
_KEY_BYTES = 32
_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a link asks for, as it stands in the URL. `expires` in seconds since 1970; `called`: the file's own name."""

    name: str
    expires: str
    signature: str
    called: str = ""


class MediaLinks:
    """Makes links of the API at `base` (a URL without a slash at its end), signed with `key`, and reads them."""

    def __init__(self, base: str, key: bytes):
        self._base = base
        self._key = key

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The links of API_URL, signed with MEDIA_LINK_SECRET or a key of its own. Raises InvalidSetting."""
        secret = settings.media_link_secret
        key = secret.get_secret_value().encode() if secret else _kept_key(settings.make_home() / _KEY_FILE)
        return cls(str(settings.api_url).rstrip("/"), key)

    def link(self, artifact: Artifact, *, seconds: float = VALID_SECONDS, called: str = "") -> str:
        """The whole URL of our copy; it holds for `seconds` at least, and at most a quarter longer.

        A browser that saves the file names it `called` (without its ending).
        """
        return self._base + self._link(artifact, seconds, called)

    def check(self, asked: Asked) -> None:
        """Raises ArtifactError where the link was not made by us, was changed, or holds no longer."""
        if not hmac.compare_digest(asked.signature.encode(), self._sign(asked.name, asked.expires, asked.called)):
            raise ArtifactError("this link's signature does not fit: take the link whole, as the job's result has it")
        if int(asked.expires) < time.time():
            raise ArtifactError("this link has expired: read the job again, its result has a fresh one")

    def _link(self, artifact: Artifact, seconds: float, called: str) -> str:
        name, expires = MediaStore.name(artifact), _expiry(seconds)
        called = _NOT_IN_NAMES.sub("-", called).strip("-.")[:80]
        query = {"expires": expires} | ({"name": called} if called else {})
        signature = self._sign(name, expires, called).decode()
        return f"/media/{name}?{urlencode(query | {'signature': signature})}"

    def _sign(self, name: str, expires: str, called: str) -> bytes:
        told = "\n".join(("media", name, expires, called)).encode()
        return base64.urlsafe_b64encode(hmac.digest(self._key, told, hashlib.sha256)).rstrip(b"=")


def _expiry(seconds: float) -> str:
    """When a link made now expires: `seconds` from now, or up to a quarter of them later."""
    step = max(1, round(seconds / _STEPS))
    return str(-(-int(time.time() + seconds) // step) * step)


def _kept_key(file: Path) -> bytes:
    """The key in `file`; where there is none, a random one, by whichever process comes first."""
    try:
        if not file.exists():
            keep(secrets.token_bytes(_KEY_BYTES), file)
        key = file.read_bytes()
    except OSError as error:
        told = f"ADGEN_HOME: the key for media links, {file}, cannot be kept or read ({error.strerror})"
        raise InvalidSetting(f"{told}; make it yours, or set MEDIA_LINK_SECRET") from error
    if len(key) < _KEY_BYTES:
        raise InvalidSetting(f"ADGEN_HOME: {file} is no key; remove it, and links are signed with a new one")
    return key
