"""The console log of runs: the project's own logger, so that LOG_LEVEL and the command line decide what is shown."""

import logging
import sys

import dagster as dg

from adgen_pipeline.settings import Settings

LOGGER = "adgen.run"


@dg.logger({}, description="Runs on stderr, from LOG_LEVEL on.")
def console(context: dg.InitLoggerContext) -> logging.Logger:
    """A plain logger; a level that was set on it before (the command line does) stays."""
    logger = logging.getLogger(LOGGER)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    if logger.level == logging.NOTSET:
        logger.setLevel(Settings.read().log_level)
    return logger
