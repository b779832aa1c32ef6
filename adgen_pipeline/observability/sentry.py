"""Errors that somebody has to mend, reported to the Sentry project at SENTRY_DSN: what was going on, and no data.

Reported are an ad that failed by a fault of ours (INTERNAL_ERROR, crashes included), an answer 500 of the API, and
whatever else is logged as an error outside of runs, such as a sensor that fails. Not reported: a refused brief, a
service that said no, a spent budget, a cancelled ad; those are the ad's own business, and metrics count them.
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.observability.fields import fields
from adgen_pipeline.observability.scrubbing import scrubbed
from adgen_pipeline.settings import Settings

FLUSH_SECONDS = 3.0
"""How long the end of a run may wait for its report to be sent."""

_TAGS = ("job", "run", "stage", "scene", "service", "code", "request_id")
_KEPT = {
    "event_id",
    "timestamp",
    "platform",
    "level",
    "logger",
    "logentry",
    "message",
    "exception",
    "threads",
    "breadcrumbs",
    "tags",
    "extra",
    "fingerprint",
    "release",
    "environment",
    "server_name",
    "sdk",
}
"""What an event may hold; requests, users, installed modules and command lines are none of it."""

_AGAIN_SECONDS = 60.0
"""How long the same error of a process is told of once: a database that is away fails every request."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_last: dict[tuple[str, ...], float] = {}


@dataclass(frozen=True)
class Failed:
    """An ad that failed by a fault of ours: which, where, and Python's words on it, where there are any."""

    job: str
    run: str
    message: str
    code: str
    stage: str | None = None
    scene: str | None = None
    kind: str | None = None
    traceback: str | None = None


def set_up_sentry(process: str) -> None:
    """Report errors of this process from now on, if SENTRY_DSN is set. Starts no thread before the first report.

    Raises InvalidSetting where the library is missing.
    """
    settings = Settings.read()
    if settings.sentry_dsn is None:
        return
    sdk = _library()
    if sdk.get_client().is_active():
        return
    sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        release=f"adgen-pipeline@{version('adgen-pipeline')}",
        environment=settings.sentry_environment,
        integrations=_integrations(),
        default_integrations=False,  # they read command lines and add headers to the calls of services
        auto_enabling_integrations=False,
        before_send=_prepared,
        before_breadcrumb=lambda crumb, hint: {**crumb, "data": {}},
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=10,
        auto_session_tracking=False,
        enable_backpressure_handling=False,
        shutdown_timeout=FLUSH_SECONDS,
    )
    sdk.set_tag("process", process)


def report_failed_ad(failed: Failed) -> None:
    """Tell of it, in the words of the ad's error; nothing where SENTRY_DSN is not set."""
    if not _is_on():
        return
    sdk = _library()
    event: dict[str, Any] = {
        "level": "error",
        "logger": "adgen.run",
        "message": failed.message,
        "tags": {name: value for name in _TAGS if (value := getattr(failed, name, None))},
        "fingerprint": ["failed ad", failed.stage or "", failed.kind or failed.message.partition(failed.run)[0]],
        "extra": {"traceback": failed.traceback} if failed.traceback else {},
    }
    sdk.capture_event(event)


def flush() -> None:
    """Wait until what was reported is sent: the process is about to end. At most FLUSH_SECONDS."""
    if _is_on():
        _library().flush(FLUSH_SECONDS)


def _is_on() -> bool:
    return Settings.read().sentry_dsn is not None and bool(_library().get_client().is_active())


def _library() -> Any:
    try:
        import sentry_sdk  # costs 0.2 s: only where it is asked for
    except ModuleNotFoundError as error:
        told = "SENTRY_DSN needs a library that is not installed: pip install 'adgen-pipeline[sentry]'"
        raise InvalidSetting(f"{told}, or unset SENTRY_DSN") from error
    return sentry_sdk


def _integrations() -> list[Any]:
    """Logged errors, uncaught ones also of threads, each once, and sent before the process ends."""
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration
    from sentry_sdk.integrations.threading import ThreadingIntegration

    quiet = AtexitIntegration(callback=lambda pending, timeout: None)
    logged = LoggingIntegration(level=logging.WARNING, event_level=logging.ERROR)
    return [logged, ThreadingIntegration(propagate_scope=False), ExcepthookIntegration(), DedupeIntegration(), quiet]


def _prepared(event: dict[str, Any], hint: Mapping[str, Any]) -> dict[str, Any] | None:
    """The event as it may leave, or None: it is a run's own, or was told of a moment ago."""
    if _is_a_runs(hint.get("log_record")) or _was_told(event):
        return None
    known = {name: str(value) for name, value in fields().items() if name in _TAGS}
    kept = {name: value for name, value in event.items() if name in _KEPT}
    cleaned: dict[str, Any] = _cleaned(kept | {"tags": known | dict(event.get("tags") or {})})
    cleaned["extra"] = {name: told for name, told in cleaned.get("extra", {}).items() if name == "traceback"}
    return cleaned


def _is_a_runs(record: logging.LogRecord | None) -> bool:
    """Whether a run said it into its own log: how it ends is reported when that is known."""
    return record is not None and (record.name == "adgen.run" or hasattr(record, "dagster_meta"))


def _was_told(event: Mapping[str, Any]) -> bool:
    """Whether an equal error of this process was reported within _AGAIN_SECONDS."""
    values = (event.get("exception") or {}).get("values") or [{}]
    told = str((event.get("logentry") or {}).get("message") or event.get("message") or "")
    of = (str(event.get("logger")), str(values[-1].get("type")), told)
    with _lock:
        now = time.monotonic()
        known = now - _last.get(of, float("-inf")) < _AGAIN_SECONDS
        if not known:
            _last.update({of: now})
        for old in [name for name, at in _last.items() if now - at > _AGAIN_SECONDS]:
            del _last[old]
        return known


def _cleaned(value: Any) -> Any:
    """All texts in it without secrets; the variables of functions left out."""
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(inner) for name, inner in value.items() if name != "vars"}
    return [_cleaned(inner) for inner in value] if isinstance(value, list | tuple) else value
