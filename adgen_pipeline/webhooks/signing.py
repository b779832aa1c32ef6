"""The key that webhooks are signed with, and the signed headers (standardwebhooks.com)."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from standardwebhooks import Webhook

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.keyfile import keep
from adgen_pipeline.settings import WEBHOOK_SECRET_PREFIX, Settings

_KEY_FILE = "webhook.secret"
_KEY_BYTES = 32


@dataclass(frozen=True, repr=False)
class SigningKey:
    """The bytes of the key, as HMAC-SHA256 takes them."""

    key: bytes

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """That of WEBHOOK_SECRET; unset: one of its own, made once and kept in ADGEN_HOME. Raises InvalidSetting."""
        secret = settings.webhook_secret
        if secret is None:
            return cls(_decoded(_kept(settings.make_home() / _KEY_FILE)))
        words = secret.get_secret_value()
        return cls(_decoded(words) if words.startswith(WEBHOOK_SECRET_PREFIX) else words.encode())

    @property
    def spelled(self) -> str:
        """As receivers give it to their libraries, whatever WEBHOOK_SECRET looks like."""
        return WEBHOOK_SECRET_PREFIX + base64.b64encode(self.key).decode()

    def headers(self, message_id: str, body: bytes) -> dict[str, str]:
        """Id, timestamp (now) and signature of one attempt to deliver `body`."""
        now = datetime.now(UTC)
        return {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self.key).sign(message_id, now, body.decode()),
        }


def _decoded(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(WEBHOOK_SECRET_PREFIX) + "==")


def _kept(file: Path) -> str:
    """The secret in `file`; where there is none, a random one, by whichever process comes first."""
    try:
        if not file.exists():
            made = base64.b64encode(secrets.token_bytes(_KEY_BYTES))
            keep(WEBHOOK_SECRET_PREFIX.encode() + made + b"\n", file)
        return file.read_text().strip()
    except OSError as error:
        told = f"ADGEN_HOME: the secret that signs webhooks, {file}, cannot be kept or read ({error.strerror})"
        raise InvalidSetting(f"{told}; make it yours, or set WEBHOOK_SECRET") from error
