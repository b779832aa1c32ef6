"""For Prometheus: what is true at the moment of the scrape, whichever process did it, and how requests are answered."""

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

from adgen_pipeline.api.collectors import OfDagster, OfTheLedger, OfThisMachine

if TYPE_CHECKING:
    from adgen_pipeline.api.state import Api

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Figures:
    """One app's; a registry of its own, so that several apps in a process do not mix."""

    def __init__(self, api: "Api"):
        self._registry = CollectorRegistry()
        labels = ("method", "route")
        self._requests = Counter(
            "adgen_http_requests", "Answered requests.", (*labels, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "adgen_http_request_seconds", "From request to answer.", labels, buckets=_SECONDS, registry=self._registry
        )
        self._registry.register(OfTheLedger(api.ledger))
        self._registry.register(OfDagster(api.live, api.dagster))
        self._registry.register(OfThisMachine(api.settings))
        ProcessCollector(registry=self._registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered with `status` after `seconds`."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All of them, as Prometheus reads it."""
        return generate_latest(self._registry)
