"""Batches over HTTP: one brief with a matrix, made by the daemon, refused where it does not fit."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import httpx
import pytest

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.conftest import END_SECONDS, PROMPT, Front, running_api
from adgen_pipeline_tests.ports import free_port

BATCHES = "/api/v1/batches"
BRIEF = {"prompt": PROMPT, "duration": 15}
NINE = {"aspect_ratios": ["9:16", "16:9", "1:1"], "headlines": ["One.", "Two.", "Three."]}


@contextmanager
def away(monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Iterator[httpx.Client]:
    """A client of an API whose Dagster is down."""
    for name, value in ({"DAGSTER_URL": f"http://127.0.0.1:{free_port()}"} | settings).items():
        monkeypatch.setenv(name, value)
    with running_api(Settings.read()) as url, httpx.Client(base_url=url, timeout=30) as http:
        yield http


def ask(http: httpx.Client, matrix: dict[str, Any], key: str | None = None, **brief: Any) -> httpx.Response:
    return http.post(
        BATCHES, json=BRIEF | brief | {"matrix": matrix}, headers={"Idempotency-Key": key} if key else None
    )


def written_down() -> int:
    with open_ledger(Settings.read()) as ledger:
        return len(ledger.commissions.waiting())


def test_a_batch_is_made_by_the_daemon_and_adds_up(front: Front) -> None:
    """Two headlines over one film: what they share is bought once, each ad plays, and the sums say what was saved."""
    matrix = {"headlines": ["Time, up close.", "Own your time."]}
    reply = ask(front.http, matrix, prompt=f"{PROMPT} in a batch", max_cost=4)
    created = reply.json()
    assert reply.status_code == 201 and created["created_at"] and created["max_cost"] == 8
    assert [ad["variant"] for ad in created["ads"]] == ["headline 1", "headline 2"]
    assert len({ad["key"] for ad in created["ads"]}) == 2
    batch = _ended(front, reply.headers["Location"])
    assert batch["statuses"] == {"completed": 2} and batch["batch"] == created["batch_id"]
    assert (batch["bought"], batch["reused"]) == (9, 7)
    assert batch["cost"] == pytest.approx(1.07) and batch["saved"] == pytest.approx(0.93)
    assert batch["cost"] == pytest.approx(sum(ad["cost"] for ad in batch["ads"]))
    for ad in batch["ads"]:
        played = front.http.get(httpx.URL(ad["video_url"]).raw_path.decode(), headers={"Range": "bytes=0-99"})
        assert played.status_code == 206 and front.job(ad["job_id"])["batch"] == created["batch_id"]
    listed = front.http.get("/api/v1/jobs", params={"batch": created["batch_id"]}).json()
    assert {job["job_id"] for job in listed["jobs"]} == {ad["job_id"] for ad in batch["ads"]}


def test_it_is_taken_while_dagster_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is launched by the API itself: the ads wait, and are shown so."""
    with away(monkeypatch) as http:
        reply = ask(http, {"aspect_ratios": ["1:1", "16:9"]})
        assert reply.status_code == 201 and written_down() == 2
        batch = http.get(reply.headers["Location"]).json()
    assert batch["statuses"] == {"queued": 2} and batch["cost"] == 0 and batch["origin"] == "REST"
    assert "Dagster at http://127.0.0.1:" in batch["warnings"][0]
    assert [(ad["aspect_ratio"], ad["job_id"]) for ad in batch["ads"]] == [("1:1", None), ("16:9", None)]


