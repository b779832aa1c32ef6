"""Jobs, calls and money: the same figures from every process of the API, on whichever machine."""

import logging
from collections import Counter
from collections.abc import Iterable
from math import ceil

from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from adgen_pipeline.api.collectors.families import counter, counters, gauge, gauges
from adgen_pipeline.api.collectors.seldom import Seldom
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger import Ledger
from adgen_pipeline.ledger.records import Standing
from adgen_pipeline.ledger.vitals import RecentCall, Size, Vital

_log = logging.getLogger(__name__)
_OUTCOMES, _STATES = ("completed", "failed", "cancelled", "open"), ("claimed", "settled", "failed", "unknown")
_PERCENTILES = (50, 95)


class OfTheLedger(Collector):
    """What is written in `ledger`; where that is out of reach, only that it is."""

    def __init__(self, ledger: Ledger):
        self._standing = Seldom(ledger.records.standing)
        self._vital = Seldom(ledger.vitals.read)

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not read the ledger."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Called at each scrape."""
        up = "1 where the ledger's database answers."
        try:
            standing, vital = self._standing.get(), self._vital.get()
        except LedgerError as error:
            _log.error("%s", error.message)
            yield gauge("adgen_ledger_up", up, 0)
            return
        yield gauge("adgen_ledger_up", up, 1)
        took, age = self._standing.took + self._vital.took, max(self._standing.age, self._vital.age)
        yield gauge("adgen_ledger_read_seconds", "How long the last reading of the ledger took.", took)
        yield gauge("adgen_ledger_age_seconds", "How old that reading is.", age)
        yield from _money(standing)
        yield from _work(standing, vital)
        yield from _services(vital)
        yield from _database(vital.size)


def _money(standing: Standing) -> Iterable[Metric]:
    spent = {stage.name: float(standing.spent.get(stage.name, 0)) for stage in STAGES}
    yield counters("adgen_spend_usd", "USD billed, by stage.", "stage", spent)
    yield counter("adgen_saved_usd", "USD that reused answers had cost.", float(standing.saved))
    told = "USD that lost answers may have cost beside what is known."
    yield gauge("adgen_unknown_usd", told, float(standing.unknown))


def _work(standing: Standing, vital: Vital) -> Iterable[Metric]:
    jobs = {outcome: standing.jobs.get(outcome, 0) for outcome in _OUTCOMES}
    yield gauges("adgen_jobs", "Jobs by outcome; open: not ended.", "outcome", jobs)
    states = dict.fromkeys(_STATES, 0) | standing.calls
    yield gauges("adgen_calls", "Paid calls by state; unknown: a person must decide.", "state", states)
    failed = dict.fromkeys(("COST_LIMIT_EXCEEDED", "INTERNAL_ERROR"), 0) | vital.failed_jobs
    yield gauges("adgen_recent_failed_jobs", "Jobs that failed within the last hour, by error code.", "code", failed)
    yield gauge("adgen_commissions_waiting", "Wanted ads that are not launched yet.", vital.commissions.number)
    yield gauge("adgen_oldest_commission_seconds", "How long the first of them waits.", vital.commissions.oldest)
    yield gauge("adgen_webhooks_waiting", "Webhooks that are not delivered yet.", vital.webhooks.number)
    yield gauge("adgen_oldest_webhook_seconds", "How long the first of them waits.", vital.webhooks.oldest)
    yield gauge("adgen_webhooks_given_up", "Webhooks that nobody took.", vital.webhooks_given_up)


def _services(vital: Vital) -> Iterable[Metric]:
    """Of all services, also those that nobody called lately."""
    services = [stage.service for stage in STAGES]
    circuits = {circuit.service: circuit for circuit in vital.circuits}
    is_open = {name: float(name in circuits and circuits[name].open_for > 0) for name in services}
    yield gauges("adgen_circuit_open", "1 while a service is left alone after failures.", "service", is_open)
    failures = {name: circuits[name].failures if name in circuits else 0 for name in services}
    yield gauges("adgen_circuit_failures", "Failures of a service in a row.", "service", failures)
    results = dict.fromkeys(((name, result) for name in services for result in ("bought", "failed", "unknown")), 0)
    results |= Counter((call.service, _result(call)) for call in vital.recent_calls)
    told = "Calls written about within the last 15 minutes (of the newest 5000), by what became of them."
    yield gauges("adgen_recent_calls", told, "service result", results)
    codes = Counter((call.service, call.code) for call in vital.recent_calls if call.code)
    yield gauges("adgen_recent_call_failures", "The failed and lost ones of them, by code.", "service code", codes)
    told = "How long they took, retries and polls included."
    yield gauges("adgen_recent_call_seconds", told, "service percentile", _percentiles(vital.recent_calls))


def _database(size: Size) -> Iterable[Metric]:
    yield gauge("adgen_database_bytes", "Size of the ledger's database.", size.size)
    if size.connections is not None and size.most_connections is not None:
        yield gauge("adgen_database_connections", "Connections to that database.", size.connections)
        yield gauge("adgen_database_connections_most", "Connections its server admits.", size.most_connections)
    revisions = {"database": size.revision, "code": size.wanted_revision}
    known = {of: float(revision) if revision.isdigit() else -1.0 for of, revision in revisions.items()}
    yield gauges("adgen_schema_revision", "Of the ledger's tables: as they are, as the code needs them.", "of", known)


def _result(call: RecentCall) -> str:
    if call.state == "settled":
        return "reused" if call.reused else "bought"
    return {"claimed": "under_way"}.get(call.state, call.state)


def _percentiles(calls: list[RecentCall]) -> dict[tuple[str, str], float]:
    """By service and percentile, where there is a call to tell it by."""
    found: dict[str, list[float]] = {}
    for call in calls:
        if call.seconds is not None:
            found.setdefault(call.service, []).append(call.seconds)
    return {
        (service, str(percent)): sorted(times)[ceil(percent * len(times) / 100) - 1]
        for service, times in found.items()
        for percent in _PERCENTILES
    }
