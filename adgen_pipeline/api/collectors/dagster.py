"""Runs, the daemon and the code location, as Dagster's webserver knows them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from adgen_pipeline.api.collectors.families import gauge, gauges
from adgen_pipeline.api.collectors.seldom import Seldom
from adgen_pipeline.api.dagster_graphql import DagsterGraphQL
from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.api.runs import LiveRuns
from adgen_pipeline.reports import RunState


class OfDagster(Collector):
    """What `live` runs there are and how Dagster's own parts are; where it is out of reach, only that it is."""

    def __init__(self, live: LiveRuns, dagster: DagsterGraphQL):
        self._live = live
        self._health = Seldom(dagster.health)

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Called at each scrape."""
        up = "1 where the Dagster webserver answers."
        try:
            states, health = list(self._live.states().values()), self._health.get()
        except DagsterUnavailable:
            yield gauge("adgen_dagster_up", up, 0)
            return
        yield gauge("adgen_dagster_up", up, 1)
        yield from _runs(states)
        moment = datetime.now(UTC).timestamp()
        ages = {name: max(0.0, moment - at) for name, at in health.heartbeats.items()}
        told = "How long ago each duty of the daemon was heard of."
        yield gauges("adgen_daemon_heartbeat_age_seconds", told, "duty", ages)
        loaded = {name: float(is_loaded) for name, is_loaded in health.locations.items()}
        yield gauges("adgen_code_location_loaded", "1 where Dagster has loaded the code.", "location", loaded)


def _runs(states: list[RunState]) -> Iterable[Metric]:
    known = [state.status for state in states]
    runs = {status: known.count(status) for status in ("queued", "processing")}
    yield gauges("adgen_runs", "Ads that wait or are worked on.", "status", runs)
    first = min((state.created_at for state in states if state.status == "queued"), default=None)
    waits = (datetime.now(UTC) - first).total_seconds() if first else 0.0
    yield gauge("adgen_oldest_queued_seconds", "How long the first ad in the queue waits.", max(0.0, waits))
