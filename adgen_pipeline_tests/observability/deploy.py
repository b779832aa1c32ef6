"""The dashboard, the alerts and the example configuration, taken apart."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD, ALERTS = DEPLOY / "grafana" / "adgen.json", DEPLOY / "prometheus" / "alerts.yaml"
CONFIG = DEPLOY / "prometheus" / "prometheus.yaml"

_OURS = re.compile(r"\b(?:adgen|process)_\w+|\bup\b(?=[{ ]|$)")
_LABELS = re.compile(r"\b(\w+)\s*(?:=~|!~|!=|=)\s*\"")
_BY = re.compile(r"\bby \(([\w, ]+)\)")


def panels() -> list[dict[str, Any]]:
    """All panels of the dashboard, rows too."""
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


def alerts() -> list[dict[str, Any]]:
    """All alerts."""
    (group,) = yaml.safe_load(ALERTS.read_text())["groups"]
    return list(group["rules"])


def dashboard_expressions() -> list[str]:
    """Each once, with what Grafana puts in for its variables."""
    written = [target["expr"] for panel in panels() for target in panel.get("targets", [])]
    return list(dict.fromkeys(map(filled_in, written)))


def filled_in(expression: str) -> str:
    """As Prometheus is asked."""
    return expression.replace("$__rate_interval", "1m").replace("$job", ".+")


def metrics_in(expression: str) -> set[str]:
    """The names of the metrics that it asks for."""
    return set(_OURS.findall(expression))


def labels_in(expression: str) -> set[str]:
    """The names of the labels that it selects or groups by."""
    return set(_LABELS.findall(expression)) | {
        name.strip() for group in _BY.findall(expression) for name in group.split(",")
    }


def evaluated(url: str, expression: str) -> list[dict[str, Any]]:
    """What the Prometheus at `url` answers."""
    told = httpx.get(f"{url}/api/v1/query", params={"query": expression}, timeout=30).json()
    assert told["status"] == "success", (expression, told)
    return list(told["data"]["result"])
