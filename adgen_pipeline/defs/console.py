"""The console log of runs: the project's own logger, so that LOG_LEVEL and the command line decide what is shown."""

import logging
from collections.abc import Mapping
from typing import Any

import dagster as dg

from adgen_pipeline.defs.log_fields import fields_of
from adgen_pipeline.observability.logs import safe_handler
from adgen_pipeline.settings import Settings

LOGGER = "adgen.run"


@dg.logger({}, description="Runs on stderr, from LOG_LEVEL on, as LOG_FORMAT says.")
def console(context: dg.InitLoggerContext) -> logging.Logger:
    """A plain logger; a level that was set on it before (the command line does) stays."""
    logger = logging.getLogger(LOGGER)
    if not logger.handlers:
        logger.addHandler(safe_handler("%(asctime)s %(levelname)s %(message)s"))
        logger.addFilter(_in_our_words)
        logger.propagate = False
    if logger.level == logging.NOTSET:
        logger.setLevel(Settings.read().log_level)
    return logger


def _in_our_words(record: logging.LogRecord) -> bool:
    """Give the record the fields of JSON lines, from what Dagster knows of it; nothing is filtered out."""
    known: Mapping[str, Any] | None = getattr(record, "dagster_meta", None)
    if known:
        about = fields_of(known["job_tags"], known["run_id"], known["step_key"]) | _of_failure(record)
        record.__dict__.update(about, told=known["orig_message"])
    return True


def _of_failure(record: logging.LogRecord) -> dict[str, Any]:
    """The code and the cost (USD) that `reporting.clear_failures` put into a step's failure."""
    event: dg.DagsterEvent | None = getattr(record, "dagster_event", None)
    failure = event.step_failure_data.user_failure_data if event and event.is_step_failure else None
    told = {name: value.value for name, value in failure.metadata.items()} if failure else {}
    return {"code": told["code"], "cost": told.get("cost_usd")} if "code" in told else {}
