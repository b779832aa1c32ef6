"""The service without its Dagster, and what it says of bad input: no traceback, no secret, always a way out."""

from collections.abc import Iterator
from decimal import Decimal

import httpx
import pytest

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.conftest import PROMPT, running_api
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ports import free_port


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A client of an API whose Dagster is down."""
    monkeypatch.setenv("DAGSTER_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("UI_TOKEN", "ui-secret")
    with running_api(Settings.read()) as url, httpx.Client(base_url=url, timeout=30) as http:
        yield http


def test_without_dagster_it_is_unhealthy_and_says_what_to_do(alone: httpx.Client) -> None:
    """503 with the public error; what the ledger knows is still shown, and nothing is launched later by itself."""
    health = alone.get("/health")
    assert health.status_code == 503 and health.json()["status"] == "unhealthy"
    assert health.json()["database"] == "connected" and "dagster" in health.json()["error"]
    refused = alone.post("/api/v1/generate-ad", json={"prompt": PROMPT}, headers={"Idempotency-Key": "k"})
    error = refused.json()["error"]
    assert refused.status_code == 503 and error["code"] == "SERVICE_UNAVAILABLE" and "adgen up" in error["message"]
    assert refused.headers["Retry-After"] and "ui-secret" not in refused.text
    again = alone.post("/api/v1/generate-ad", json={"prompt": PROMPT}, headers={"Idempotency-Key": "k"})
    assert again.status_code == 503 and "adgen up" in again.json()["error"]["message"]
    assert alone.get("/api/v1/jobs").json() == {"jobs": [], "total": 0, "limit": 20, "offset": 0}


def test_the_front_door_answers_programs(alone: httpx.Client) -> None:
    """JSON that says what runs here; what there is not is said in the public shape."""
    assert alone.get("/", headers={"Accept": "application/json"}).json()["status"] == "running"
    missing = alone.get("/nowhere")
    assert missing.status_code == 404 and "/docs" in missing.json()["error"]["message"]
    assert alone.put("/api/v1/jobs").status_code == 405


@pytest.mark.parametrize(
    ("brief", "field", "told"),
    [
        ({}, ["prompt"], "10 to 500 characters"),
        ({"prompt": "short"}, ["prompt"], "has 5 characters"),
        ({"prompt": PROMPT, "duration": 5}, ["duration"], "15 to 60"),
        ({"prompt": PROMPT, "colour": "red"}, ["colour"], "use one of: prompt, duration"),
        (
            {"prompt": PROMPT, "brand_guidelines": {"primary_color": "gold"}},
            ["brand_guidelines", "primary_color"],
            "#R",
        ),
        ({"prompt": PROMPT, "scenes": [{"index": 1}, {"index": 1}]}, [], "overridden once"),
        ({"prompt": PROMPT, "max_cost": 0}, ["max_cost"], "above 0"),
    ],
)
def test_a_bad_brief_is_answered_with_what_would_fit(
    alone: httpx.Client, brief: dict[str, object], field: list[str], told: str
) -> None:
    """422 as FastAPI answers, with the field's path, for creating and for estimating."""
    for path in ("/api/v1/generate-ad", "/api/v1/estimate"):
        reply = alone.post(path, json=brief)
        assert reply.status_code == 422
        (problem,) = reply.json()["detail"]
        assert problem["loc"] == ["body", *field] and told in problem["msg"], problem


def test_what_is_no_json_is_refused_without_a_traceback(alone: httpx.Client) -> None:
    """Broken, of the wrong kind, or with numbers that JSON does not have."""
    for body in (b"{", b"[]", b'{"prompt": NaN}', b'"prompt"', b"\xff"):
        reply = alone.post("/api/v1/generate-ad", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code in (400, 422) and "Traceback" not in reply.text, (body, reply.text)


def test_an_estimate_spends_nothing(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenes and prices that are to be expected; no service is called."""
    for name, value in lab.environment().items():
        monkeypatch.setenv(name, value)
    before = len(lab.calls)
    with running_api(Settings.read()) as url:
        told = httpx.post(f"{url}/api/v1/estimate", json={"prompt": PROMPT, "duration": 15}, timeout=30).json()
    assert told["scenes"] >= 2 and told["at_ceilings"] > told["expected"] > 0 and len(lab.calls) == before


def test_without_dagster_a_finished_ad_is_shown_as_ever(alone: httpx.Client) -> None:
    """Only of one that is not finished it says that this is not all there is to know."""
    with open_ledger(Settings.read()) as ledger:
        for job in ("done", "under-way"):
            ledger.begin_job(job, Decimal(1), {"prompt": PROMPT})
        ledger.end_job("done", "completed", "done")
    done, under_way = (alone.get(f"/api/v1/jobs/{job}").json() for job in ("done", "under-way"))
    assert done["status"] == "completed" and done["warnings"] == []
    assert under_way["status"] != "completed" and "cannot be reached" in under_way["warnings"][0]


def test_an_ad_that_failed_its_checks_is_not_retried_as_it_is(alone: httpx.Client) -> None:
    """All of it would be taken again, and fail again; 409 says how to buy a part of it anew."""
    with open_ledger(Settings.read()) as ledger:
        ledger.begin_job("unfit", Decimal(1), {"prompt": PROMPT})
        error = {"code": "QUALITY_CHECK_FAILED", "message": "the ad is black for 5 s", "details": {}}
        ledger.end_job("unfit", "failed", "unfit", error)
    refused = alone.post("/api/v1/jobs/unfit/retry")
    assert refused.status_code == 409
    assert '"reuse": {"refresh": ["composition"], "of": "unfit"}' in refused.json()["error"]["message"]
    higher = alone.post("/api/v1/jobs/unfit/retry", json={"max_cost": 5})
    assert higher.status_code == 503  # a higher limit may be all that was missing: only Dagster is
