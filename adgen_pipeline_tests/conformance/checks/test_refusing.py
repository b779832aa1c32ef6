"""Bad requests and strangers that are not refused as they should be."""

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator

import pytest
from fastapi.responses import JSONResponse

from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, running, tried
from adgen_pipeline_tests.conformance.faults import (
    ADVICE,
    MEND,
    TOKEN,
    Fault,
    accepting,
    broken,
    expect,
    refusing,
)

REFUSALS: list[Fault] = [
    (
        accepting("missing"),
        "missing-field",
        MEND,
        "a request without `prompt` was accepted (HTTP 200) and charged 0.05",
    ),
    (accepting("wrong type"), "wrong-type", MEND, "an object for `prompt` was accepted"),
    (accepting("not JSON"), "not-json", MEND, "a body that is not JSON was accepted"),
    (accepting("too large"), "too-large", MEND, "a body of 2 MB was accepted"),
    (refusing(500), "not-json", MEND, "a body that is not JSON was answered HTTP 500, and a 5xx is sent again"),
    (refusing(200), "missing-field", MEND, "was refused with HTTP 200: say so by the status too, 422"),
    (refusing(422, cost=0.1), "missing-field", MEND, "was refused, but 0.1 USD were charged"),
    (refusing(422, error=""), "missing-field", MEND, 'was refused without a reason: give "error"'),
    (refusing(422, success=True), "missing-field", MEND, "was refused, but the envelope says success: true"),
    (
        broken(refuse=lambda self, *told: JSONResponse({"detail": [{"loc": ["body", "prompt"]}]}, 422)),
        "missing-field",
        MEND,
        "was refused with HTTP 422, but not in the envelope: answer {",
    ),
]


@pytest.mark.parametrize("fault", REFUSALS, ids=lambda fault: fault[3][:40])
def test_what_is_broken_is_told(door: Door, fault: Fault) -> None:
    """What is taken that should be refused, and refusals that say too little or cost something."""
    expect(door, fault)


@pytest.mark.parametrize(
    ("knows", "told"),
    [
        (lambda self, told: True, "a call with no token was accepted (HTTP 200) and charged 0.05 USD"),
        (lambda self, told: bool(told), "a call with a wrong token was accepted"),
    ],
)
def test_strangers_must_be_refused(knows: Callable[..., bool], told: str) -> None:
    """No token and a wrong one are both tried."""
    with running(broken(knows=knows)()) as url:
        found = tried("image", url, until="strangers", token=TOKEN)
    assert found["strangers"].verdict is MEND and told in found["strangers"].told


def test_strangers_are_refused_by_the_right_status() -> None:
    """422 would say that the request was at fault."""
    told = broken(refuse=lambda self, status, *told: Exemplary.refuse(self, 422, "no"))
    with running(told(token=TOKEN.get_secret_value())) as url:
        found = tried("image", url, until="strangers", token=TOKEN)
    assert "was refused with HTTP 422: say so by the status too, 401 or 403" in found["strangers"].told


@contextlib.contextmanager
def hanging_up() -> Iterator[str]:
    """A server that takes a call and closes the line."""

    class Rude(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if b"/health" in self.request.recv(65536):
                self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Rude) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_line_that_is_closed_without_an_answer() -> None:
    """To be mended, since nobody knows what was billed; on 2 MB it is advice, for servers do that."""
    with hanging_up() as url:
        found = tried("image", url)
    assert found["answer"].verdict is MEND and "whether one without an answer was billed" in found["answer"].told
    assert found["too-large"].verdict is ADVICE and "answer 413 in the envelope" in found["too-large"].told
