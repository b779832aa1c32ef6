"""Ads over HTTP, from the first call to the playing video, on a real deployment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from adgen_pipeline_tests.api.conftest import PROMPT, Front
from adgen_pipeline_tests.lab import failure

CLIP = "/generate-video"


def test_an_ad_is_created_watched_and_played(front: Front) -> None:
    """201 and queued at once; progress only ever grows, scene by scene; in the end a link that gives the video."""
    reply = front.http.post("/api/v1/generate-ad", json=front.brief)
    created = reply.json()
    assert reply.status_code == 201 and created["status"] == "queued" and created["created_at"]
    assert reply.headers["Location"] == f"/api/v1/jobs/{created['job_id']}"
    seen: list[float] = []
    front.wait(
        created["job_id"], lambda job: seen.append(job["progress"]["percentage"]) or job["status"] == "completed"
    )
    assert seen == sorted(seen) and seen[-1] == 100 and any(35 <= percentage < 85 for percentage in seen)
    job = front.job(created["job_id"])
    assert (
        job["cost"]["total"] == pytest.approx(0.03 + 3 * 0.05 + 3 * 0.25 + 0.07)
        and job["result"]["scenes_generated"] == 3
    )
    played = front.http.get(httpx.URL(job["result"]["video_url"]).raw_path.decode(), headers={"Range": "bytes=0-99"})
    assert played.status_code == 206 and b"ftyp" in played.content
    assert job["completed_at"] >= job["created_at"] and job["origin"] == "REST"


def test_a_service_that_says_no_fails_the_job_with_its_reason(front: Front) -> None:
    """Status, stage, service and what it cost until then; then a retry completes it and pays only for the rest."""
    front.lab.on("/compose", failure(422, "no such font", code="INVALID_INPUT"))
    job = front.ended(job_id := front.create(prompt=f"{PROMPT} that fails"))
    assert job["status"] == "failed" and job["result"] is None and job["failed_at"]
    assert job["error"]["code"] == "COMPOSITION_FAILED" and job["error"]["failed_stage"] == "composition"
    assert "no such font" in job["error"]["message"] and job["progress"]["percentage"] == 85
    clips = len(front.lab.of(CLIP))
    again = front.http.post(f"/api/v1/jobs/{job_id}/retry")
    assert again.status_code == 202 and again.json()["status"] in ("queued", "processing")
    twice = front.http.post(f"/api/v1/jobs/{job_id}/retry")
    assert twice.status_code == 409 and "works on the job" in twice.json()["error"]["message"]
    assert front.ended(job_id)["status"] == "completed" and len(front.lab.of(CLIP)) == clips
    done = front.http.post(f"/api/v1/jobs/{job_id}/retry")
    assert done.status_code == 409 and "is completed" in done.json()["error"]["message"]


def test_a_job_stopped_by_its_budget_goes_on_with_a_higher_one(front: Front) -> None:
    """COST_LIMIT_EXCEEDED, nothing above the limit; then the same job, nothing paid twice."""
    job = front.ended(job_id := front.create(prompt=f"{PROMPT} on a budget", max_cost=1.0))
    assert job["error"]["code"] == "COST_LIMIT_EXCEEDED" and job["cost"]["total"] <= 1.0
    again = front.http.post(f"/api/v1/jobs/{job_id}/retry", json={"max_cost": 5.0})
    assert again.status_code == 202 and again.json()["max_cost"] == 5.0
    job = front.ended(job_id)
    assert job["status"] == "completed" and job["cost"]["total"] == pytest.approx(1.0)


def test_a_job_is_cancelled_in_its_clips(front: Front) -> None:
    """Cancelled, what is paid kept, nothing asked for after it; cancelling again is no error, and it can be retried."""
    front.lab.latency[CLIP] = 20.0
    try:
        job_id = front.create(prompt=f"{PROMPT} that nobody wants")
        front.wait(job_id, lambda job: job["progress"]["current_stage"] == "video_generation")
        stopped = front.http.post(f"/api/v1/jobs/{job_id}/cancel")
        assert stopped.status_code == 202
        job = front.ended(job_id)
    finally:
        front.lab.latency[CLIP] = 0.5
    assert job["status"] == "cancelled" and job["error"]["code"] == "CANCELLED" and job["cost"]["total"] > 0
    assert front.http.post(f"/api/v1/jobs/{job_id}/cancel").json()["status"] == "cancelled"


def test_twins_under_one_key_are_one_job(front: Front) -> None:
    """Eight at the same moment, and one later: one run. The same key with another brief is refused."""
    before, headers = len(front.lab.of("/parse")), {"Idempotency-Key": "order 4711"}
    brief = {"prompt": f"{PROMPT} once"}
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: front.create(headers, **brief), range(8)))
    later = front.http.post("/api/v1/generate-ad", json=front.brief | brief, headers=headers)
    assert len(ids) == 1 and later.json()["job_id"] in ids and later.headers["Idempotent-Replayed"] == "true"
    other = front.http.post(
        "/api/v1/generate-ad", json=front.brief | {"prompt": "A shoe, not a watch"}, headers=headers
    )
    assert other.status_code == 422 and "another brief" in other.json()["error"]["message"]
    assert front.ended(ids.pop())["status"] == "completed" and len(front.lab.of("/parse")) == before + 1


def test_jobs_are_listed_by_what_is_asked_for(front: Front) -> None:
    """By status, words and time, page by page, with what they cost; a job that has just been created stands first."""
    done = front.create(prompt=f"{PROMPT} for the list", draft=True)
    front.ended(done)
    job_id = front.create(prompt=f"{PROMPT} for the LIST", draft=True)

    def ids(**filters: Any) -> list[str]:
        return [job["job_id"] for job in front.http.get("/api/v1/jobs", params=filters).json()["jobs"]]

    assert ids()[0] == job_id and job_id in ids(status="queued") + ids(status="processing")
    assert ids(text="for the list") == [job_id, done] and ids(text="nobody's") == []
    assert ids(text="for the list", limit=1, offset=1) == [done]
    assert done in ids(status="completed") and job_id not in ids(status="completed")
    created_at = front.job(job_id)["created_at"]
    assert ids(created_after=created_at) == [job_id] and job_id not in ids(created_before=created_at)
    front.ended(job_id)
    page = front.http.get("/api/v1/jobs", params={"status": "completed", "limit": 1}).json()
    assert page["total"] > 1 and page["limit"] == 1 and page["jobs"][0]["cost_total"] == pytest.approx(1.0)


def test_figures_add_up(front: Front) -> None:
    """What the jobs of this module came to, as JSON and for Prometheus."""
    told = front.http.get("/api/v1/metrics", params={"time_range": "1h"}).json()
    assert told["total_jobs"] >= told["completed_jobs"] + told["failed_jobs"] > 0
    assert told["total_cost_usd"] == pytest.approx(told["average_cost_usd"] * told["total_jobs"])
    text = front.http.get("/metrics").text
    assert f'adgen_jobs{{outcome="completed"}} {told["completed_jobs"]}.0' in text
    assert 'adgen_http_requests_total{method="GET",route="/api/v1/jobs/{job_id}",status="200"}' in text
    assert 'adgen_spend_usd_total{stage="video_generation"}' in text and "adgen_dagster_up 1.0" in text


def test_what_nobody_knows_is_not_found(front: Front) -> None:
    """404 in the public shape, for looking, stopping and retrying."""
    for method, path in (("GET", ""), ("POST", "/cancel"), ("POST", "/retry")):
        reply = front.http.request(method, f"/api/v1/jobs/00000000-aaaa/{path}".replace("//", "/").rstrip("/"))
        assert reply.status_code == 404 and reply.json()["error"]["code"] == "INVALID_INPUT", (method, path, reply.text)
