"""The REST API at API_URL."""

import json
from collections.abc import Iterator

from adgen_pipeline.doctor.asking import Unreached, ask
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning

_STARTS = "adgen up, or on a host of its own: systemctl start adgen.target"


def look(examined: Examined) -> Iterator[Finding]:
    """Its health, and whether it asks for a token where one is set."""
    url, judged = str(examined.settings.api_url).rstrip("/"), failure if examined.running else warning
    try:
        health = ask(f"{url}/health")
        without = ask(f"{url}/api/v1/jobs?limit=1")
    except Unreached as error:
        yield judged("health", f"API_URL, {url}: {error}", _STARTS)
        return
    told = f"{url}/health answered {health.status} in {health.seconds * 1000:.0f} ms"
    if health.status == 200:
        yield ok("health", told)
    else:
        yield failure(
            "health", f"{told}: {_reason(health.body)}", "mend what is found of database and dagster; read its log"
        )
    if examined.settings.bearer_tokens and without.status not in (401, 429):
        told = f"{url} answers without a token ({without.status}), although API_TOKENS is set here"
        yield failure("tokens", told, "restart the API, so that it reads its settings again")
    elif examined.settings.bearer_tokens:
        yield ok("tokens", "nothing is told without one")


def _reason(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])[:200]
    except (ValueError, KeyError, TypeError):
        return "it gives no reason"
