"""Checks go on side by side."""

import threading
from collections.abc import Iterator

from adgen_pipeline.doctor.examining import Check, Examined, examine
from adgen_pipeline.doctor.findings import Finding, Verdict, ok
from adgen_pipeline.settings import Settings


def test_one_that_hangs_and_one_that_breaks() -> None:
    """They hold up no other; what they had found is kept; words of a foreign error, which may be secret, are not."""
    over = threading.Event()

    def hangs(_: Examined) -> Iterator[Finding]:
        yield ok("before", "found")
        over.wait()

    def breaks(_: Examined) -> Iterator[Finding]:
        raise RuntimeError("password=hunter2")
        yield

    checks = [Check("hanging", hangs), Check("breaking", breaks), Check("well", lambda _: iter([ok("it", "is well")]))]
    found = list(examine(checks, Examined(Settings.read()), patience=0.1))
    over.set()
    assert [(group, finding.verdict) for group, finding in found] == [
        ("hanging", Verdict.OK),
        ("hanging", Verdict.FAILURE),
        ("breaking", Verdict.FAILURE),
        ("well", Verdict.OK),
    ]
    assert "hunter2" not in repr(found) and "RuntimeError" in found[2][1].told
