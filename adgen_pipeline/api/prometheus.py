"""For Prometheus: what the ledger says of jobs and money, read at each scrape, and how requests are answered."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.ledger.records import Standing

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
        self._registry.register(_OfTheLedger(api))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered with `status` after `seconds`."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All of them, as Prometheus reads it. Raises LedgerError."""
        return generate_latest(self._registry)


class _OfTheLedger(Collector):
    """What is true at the moment of the scrape, whichever process did it."""

    def __init__(self, api: "Api"):
        self._api = api

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not read the ledger."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Jobs, calls and money; runs where Dagster answers."""
        yield from _of_standing(self._api.ledger.records.standing())
        up = GaugeMetricFamily("adgen_dagster_up", "1 where the Dagster webserver answers.")
        try:
            states = self._api.live.states()
        except DagsterUnavailable:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        statuses = [state.status for state in states.values()]
        runs = {status: statuses.count(status) for status in ("queued", "processing")}
        yield _gauge("adgen_runs", "Ads that wait or are worked on.", "status", runs)


def _of_standing(standing: Standing) -> Iterable[Metric]:
    yield _gauge("adgen_jobs", "Jobs by outcome; open: not ended.", "outcome", standing.jobs)
    yield _gauge("adgen_calls", "Paid calls by state.", "state", standing.calls)
    spent = CounterMetricFamily("adgen_spend_usd", "USD billed, by stage.", labels=["stage"])
    for stage, amount in sorted(standing.spent.items()):
        spent.add_metric([stage], float(amount))
    yield spent
    saved = CounterMetricFamily("adgen_saved_usd", "USD that reused answers had cost.")
    saved.add_metric([], float(standing.saved))
    yield saved
    unknown = GaugeMetricFamily("adgen_unknown_usd", "USD that lost answers may have cost beside what is known.")
    unknown.add_metric([], float(standing.unknown))
    yield unknown


def _gauge(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    gauge = GaugeMetricFamily(name, told, labels=[label])
    for value, amount in sorted(values.items()):
        gauge.add_metric([value], amount)
    return gauge
