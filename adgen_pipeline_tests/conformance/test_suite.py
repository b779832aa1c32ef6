"""The checks as a whole: nothing to mend where the contract is kept, and an end where nothing can be tried."""

import socket

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse

from adgen_pipeline.conformance.findings import Verdict
from adgen_pipeline.conformance.requests import KINDS
from adgen_pipeline_tests.conformance.exemplary import Exemplary, findings, running, tried
from adgen_pipeline_tests.conformance.faults import ADVICE, MEND, SKIPPED, TOKEN
from adgen_pipeline_tests.lab import Lab


@pytest.mark.parametrize("polls", [True, False], ids=["202", "200"])
@pytest.mark.parametrize("stage", list(KINDS))
def test_a_service_that_keeps_the_contract_has_nothing_to_mend(stage: str, polls: bool) -> None:
    """With a token, held to its keys and restarted; what does not apply is skipped, and the size is advice."""
    service = Exemplary(stage, token=TOKEN.get_secret_value(), polls=polls)
    found = findings(service, token=TOKEN, holds_keys=True, restart=lambda: None)
    remarks = {name for name, finding in found.items() if finding.verdict is not Verdict.PASSED}
    heeded = {"additions"} if stage in ("video", "composition") else set()  # the exemplary clips are tiny
    assert remarks == heeded | ({"media"} if stage == "parser" else set()) | (
        set() if polls else {"poll-again", "in-flight", "cancel"}
    )
    assert not [finding for finding in found.values() if finding.verdict is MEND]
    assert len(found) == 21 and len({key for _, key in service.asked}) < len(service.asked)


def test_a_busy_service_is_waited_for() -> None:
    """425, 429 and 503 are asked again after Retry-After, as the pipeline does, and are no fault."""

    class Busy(Exemplary):
        def ask(self, body: bytes, headers: dict[str, str]) -> Response:
            self.turns = getattr(self, "turns", 0) + 1
            if self.turns <= 3:
                return JSONResponse({}, (425, 429, 503)[self.turns - 1], headers={"Retry-After": "0"})
            return super().ask(body, headers)

    with running(Busy()) as url:
        assert tried("image", url, until="answer")["answer"].verdict is Verdict.PASSED


def test_no_more_calls_than_were_allowed() -> None:
    """The checks for which none is left are skipped, and say so."""
    service = Exemplary()
    with running(service) as url:
        found = tried("image", url, max_calls=2)
    assert len(service.asked) == 2
    assert found["wrong-type"].told == "--max-calls 2 is used up" and found["wrong-type"].verdict is SKIPPED


def test_nobody_there() -> None:
    """The first check says so; nothing else is tried."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = tried("image", f"http://127.0.0.1:{free.getsockname()[1]}")
    assert found["health"].verdict is MEND and "cannot be reached" in found["health"].told
    assert {finding.verdict for name, finding in found.items() if name != "health"} == {SKIPPED}


def test_the_lab_is_found_out(lab: Lab) -> None:
    """The tests' own lab has no /health, ignores keys and breaks on what is not JSON."""
    found = tried("image", lab.url)
    assert "GET /health was answered HTTP 404" in found["health"].told
    assert "not JSON was answered HTTP 500" in found["not-json"].told
    assert found["answer"].verdict is Verdict.PASSED and found["other-body"].verdict is ADVICE
