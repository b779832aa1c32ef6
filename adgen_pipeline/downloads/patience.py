"""Tries a GET again where that may help, and says in plain words what went wrong where it does not.

A GET costs nothing, so what may go well a second later is tried again; what is refused or gone is not.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import httpcore

from adgen_pipeline.downloads.network import Refused
from adgen_pipeline.downloads.redirects import SILENCE_SECONDS, shown
from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable

T = TypeVar("T")

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before the second, third and fourth try."""

_HEADERS_TOO_LARGE = 431


class Interrupted(Exception):
    """It did not work this time. The text is the reason, for people."""


def patiently(url: str, attempt: Callable[[], T], deadline: float, pauses: Sequence[float]) -> T:
    """What `attempt` gives, tried again after each of `pauses` while it is interrupted and time is left.

    Raises ArtifactError when it is refused for good; ArtifactUnavailable after the last try, and when it is refused
    for what can be mended. Both name `url` as it may be shown.
    """
    for tries, pause in enumerate((*pauses, None), 1):
        try:
            with _in_plain_words(deadline):
                return attempt()
        except Refused as refusal:
            told = f"{shown(url)} could not be fetched: {refusal}"
            kind = ArtifactUnavailable if refusal.mendable else ArtifactError
            raise kind(told, details={"url": shown(url)} | refusal.details) from refusal.__cause__
        except Interrupted as error:
            if pause is None or time.monotonic() + pause >= deadline:
                told = f"{shown(url)} could not be fetched: {error} ({tries} {'tries' if tries > 1 else 'try'})"
                raise ArtifactUnavailable(told, details={"url": shown(url), "attempts": tries}) from error.__cause__
            time.sleep(pause)
    raise AssertionError("the last try returns or raises")


@contextmanager
def _in_plain_words(deadline: float) -> Iterator[None]:
    """The library's errors as ours: those of the wire may pass, those of trust and of the disk will not."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise Interrupted(_waited(error, deadline)) from error
    except httpcore.ProtocolError as error:
        if getattr(_wrapped(error), "error_status_hint", None) == _HEADERS_TOO_LARGE:
            raise Refused("its headers are larger than 100 kB") from error
        raise Interrupted(f"the connection broke off: {error}") from error
    except httpcore.NetworkError as error:
        cause = _wrapped(error)
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise Refused(
                f"its certificate is not to be trusted: {cause.verify_message.rstrip('.')}", mendable=True
            ) from error
        raise Interrupted(str(error) or "the connection broke off") from error
    except OSError as error:
        raise Refused(f"the file could not be written ({error.strerror})", mendable=True) from error


def _wrapped(error: Exception) -> object:
    """What the library met; it hands that on as its own error's argument."""
    return error.args[0] if error.args else None


def _waited(error: httpcore.TimeoutException, deadline: float) -> str:
    if deadline - time.monotonic() < 0.05:
        return "it did not arrive in time"
    if isinstance(error, httpcore.ConnectTimeout):
        return "its server did not take the connection in time"
    return f"nothing came for {SILENCE_SECONDS:g} s"
