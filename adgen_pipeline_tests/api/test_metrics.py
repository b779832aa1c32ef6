"""What Prometheus is told, and that dashboard, alerts and documentation speak of nothing else."""

import re
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from adgen_pipeline.api.collectors import OfTheLedger
from adgen_pipeline.api.collectors.seldom import Seldom
from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.schema import metadata
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.conftest import Front, running_api
from adgen_pipeline_tests.observability.deploy import (
    alerts,
    dashboard_expressions,
    labels_in,
    metrics_in,
    panels,
)
from adgen_pipeline_tests.observability.kept import written
from adgen_pipeline_tests.postgres import new_database

DOCUMENTED = Path(__file__).parents[2] / "docs" / "monitoring.md"
GIVEN_BY_PROMETHEUS = {"up"}
ONLY_SOMETIMES = {"adgen_recent_call_failures", "adgen_recent_call_seconds"}
"""Without a failure, and without a call, there is no series of them."""


def families(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


@pytest.fixture(scope="module")
def given(front: Front) -> dict[str, Metric]:
    """All metrics of an API beside a real Dagster."""
    front.http.get("/health")
    return families(front.http.get("/metrics").text)


def on_postgres(url: str, patch: pytest.MonkeyPatch) -> dict[str, Metric]:
    """Those of a ledger on Postgres."""
    patch.setenv("DATABASE_URL", url)
    registry = CollectorRegistry()
    with open_ledger(Settings.read()) as ledger:
        registry.register(OfTheLedger(ledger))
        return families(generate_latest(registry).decode())


@pytest.fixture
def known(given: dict[str, Metric], postgres: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Metric]:
    return on_postgres(new_database(postgres), monkeypatch) | given


def test_dashboard_and_alerts_ask_for_metrics_that_are_given(known: dict[str, Metric]) -> None:
    """By their names as they are scraped, and by labels that these have."""
    names = {sample.name for family in known.values() for sample in family.samples}
    names |= GIVEN_BY_PROMETHEUS | ONLY_SOMETIMES
    labels = {label for family in known.values() for sample in family.samples for label in sample.labels}
    labels |= {"job", "instance", "service", "code", "percentile"}
    for expression in [*dashboard_expressions(), *(alert["expr"] for alert in alerts())]:
        assert metrics_in(expression), expression
        assert metrics_in(expression) <= names, (expression, metrics_in(expression) - names)
        assert labels_in(expression) <= labels, (expression, labels_in(expression) - labels)


def test_every_metric_is_documented_and_no_other(known: dict[str, Metric]) -> None:
    """docs/monitoring.md names each as it is scraped."""
    told = set(re.findall(r"`(adgen_\w+)[`{]", DOCUMENTED.read_text()))
    ours = {family.name + ("_total" if family.type == "counter" else "") for family in known.values()}
    ours = {name for name in ours if name.startswith("adgen_") and not name.endswith("_created")}
    assert told == ours | ONLY_SOMETIMES


def test_every_metric_says_what_it_is_and_has_few_series(known: dict[str, Metric]) -> None:
    """Nothing a stranger can make more of: no job, no path, no prompt is a label."""
    assert all(family.documentation and len(family.samples) < 1000 for family in known.values())
    labels = {label for family in known.values() for sample in family.samples for label in sample.labels}
    assert not labels & {"job_id", "path", "prompt", "run_id", "scene", "client"}


def test_the_dashboard_is_sane() -> None:
    """Every panel has an id of its own, a place that no other has, a unit and words on what it shows."""
    taken: dict[tuple[int, int], int] = {}
    for panel in panels():
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        for cell in ((x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])):
            assert taken.setdefault(cell, panel["id"]) == panel["id"], panel["title"]
        if panel["type"] != "row":
            assert panel["description"] and panel["fieldConfig"]["defaults"]["unit"] and panel["targets"]
            assert panel["datasource"]["uid"] == "${datasource}"
    ids = [panel["id"] for panel in panels()]
    assert len(ids) == len(set(ids)) > 40


def test_every_alert_says_what_to_do() -> None:
    """A severity, what is wrong, and the way out."""
    for alert in alerts():
        assert alert["labels"]["severity"] in ("critical", "warning") and alert["for"]
        assert alert["annotations"]["summary"] and len(alert["annotations"]["description"]) > 40


def test_invented_methods_make_no_series(front: Front) -> None:
    """Anybody may send them, without a token."""
    front.http.request("PROPFIND", "/coffee")
    text = front.http.get("/metrics").text
    assert "PROPFIND" not in text and 'method="other",route="none"' in text


def test_without_its_database_the_rest_is_still_told() -> None:
    """Whoever is on call sees which part is away."""
    settings = Settings.read()
    with running_api(settings) as url:
        _spoil(settings)
        text = httpx.get(f"{url}/metrics", timeout=30).text
    assert "adgen_ledger_up 0.0" in text and "adgen_dagster_up 0.0" in text
    assert "adgen_build_info" in text and "adgen_disk_free_bytes" in text


def _spoil(settings: Settings) -> None:
    """Leave nothing of the ledger that could be read."""
    with closing(open_database(settings)) as database:
        if database.file is None:
            with database.write() as connection:
                metadata.drop_all(connection)
            return
    for file in database.file.parent.glob("ledger.db*"):
        file.write_bytes(b"no database at all" * 1000)


def test_a_reading_that_is_fresh_is_not_repeated() -> None:
    """However many scrape; one that failed is tried again by the next."""
    read: list[int] = []

    def reading() -> int:
        read.append(1)
        if len(read) == 1:
            raise LedgerError("away")
        return len(read)

    seldom = Seldom(reading)
    with pytest.raises(LedgerError):
        seldom.get()
    seldom.took = 3600.0
    assert seldom.get() == 2
    seldom.took = 3600.0
    assert seldom.get() == 2 and len(read) == 2


def test_requests_are_lines_of_json_with_their_id_and_without_their_query(home: Path) -> None:
    """What a collector of logs finds an answer's line by; the query may hold a signature."""
    with written("json", ADGEN_HOME=str(home)) as lines, running_api(Settings.read()) as url:
        httpx.get(f"{url}/nothing?signature=secret", headers={"X-Request-Id": "mine-1"})
    (line,) = [line for line in lines.json if line["logger"] == "adgen.access"]
    assert (line["request_id"], line["method"], line["path"], line["status"]) == ("mine-1", "GET", "/nothing", 404)
    assert "secret" not in "\n".join(lines.text) and line["seconds"] >= 0
