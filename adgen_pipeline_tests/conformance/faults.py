"""Faults: the exemplary service with one thing broken, and what a check must say of it."""

import contextlib
from collections.abc import Callable
from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from adgen_pipeline.conformance.findings import Verdict
from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, Work, tried

MEND, ADVICE, SKIPPED = Verdict.MEND, Verdict.ADVICE, Verdict.SKIPPED
TOKEN = SecretStr("t0ken-of-the-test")

Fault = tuple[type[Exemplary], str, Verdict, str]
"""A broken service, the check that must meet it, its verdict, and what it must say."""


def broken(**methods: Callable[..., Any]) -> type[Exemplary]:
    """The exemplary service with other methods."""
    return type("Broken", (Exemplary,), methods)


def answering(**changes: Any) -> type[Exemplary]:
    """The exemplary service with another envelope; None takes a field out."""

    def envelope(self: Exemplary, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        whole = Exemplary.envelope(self, number, asked) | changes
        return {name: value for name, value in whole.items() if value is not None}

    return broken(envelope=envelope)


def resulting(**changes: Any) -> type[Exemplary]:
    """The exemplary service with another result."""

    def result(self: Exemplary, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        whole = Exemplary.result(self, number, asked) | changes
        return {name: value for name, value in whole.items() if value is not None}

    return broken(result=result)


def saying(content: str | bytes, status: int = 200, **headers: str) -> type[Exemplary]:
    """The exemplary service, but its first answer is `content`."""
    return broken(first_answer=lambda self, work: Response(content, status, headers=headers))


def refusing(status: int, **changes: Any) -> type[Exemplary]:
    """The exemplary service with other refusals."""
    body = {"success": False, "error": "no", "cost": 0, "processing_time": 0} | changes
    return broken(refuse=lambda self, *told: JSONResponse(body, status))


def accepting(word: str) -> type[Exemplary]:
    """The exemplary service, which takes what it should refuse when the refusal would say `word`."""

    def what_is_wrong(self: Exemplary, body: bytes) -> str | None:
        told = Exemplary.what_is_wrong(self, body)
        return None if told and word in told else told

    def begin(self: Exemplary, body: bytes) -> Work:
        with contextlib.suppress(ValueError):
            return Exemplary.begin(self, body)
        work = Exemplary.begin(self, b'{"prompt": "whatever", "seed": 7}')
        work.body = body
        return work

    return broken(what_is_wrong=what_is_wrong, begin=begin)


def strict(self: Exemplary, body: bytes) -> str | None:
    """Refuses fields that the first contract did not have."""
    told = Exemplary.what_is_wrong(self, body)
    return told or ("seed: extra fields are not permitted" if b'"seed"' in body else None)


def expect(door: Door, fault: Fault) -> None:
    """That the one check which meets the fault says so, with what was exchanged, and no check before it."""
    service, check, verdict, told = fault
    found = tried("image", door.open(service()), until=check)
    assert (found[check].verdict, told in found[check].told) == (verdict, True), found[check].told
    assert found[check].passages or check in ("result", "price", "additions", "content-type", "pace")
    before = [finding for name, finding in found.items() if name != check and finding.verdict is MEND]
    assert not before or service.__dict__.get("refuse"), before
