"""Where STEP_EXECUTOR=celery hands out steps, and who works on them."""

from collections.abc import Iterator

from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.downloads import shown

_SECONDS = 4.0


def look(examined: Examined) -> Iterator[Finding]:
    """Nothing where steps are threads."""
    settings = examined.settings
    if settings.step_executor != "celery" or settings.broker_url is None:
        return
    try:
        from celery import Celery
    except ImportError:
        yield failure("library", "STEP_EXECUTOR=celery needs one", "pip install 'adgen-pipeline[celery]'")
        return
    url = settings.broker_url.get_secret_value()
    told = shown(url)
    app = Celery("doctor", broker=url)
    try:
        with app.connection(connect_timeout=_SECONDS) as connection:
            connection.ensure_connection(max_retries=0, timeout=_SECONDS)
            yield ok("broker", f"{told} answers")
            answers = app.control.ping(timeout=_SECONDS / 2, connection=connection)
    except Exception as error:  # of redis, of amqp, of the socket; their words may hold the password
        mend = "systemctl start redis-server, on its host; or mend BROKER_URL (host, port, password)"
        yield failure("broker", f"{told} cannot be used ({type(error).__name__})", mend)
        return
    names = [name for answer in answers for name in answer]
    judged = failure if examined.running else warning
    yield (
        ok("workers", f"{len(names)} at work: {', '.join(sorted(names))}")
        if names
        else judged("workers", "none answers: steps wait in the queue", "adgen worker, on one machine or more")
    )
