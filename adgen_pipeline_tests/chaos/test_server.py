"""The services keep their word: their keys, their invoice and their faults, also across the death of their process."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from adgen_pipeline_tests.chaos.invoice import billed
from adgen_pipeline_tests.chaos.schedules import Schedule, calm
from adgen_pipeline_tests.chaos.world import Services, wait_until_back

BODY = {"prompt": "A watch, as in schedule 1", "resolution": "1080x1920"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the services keep their books."""
    (tmp_path / "services").mkdir()
    return tmp_path / "services"


@pytest.fixture
def services(folder: Path, request: pytest.FixtureRequest) -> Iterator[Services]:
    """Services for the schedule that the test names, or a calm one."""
    schedule: Schedule = getattr(request, "param", calm(1))
    with closing(Services(folder, [schedule], folder / "stock")) as running:
        yield running


def ask(services: Services, key: str | None = "k", **changed: Any) -> httpx.Response:
    """Order a picture."""
    headers = {"Idempotency-Key": key} if key else {}
    return httpx.post(f"{services.url}/generate-image", json=BODY | changed, headers=headers, timeout=5)


def test_one_key_is_one_answer_and_one_charge(services: Services) -> None:
    """The same key with the same body is answered as before and charged once, also after the process died."""
    first = ask(services)
    services.kill()
    wait_until_back(services)
    assert ask(services).content == first.content
    assert billed(services.invoice()) == Decimal(str(first.json()["cost"])) > 0


def test_one_key_with_another_body_is_refused(services: Services) -> None:
    """422, and nothing is charged for it."""
    ask(services)
    assert ask(services, prompt="Another watch, as in schedule 1").status_code == 422
    assert len(services.invoice()) == 1


@pytest.mark.parametrize("services", [calm(1, honours_keys=False)], indirect=True)
def test_services_that_ignore_keys_charge_every_time(services: Services) -> None:
    """Asked twice, charged twice."""
    assert ask(services).json()["cost"] == ask(services).json()["cost"]
    assert len(services.invoice()) == 2


LOST = calm(1, faults={"image_gen": {"1": "drop_unread", "2": "drop_charged", "3": "busy_later", "4": "truncated"}})


@pytest.mark.parametrize("services", [LOST], indirect=True)
def test_faults_hit_the_post_they_are_planned_for(services: Services) -> None:
    """Reset unread, charged and reset, sent away, cut off, answered: one charge, and a diary of all of it."""
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            ask(services)
    busy = ask(services)
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "0.1")
    with pytest.raises(httpx.TransportError):
        ask(services)
    assert ask(services).json()["success"] is True
    assert len(services.invoice()) == 1
    posts = [event["kind"] for event in services.diary() if event["what"] == "post"]
    assert posts == ["drop_unread", "drop_charged", "busy_later", "truncated", None]


@pytest.mark.parametrize("services", [calm(1, faults={"image_gen": {"1": "accepted_away"}})], indirect=True)
def test_an_accepted_job_is_done_although_the_process_died(services: Services) -> None:
    """202 with a Location; the process dies, comes back, and the job's answer is there."""
    accepted = ask(services)
    assert accepted.status_code == 202
    wait_until_back(services)
    done = accepted
    while done.status_code == 202:
        done = httpx.get(services.url + accepted.headers["Location"])
    assert done.json()["success"] is True


def test_media_is_real_and_its_own(services: Services) -> None:
    """Two requests give two pictures; the same request gives the same one."""
    urls = [ask(services, key, prompt=f"A {key}, as in schedule 1").json()["result"]["image_url"] for key in "aba"]
    first, other, again = (httpx.get(url).content for url in urls)
    assert first == again != other
