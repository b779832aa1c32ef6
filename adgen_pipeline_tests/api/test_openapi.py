"""The API against its own description: asked everything that allows, and much that it forbids."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from adgen_pipeline_tests.api.conftest import Dagster, running_api

TOKEN = "only-for-this-test"
EXAMPLES = 5

_CONFIG = f"""
headers = {{ Authorization = "Bearer {TOKEN}" }}

[generation]
max-examples = {EXAMPLES}
deterministic = true

[checks]
# Scenes must add up to the brief's duration, words must not be blank: no JSON schema can say that.
positive_data_acceptance.enabled = false

[[operations]]
# Unhealthy is an answer of its own here, not an error of the server.
include-name = "GET /health"
checks.not_a_server_error.enabled = false

[[operations]]
# The events of a job that waits do not end: what comes in half a second is looked at.
include-name = "GET /api/v1/jobs/{{job_id}}/events"
request-timeout = 0.5
"""


@pytest.fixture(scope="module")
def url(queue: Dagster) -> Iterator[str]:
    with running_api(queue.settings(API_TOKENS=TOKEN, API_CREATES_PER_MINUTE="100000")) as url:
        yield url


def test_it_keeps_its_own_description(url: str, tmp_path: Path) -> None:
    """Schemathesis has no finding: statuses, schemas and types as described, bad input refused, tokens asked for."""
    (tmp_path / "schemathesis.toml").write_text(_CONFIG)
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--no-color"]
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)},
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )
    told = ended.stdout[-6000:] + ended.stderr[-2000:]
    assert ended.returncode == 0, told
    assert all(f"✅  {phase}" in told for phase in ("Examples", "Coverage", "Fuzzing", "Stateful")), told


def test_the_description_shows_examples_and_errors(url: str) -> None:
    """A brief to copy for creating, and the shape of every error that an operation may answer."""
    told = httpx.get(f"{url}/openapi.json").json()
    create = told["paths"]["/api/v1/generate-ad"]["post"]
    examples = create["requestBody"]["content"]["application/json"]["examples"]
    assert examples["brand"]["value"]["brand_guidelines"]["primary_color"] == "#D4AF37"
    assert {"201", "401", "413", "422", "429", "503"} <= create["responses"].keys()
    assert create["security"] and any(p["name"] == "Idempotency-Key" for p in create["parameters"])
    batch = told["paths"]["/api/v1/batches"]["post"]
    matrices = [
        each["value"]["matrix"] for each in batch["requestBody"]["content"]["application/json"]["examples"].values()
    ]
    assert {"aspect_ratios", "variants"} <= {axis for matrix in matrices for axis in matrix}
    assert "404" in told["paths"]["/api/v1/batches/{batch_id}"]["get"]["responses"]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["tags"], (path, method)
