"""What is wrong with a request, in words that say what would fit."""

from collections.abc import Iterator

import httpx
import pytest

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.conftest import running_api


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with running_api(Settings.read()) as url, httpx.Client(base_url=f"{url}/api/v1") as http:
        yield http


@pytest.mark.parametrize(
    ("path", "least"), [("/generate-ad", "prompt"), ("/estimate", "prompt"), ("/batches", "matrix")]
)
@pytest.mark.parametrize("body", ["[]", '"A watch ad"', "null", "7"])
def test_a_body_that_is_no_object_is_told_what_it_must_be(http: httpx.Client, path: str, least: str, body: str) -> None:
    """Not what some field of it means."""
    answer = http.post(path, content=body, headers={"Content-Type": "application/json"})
    (problem,) = answer.json()["detail"]
    assert answer.status_code == 422 and problem["loc"] == ["body"]
    assert problem["msg"] == f"must be an object with at least {least}"


def test_another_body_is_not_told_of_as_a_brief(http: httpx.Client) -> None:
    """A retry knows one field, and none of a brief's."""
    for body in ([], {"prompt": "A watch ad"}):
        (problem,) = http.post("/jobs/ad/retry", json=body).json()["detail"]
        assert "storyboard" not in problem["msg"] and "brief" not in problem["msg"]


def test_a_misspelt_filter_does_not_answer_with_everything(http: httpx.Client) -> None:
    """422 names it, and the ones there are."""
    answer = http.get("/jobs", params={"state": "failed", "limit": 5})
    (problem,) = answer.json()["detail"]
    assert answer.status_code == 422 and problem["loc"] == ["query", "state"]
    assert all(name in problem["msg"] for name in ("status", "batch", "created_after", "text", "limit", "offset"))
