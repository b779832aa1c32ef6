"""All checks in their order, and how many calls they may make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from adgen_pipeline.conformance.bench import Bench
from adgen_pipeline.conformance.checks import answering, keying, polling, refusing
from adgen_pipeline.conformance.findings import Finding, Hopeless, Remark, Verdict


@dataclass(frozen=True)
class Check:
    """One check. `calls` POSTs at most, of which a service that keeps the contract charges `paid`."""

    name: str
    title: str
    run: Callable[[Bench], str]
    calls: int = 0
    paid: int = 0


@dataclass(frozen=True)
class Suite:
    """The checks for one service."""

    checks: tuple[Check, ...]

    @property
    def calls(self) -> int:
        """POSTs at most."""
        return sum(check.calls for check in self.checks)

    @property
    def paid(self) -> int:
        """POSTs that a service which keeps the contract charges, at most."""
        return sum(check.paid for check in self.checks)

    def run(self, bench: Bench) -> Iterator[Finding]:
        """Each check's finding, as it is made. After one that is hopeless the others are skipped."""
        hopeless = False
        for check in self.checks:
            if hopeless:
                yield Finding(check.name, check.title, Verdict.SKIPPED, "mend that first")
                continue
            bench.line.passages.clear()
            try:
                verdict, told = Verdict.PASSED, check.run(bench)
            except Remark as remark:
                verdict, told, hopeless = remark.verdict, str(remark), isinstance(remark, Hopeless)
            yield Finding(check.name, check.title, verdict, bench.line.safe(told), tuple(bench.line.passages))


def suite(*, token: bool, restart: Callable[[], None] | None = None) -> Suite:
    """The checks. Strangers are tried where there is a `token`, old keys where `restart` starts the service anew."""
    return Suite(
        (
            Check("health", "GET /health answers", answering.health),
            Check("answer", "A good request is answered in the envelope", answering.answer, 2, 1),
            Check("result", "The result is the contract's", answering.result),
            Check("price", "The price is under the ceiling", answering.price),
            Check("media", "Its files are what it says", answering.media),
            Check("additions", "Fields that the pipeline adds do no harm", answering.additions),
            Check("content-type", "Answers say that they are JSON", answering.content_type),
            Check("pace", "It answers in time, or 202 and polls", polling.pace),
            Check("poll-again", "A poll after the end has the same answer", polling.after_the_end),
            Check("missing-field", "A missing field is refused", refusing.missing_field, 1),
            Check("wrong-type", "A wrong type is refused", refusing.wrong_type, 1),
            Check("not-json", "A body that is not JSON is refused", refusing.not_json, 1),
            Check("too-large", "A body of 2 MB is refused", refusing.too_large, 1),
            Check("strangers", "Calls without the token are refused", refusing.strangers, 2 if token else 0),
            Check("same-key", "The same key has the same answer", keying.same_key, 1),
            Check("other-body", "A key with another body is refused", keying.another_body, 1),
            Check("at-once", "One key twice at once is one piece of work", keying.at_once, 2, 1),
            Check("in-flight", "A key being worked on can be asked again", keying.in_flight, 2, 1),
            Check("cancel", "DELETE ends the work", polling.cancelling, 1),
            Check(
                "restart",
                "Keys outlive a restart",
                partial(keying.after_a_restart, restart=restart),
                1 if restart else 0,
            ),
            Check("survival", "It is still healthy afterwards", answering.survival),
        )
    )
