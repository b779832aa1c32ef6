"""Calls that take their time: polls, ends, cancelling, and answers that come too late."""

import time

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse

from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, Work, running, tried
from adgen_pipeline_tests.conformance.faults import ADVICE, MEND, Fault, broken, expect

FORGOTTEN = broken(look=lambda self, work: self.refuse(404, "gone") if work.cancelled else once(self, work))


def once(self: Exemplary, work: Work) -> Response:
    """Answers the end once and forgets it then."""
    reply = Exemplary.look(self, work)
    work.cancelled = reply.status_code == 200
    return reply


def slow_to_answer(self: Exemplary, work: Work) -> Response:
    time.sleep(1.1)
    return JSONResponse(work.answer)


POLLS: list[Fault] = [
    (
        broken(
            accepted=lambda self, work: Response(
                "", 202, headers={"Location": f"/jobs/{work.number}", "Retry-After": "soon"}
            )
        ),
        "pace",
        MEND,
        "Retry-After is 'soon': give seconds or an HTTP date",
    ),
    (FORGOTTEN, "poll-again", MEND, "a poll after the end had another answer (the second was no success: INVALID"),
    (broken(cancel=lambda self, work: Response("", 405)), "cancel", ADVICE, "DELETE was answered HTTP 405"),
    (broken(cancel=lambda self, work: Response("", 204)), "cancel", ADVICE, "after DELETE it went on working"),
    (
        broken(look=lambda self, work: Response("", 500) if work.cancelled else Exemplary.look(self, work)),
        "cancel",
        MEND,
        "a poll after DELETE was answered HTTP 500 without an envelope",
    ),
]


@pytest.mark.parametrize("fault", POLLS, ids=lambda fault: fault[3][:40])
def test_what_is_broken_is_told(door: Door, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry-After, polls after the end, and what follows a DELETE."""
    monkeypatch.setattr("adgen_pipeline.conformance.checks.polling._BETWEEN", 0.01)
    expect(door, fault)


def test_an_answer_that_comes_too_late() -> None:
    """Beyond the timeout it is to be mended, near it advice; work beyond the deadline is cancelled and told."""
    with running(broken(first_answer=slow_to_answer)()) as url:
        late, near = tried("image", url, until="answer", timeout=0.3), tried("image", url, until="pace", timeout=2)
    assert late["answer"].verdict is MEND and "did not answer within 0.3 s: answer 202" in late["answer"].told
    assert near["pace"].verdict is ADVICE and "answer 202 with a Location" in near["pace"].told
    endless = broken(seconds=lambda self: 60.0)()
    with running(endless) as url:
        found = tried("image", url, until="answer", deadline=0.5)
    assert "did not finish within the deadline of 0.5 s (IMAGE_GEN_DEADLINE)" in found["answer"].told
    assert endless.works[0].cancelled
