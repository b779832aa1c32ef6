"""Keys that are honoured by half, or not at all."""

import time

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse

from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, Work, findings, tried
from adgen_pipeline_tests.conformance.faults import ADVICE, MEND, SKIPPED, broken


def at_once(self: Exemplary, work: Work) -> Response:
    return JSONResponse(work.answer)


KEYLESS = broken(work_for=lambda self, key, body: self.begin(body))


def free_again(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    """A replay that says it cost nothing."""
    known = self.keys.get(key or "")
    work = Exemplary.work_for(self, key, body)
    return work and (Work(work.number, body, 0, work.answer | {"cost": 0}) if known else work)


def racing(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    """Looks up first and keeps later."""
    if key in self.keys:
        return Exemplary.work_for(self, key, body)
    work = self.begin(body)
    time.sleep(0.3)
    self.keys[key or ""] = work
    return work


def conflicting(self: Exemplary, work: Work) -> Response:
    """409 for a key that is being worked on."""
    times = [key for _, key in self.asked].count(self.asked[-1][1])
    return self.refuse(409, "still working") if times > 1 and self.is_working(work) else self.accepted(work)


def anew_while_it_works(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    work = self.keys.get(key or "")
    return self.begin(body) if work and self.is_working(work) else Exemplary.work_for(self, key, body)


def whatever_the_body(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    return self.keys.get(key or "") or Exemplary.work_for(self, key, body)


KEYS: list[tuple[type[Exemplary], str, str]] = [
    (KEYLESS, "same-key", "one key had two answers (result.image_url led to another file)"),
    (broken(work_for=free_again, first_answer=at_once), "same-key", "(cost was 0.05, then 0)"),
    (broken(work_for=whatever_the_body), "other-body", "another body under a used key was accepted"),
    (
        broken(
            refuse=lambda self, status, told, code="X": Exemplary.refuse(self, 409 if "key" in told else status, told)
        ),
        "other-body",
        "another body under a used key was refused with HTTP 409: say so by the status too, 422",
    ),
    (broken(work_for=racing), "at-once", "had two answers (two Locations): look up and keep the key in one step"),
    (broken(first_answer=conflicting), "in-flight", "was answered 409, which fails the job: answer 202"),
    (broken(work_for=anew_while_it_works), "in-flight", "got another Location: that is work done twice"),
]


@pytest.mark.parametrize(("service", "check", "told"), KEYS)
def test_what_is_amiss_with_keys(door: Door, service: type[Exemplary], check: str, told: str) -> None:
    """It is to be mended where keys are to be honoured, and what rests on keys is then skipped."""
    found = tried("image", door.open(service()), holds_keys=True, restart=lambda: None)
    assert (found[check].verdict, told in found[check].told) == (MEND, True), found[check]
    assert (found["restart"].verdict, found["restart"].told) == (SKIPPED, "keys are not honoured as it is")


def test_keys_are_optional(door: Door) -> None:
    """A service that does not look at them gets advice with the setting, and nothing to mend."""
    found = tried("image", door.open(KEYLESS()))
    assert found["same-key"].verdict is ADVICE and "leave IMAGE_GEN_IDEMPOTENT=false" in found["same-key"].told
    assert not [finding for finding in found.values() if finding.verdict is MEND]


def test_keys_that_are_forgotten_by_a_restart() -> None:
    """The old key is asked again afterwards; without a restart it is said that this was not tried."""
    service = Exemplary()
    found = findings(service, restart=service.keys.clear, holds_keys=True)
    assert found["restart"].verdict is MEND and "keep keys and answers on disk" in found["restart"].told
    untried = findings(Exemplary())["restart"]
    assert untried.verdict is ADVICE and "--restart" in untried.told
