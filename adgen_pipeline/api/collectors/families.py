"""Metrics in Prometheus' shapes."""

from collections.abc import Mapping
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric


def gauge(name: str, told: str, value: float) -> Metric:
    """One value."""
    return GaugeMetricFamily(name, told, value=value)


def gauges(name: str, told: str, labels: str, values: Mapping[Any, float]) -> Metric:
    """One for each value of the label, or of the labels, with blanks between."""
    family = GaugeMetricFamily(name, told, labels=labels.split())
    for of, value in sorted(values.items()):
        family.add_metric([of] if isinstance(of, str) else list(of), value)
    return family


def counters(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    """One for each value of the label; `_total` is added to the name."""
    family = CounterMetricFamily(name, told, labels=[label])
    for of, value in sorted(values.items()):
        family.add_metric([of], value)
    return family


def counter(name: str, told: str, value: float) -> Metric:
    """One that only grows."""
    return CounterMetricFamily(name, told, value=value)
