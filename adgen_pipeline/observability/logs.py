"""Every log of this process, whoever configured it (Dagster's commands and uvicorn do), by LOG_FORMAT."""

import logging
import logging.config
import sys
from collections.abc import Iterator
from typing import Any

from adgen_pipeline.observability.lines import JsonLines, TextLines
from adgen_pipeline.settings import Settings

_TALKATIVE = ("httpx", "httpcore", "alembic", "botocore", "s3fs", "aiobotocore", "urllib3", "asyncio")
"""Libraries that tell each of their steps at INFO."""


def set_up_logs() -> None:
    """json: all lines of the process go to stderr as JSON, from LOG_LEVEL on. text: they stay as they are, made safe.

    What configures logs later by `logging.config.dictConfig` has its lines written the same way.
    """
    setattr(logging.config, "dictConfigClass", _OursAfterwards)  # noqa: B010 - the hook that `logging` documents
    _take_over()


def safe_handler(told: str) -> logging.Handler:
    """A handler on stderr for lines of the format `told` or, by LOG_FORMAT, JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if _is_json() else TextLines(logging.Formatter(told)))
    return handler


class _OursAfterwards(logging.config.DictConfigurator):
    """Does what it is told, then takes over."""

    def configure(self) -> None:
        """Called by `logging.config.dictConfig`."""
        super().configure()
        _take_over()


def _take_over() -> None:
    if _is_json():
        _all_by_one(Settings.read().log_level)
    else:
        for handler in _plain_handlers():
            if not isinstance(handler.formatter, TextLines | JsonLines):
                handler.setFormatter(TextLines(handler.formatter or logging.Formatter()))


def _all_by_one(level: str) -> None:
    """One handler at the root for all loggers, in place of those that write to the console by themselves."""
    root = logging.getLogger()
    for logger in _loggers():
        for handler in [handler for handler in logger.handlers if _is_console(handler)]:
            logger.removeHandler(handler)
            logger.propagate = True
    root.addHandler(safe_handler(""))
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_json() -> bool:
    return Settings.read().log_format == "json"


def _plain_handlers() -> Iterator[logging.Handler]:
    yield from (handler for logger in _loggers() for handler in logger.handlers if _is_console(handler))
    if logging.lastResort:
        yield logging.lastResort


def _loggers() -> list[logging.Logger]:
    known = logging.Logger.manager.loggerDict.values()
    return [logging.getLogger(), *(logger for logger in known if isinstance(logger, logging.Logger))]


def _is_console(handler: Any) -> bool:
    """Whether it writes to the console: not to a file, and nothing of a test's own."""
    consoles = (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
    return type(handler) is logging.StreamHandler and handler.stream in consoles
