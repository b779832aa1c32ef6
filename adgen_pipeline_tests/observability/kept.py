"""Logs of this process that are written as a deployment's, and afterwards as they were."""

import io
import json
import logging
import logging.config
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from adgen_pipeline.observability.logs import set_up_logs


class Lines:
    """What came to stderr."""

    def __init__(self) -> None:
        self._written = io.StringIO()
        self.write, self.flush = self._written.write, self._written.flush

    @property
    def text(self) -> list[str]:
        return self._written.getvalue().splitlines()

    @property
    def json(self) -> list[dict[str, Any]]:
        """Each line is one object."""
        return [json.loads(line) for line in self.text]


@contextmanager
def written(log_format: str, **settings: str) -> Iterator[Lines]:
    """LOG_FORMAT is `log_format`, and the process was set up by it."""
    with pytest.MonkeyPatch.context() as patch, _as_before():
        lines = Lines()
        patch.setattr(sys, "stderr", lines)
        for name, value in {"LOG_FORMAT": log_format, **settings}.items():
            patch.setenv(name, value)
        set_up_logs()
        yield lines


@contextmanager
def _as_before() -> Iterator[None]:
    """Loggers as in a fresh process (those of runs set up and silence ours), and afterwards as they were."""
    root, manager = logging.getLogger(), logging.Logger.manager
    loggers = [root, *(known for known in manager.loggerDict.values() if isinstance(known, logging.Logger))]
    found = [(each, list(each.handlers), list(each.filters), each.level, each.propagate) for each in loggers]
    formats = [(handler, handler.formatter) for _, handlers, *_ in found for handler in handlers]
    formats += [(logging.lastResort, logging.lastResort.formatter)] if logging.lastResort else []
    by = logging.config.dictConfigClass  # type: ignore[attr-defined]
    for logger in loggers:
        if logger.name.startswith("adgen"):
            logger.handlers, logger.filters, logger.propagate = [], [], True
            logger.setLevel(logging.NOTSET)
    try:
        yield
    finally:
        logging.config.dictConfigClass = by  # type: ignore[attr-defined]
        for name in [name for name, known in manager.loggerDict.items() if isinstance(known, logging.Logger)]:
            logger = logging.getLogger(name)
            logger.handlers, logger.filters, logger.propagate = [], [], True
            logger.setLevel(logging.NOTSET)
        for logger, handlers, filters, level, propagate in found:
            logger.handlers, logger.filters, logger.propagate = handlers, filters, propagate
            logger.setLevel(level)
        for handler, formatter in formats:
            handler.setFormatter(formatter)
