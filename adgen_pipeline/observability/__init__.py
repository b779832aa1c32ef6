"""What a process tells those who watch over it: log lines, and errors that somebody has to mend.

    fields     what is being worked on (job, stage, scene, ...), known to every line logged meanwhile
    lines      a line of the log, as JSON or as text, that nobody can forge
    logs       every log of the process, made into such lines
    scrubbing  no secret and no URL's query in what is told
    sentry     errors reported to SENTRY_DSN

Belongs here: how it is told. Does not: what is told, which stands where it happens. Metrics are read from the ledger
when they are asked for, by the API.
"""

from adgen_pipeline.observability.fields import about, fields
from adgen_pipeline.observability.logs import set_up_logs
from adgen_pipeline.observability.sentry import Failed, flush, report_failed_ad, set_up_sentry

__all__ = ["Failed", "about", "fields", "flush", "observe", "report_failed_ad"]


def observe(process: str) -> None:
    """From now on this process, known as `process` ("api", "code", ...), logs by LOG_FORMAT and reports errors.

    To be called once at the start, before anything is logged; a second call changes nothing. Raises InvalidSetting
    where SENTRY_DSN is set and its library is missing.
    """
    set_up_logs()
    set_up_sentry(process)
