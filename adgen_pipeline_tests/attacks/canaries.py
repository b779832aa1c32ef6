"""A value of its own for every secret setting, by which it is known again wherever it turns up."""

import base64
import re
import secrets
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.delivery.certificate import write_certificate

_LOOKS_SECRET = re.compile(r"token|secret|password|private|dsn|database|broker|credential|_key$")
_EDGE = 4
"""Letters at either end of a base64 text that depend on what stands beside it."""


def secret_settings() -> list[str]:
    """The settings that may hold a secret, as Settings itself says: SecretStr, or left out of its repr."""
    fields = Settings.model_fields.items()
    return sorted(name.upper() for name, field in fields if "SecretStr" in str(field.annotation) or not field.repr)


def undeclared() -> list[str]:
    """Settings that are called as secrets are, and are not declared as such."""
    named = {name.upper() for name in Settings.model_fields if _LOOKS_SECRET.search(name)}
    return sorted(named - set(secret_settings()))


@dataclass(frozen=True)
class Canaries:
    """`words` by the name of what they are the secret of; `environment` sets them."""

    words: Mapping[str, tuple[str, ...]]
    environment: Mapping[str, str]

    def found_in(self, traces: bytes) -> set[str]:
        """The names of the secrets that stand in `traces`: plain, quoted for URLs, as hex, in base64, or packed."""
        return {name for name, spelled in self._spelled() if any(one in traces for one in spelled)}

    def _spelled(self) -> Iterator[tuple[str, set[bytes]]]:
        for name, words in self.words.items():
            yield name, {spelling for word in words for spelling in _spellings(word)}


def _spellings(word: str) -> set[bytes]:
    plain = word.encode()
    found = {plain, plain.hex().encode(), plain.hex().upper().encode(), plain[::-1]}
    for before in range(3):
        text = base64.b64encode(b"x" * before + plain)
        found |= {text[_EDGE:-_EDGE], text[_EDGE:-_EDGE].translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def unpacked(value: Any) -> bytes:
    """A column's value as bytes, with what it holds packed."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return value + zlib.decompress(value)
    except zlib.error:
        return value


def hatch(folder: Path, urls: Mapping[str, str]) -> Canaries:
    """A canary for every secret setting. `urls` are those that hold one as `{}`; all others are a word of 32 letters.

    The private key is a real one, in `folder`: its canaries are the lines of its PEM.
    """
    words = {name: (secrets.token_hex(16),) for name in secret_settings()}
    told = {name: urls.get(name, "{}").format(*word) for name, word in words.items()}
    words["API_TOKENS"] = (secrets.token_hex(16), secrets.token_hex(16))
    told["API_TOKENS"] = ",".join(words["API_TOKENS"])
    chain, key = write_certificate(folder)
    words["C2PA_PRIVATE_KEY"] = tuple(key.read_text().splitlines()[1:-2])
    told |= {"C2PA_CERTIFICATE": str(chain), "C2PA_PRIVATE_KEY": key.read_text()}
    key.unlink()
    return Canaries(words, told)