def test_a_batch_that_is_over_needs_no_dagster(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one of its ads is to come, the answer says that Dagster is away; once all have ended, it is whole."""
    with away(monkeypatch) as http, open_ledger(Settings.read()) as ledger:
        created = ask(http, {"seeds": [1, 2]}).json()
        warned = []
        for number, ad in enumerate(created["ads"]):
            ledger.begin_job(f"job-{number}", Decimal(5), BRIEF)
            ledger.commissions.launched(ad["key"], f"job-{number}")
            ledger.end_job(f"job-{number}", "cancelled", f"job-{number}")
            batch = http.get(f"{BATCHES}/{created['batch_id']}").json()
            warned.append((batch["statuses"], len(batch["warnings"])))
    assert warned == [({"cancelled": 1, "queued": 1}, 1), ({"cancelled": 2}, 0)]


def test_what_does_not_fit_names_the_variant_and_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one variant breaks, what all of them break once, the matrix's own fields, and what no webhook may call."""
    said = {"duration": 5, "label": "short one"}
    logo = {"logo_url": "http://10.0.0.7/1.png"}
    bad: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        ({"variants": [said, {"duration": 20}]}, {}, "short one: duration: 5 does not fit"),
        ({"variants": [said, {"duration": 5}]}, {}, '"duration: 5 does not fit'),
        ({"variants": [{"callback_url": "http://10.0.0.7/"}]}, {}, "variant 1: callback_url: 'http://10.0.0.7/'"),
        ({"seeds": [3]}, {"brand_guidelines": logo}, "seed 3: brand_guidelines.logo_url: 'http://10.0.0.7/1.png'"),
        ({"seeds": [3, 3]}, {}, "'seed 3' is the same"),
        ({"seeds": list(range(101))}, {}, "100 at most"),
        ({"variants": [{"headline": "One."}]}, {"prompt": None}, "prompt: '' is missing"),
    ]
    with away(monkeypatch) as http:
        for matrix, brief, told in bad:
            reply = ask(http, matrix, **brief)
            assert reply.status_code == 422 and told in reply.text and reply.json()["error"]["code"] == "INVALID_INPUT"
        unknown = ask(http, {"shapes": ["1:1"]}).json()["detail"][0]
        assert unknown["loc"] == ["body", "matrix", "shapes"] and "use one of: aspect_ratios" in unknown["msg"]
        missing = http.post(BATCHES, json=BRIEF).json()["detail"][0]
        assert missing["loc"] == ["body", "matrix"] and "aspect_ratios" in missing["msg"]
        assert written_down() == 0
        each_its_own = ask(http, {"variants": [{"prompt": PROMPT}, {"prompt": f"{PROMPT}, too"}]}, prompt=None)
        assert each_its_own.status_code == 201


def test_one_key_is_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight at the same moment and one later are written down, and counted, once; other ads need another key."""
    with away(monkeypatch) as http:
        with ThreadPoolExecutor(8) as threads:
            replies = list(threads.map(lambda _: ask(http, NINE, "spring"), range(8)))
        assert {reply.status_code for reply in replies} == {201} and written_down() == 9
        assert sum("Idempotent-Replayed" in reply.headers for reply in replies) == 7
        again = ask(http, NINE, "spring")
        assert again.json() == replies[0].json() and again.headers["Idempotent-Replayed"] == "true"
        other = ask(http, {"seeds": [1]}, "spring")
        assert other.status_code == 422 and "another batch" in other.text and written_down() == 9
    with away(monkeypatch) as http:
        first, second = (ask(http, {"seeds": [1]}).json()["batch_id"] for _ in range(2))
        assert first != second


def test_each_ad_counts_against_the_ads_of_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine fit into the ten that are usual, and leave one; more than can ever fit is no matter of waiting."""
    with away(monkeypatch) as http:
        assert ask(http, NINE).status_code == 201
        too_many = ask(http, {"seeds": [1, 2]})
        assert too_many.status_code == 429 and int(too_many.headers["Retry-After"]) == 60
        assert too_many.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED" and written_down() == 9
        assert ask(http, {"seeds": [1]}).status_code == 201
        assert http.post("/api/v1/generate-ad", json=BRIEF).status_code == 429
        never = ask(http, {"seeds": list(range(11))})
        assert never.status_code == 422 and "API_CREATES_PER_MINUTE" in never.text


def test_a_batch_nobody_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """404 in the API's shape, also for a name that no batch can have in a URL of one part."""
    with away(monkeypatch) as http:
        for name in ("nobody", "spring%2Fsummer", "a%20b"):
            reply = http.get(f"{BATCHES}/{name}")
            assert reply.status_code == 404 and "there is no batch" in reply.json()["error"]["message"]


def _ended(front: Front, path: str) -> dict[str, Any]:
    until = time.monotonic() + END_SECONDS
    while {"queued", "processing"} & (batch := dict(front.http.get(path).json()))["statuses"].keys():
        assert time.monotonic() < until, batch
        time.sleep(0.2)
    return batch
