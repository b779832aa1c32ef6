"""The four services: asked how they are, or, where the embedded studio stands in, its libraries loaded."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

from adgen_pipeline.contracts.stages import STAGES, Stage
from adgen_pipeline.doctor.asking import Answered, Unreached, ask
from adgen_pipeline.doctor.checks.clock import agrees
from adgen_pipeline.doctor.checks.studio import libraries
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.downloads import shown
from adgen_pipeline.settings import ServiceSettings

_SOON = timedelta(days=14)


def look(examined: Examined) -> Iterator[Finding]:
    """All at once: four that hang would take four times as long one after the other."""
    services = {stage: examined.settings.service(stage) for stage in STAGES}
    found: dict[Stage, list[Finding]] = {stage: [] for stage in STAGES}
    threads = [
        Thread(target=lambda s=stage, k=known: found[s].extend(_asked(s, k)), daemon=True)
        for stage, known in services.items()
        if known.url
    ]
    for thread in threads:
        thread.start()
    embedded = [stage.title for stage, known in services.items() if not known.url]
    if embedded:
        yield from libraries(embedded)
    for thread in threads:
        thread.join()
    for findings in found.values():
        yield from findings


def _asked(stage: Stage, known: ServiceSettings) -> Iterator[Finding]:
    url = known.url or ""
    name = f"{stage.service.upper()}_URL"
    token = {"Authorization": f"Bearer {known.token.get_secret_value()}"} if known.token else {}
    try:
        answered = ask(f"{url}/health", token)
    except Unreached as error:
        yield failure(stage.title, f"{shown(url)}: {error}", _mend(error, stage, name))
        return
    yield _judged(stage, url, name, answered)
    yield from agrees(stage.title, answered.clock)
    until = answered.certificate_until
    if until and until < datetime.now(UTC) + _SOON:
        yield warning(
            stage.title, f"its TLS certificate ends on {until:%Y-%m-%d}", "renew it there, such as: certbot renew"
        )


def _judged(stage: Stage, url: str, name: str, answered: Answered) -> Finding:
    told = f"{shown(url)}/health answered {answered.status} in {answered.seconds * 1000:.0f} ms"
    if answered.status == 200:
        return ok(stage.title, told)
    if answered.status in (401, 403):
        name = name.replace("_URL", "_TOKEN")
        return failure(stage.title, f"{told}: it does not accept {name}", f"# .env: {name}=, as the service wants it")
    if 300 <= answered.status < 400:
        return failure(stage.title, f"{told}: redirects are not followed", f"# .env: {name}=the URL it redirects to")
    if answered.status == 404:
        mend = f"adgen check-service {_KIND[stage.service]} {url} tells whether the rest of it is right"
        return warning(stage.title, f"{told}: it has no health check, or {name} is another service's", mend)
    return failure(stage.title, told, f"restart the service behind {name}, and read its log")


_KIND = {"prompt_parser": "parser", "image_gen": "image", "video_gen": "video", "composition": "composition"}


def _mend(error: Unreached, stage: Stage, name: str) -> str:
    return {
        "name": f"# .env: {name}=: mend the host, or take the line out to use the embedded studio",
        "connection": f"start the service behind {name} ({stage.title.lower()}), or mend host and port there",
        "certificate": "renew the service's certificate; an authority of your own: SSL_CERT_FILE=/etc/ssl/certs/...",
        "answer": f"restart the service behind {name}; it should answer GET /health within seconds",
    }[error.step]
