"""`adgen check-service`: tries out a service under development and prints what to mend."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import click
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.conformance.bench import Bench
from adgen_pipeline.conformance.findings import Finding, Skipped, Verdict
from adgen_pipeline.conformance.line import Line
from adgen_pipeline.conformance.requests import KINDS
from adgen_pipeline.conformance.sources import CLIP_SECONDS, sources
from adgen_pipeline.conformance.suite import Suite, suite
from adgen_pipeline.settings import Settings, secret

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_COLOURS = {Verdict.PASSED: "green", Verdict.ADVICE: "yellow", Verdict.MEND: "red", Verdict.SKIPPED: "dim"}
_EXAMPLES = """
\b
Examples:
  adgen check-service image http://localhost:8002
  adgen check-service video http://localhost:8003 --token-env VIDEO_GEN_TOKEN --idempotent --restart
  adgen check-service composition https://compose.example --sample https://cdn.example/two-seconds.mp4 --yes --json
"""


@click.command("check-service", epilog=_EXAMPLES, short_help="Try out a service of your own.")
@click.argument("stage", type=click.Choice(list(KINDS)))
@click.argument("url")
@click.option("--token-env", metavar="NAME", help="Name of the variable that holds its token.")
@click.option("--idempotent", is_flag=True, help="It is meant to honour Idempotency-Key: hold it to that.")
@click.option("--restart", is_flag=True, help="Wait for you to restart it, then ask again under an old key.")
@click.option("--sample", metavar="URL", help=f"A picture, or a clip of {CLIP_SECONDS:g} s, that it can fetch.")
@click.option("--max-calls", type=click.IntRange(min=1), help="Make no more paid calls than this.")
@click.option("--yes", is_flag=True, help="Do not ask before calls are made that may cost money.")
@click.option("-v", "--verbose", is_flag=True, help="Show what was exchanged in the checks that passed, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
def check_service(
    stage: str,
    url: str,
    token_env: str | None,
    idempotent: bool,
    restart: bool,
    sample: str | None,
    max_calls: int | None,
    yes: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Try out the service at URL: does it answer as the pipeline expects?

    STAGE is what it does: parser, image, video or composition. Each check is a real exchange; docs/services.md shows
    them all. Exit code 0 when nothing must be mended, 1 when something must, 2 for bad input.
    """
    address = Address(_http_url(url), _token(token_env))
    checks = suite(token=address.token is not None, restart=_wait_for_a_restart if restart else None)
    _refuse_unreachable_sources(stage, address.url, sample)
    with _bench(stage, address, sample, idempotent, max_calls or checks.calls) as bench:
        if not yes:
            _ask_before_spending(bench, checks)
        findings = list(_followed(checks.run(bench), quiet=as_json))
        if as_json:
            _report_json(bench, findings)
        else:
            _report(bench, findings, verbose)
    if any(finding.verdict is Verdict.MEND for finding in findings):
        sys.exit(1)


@contextmanager
def _bench(stage: str, address: Address, sample: str | None, idempotent: bool, max_calls: int) -> Iterator[Bench]:
    kind = KINDS[stage]
    settings = Settings.read()
    known = settings.service(kind.client.stage)
    hosts = settings.media_hosts | {urlsplit(address.url).hostname or ""}
    limits = Limits(known.timeout, known.deadline, idempotent, known.max_call_cost)
    with (
        sources(sample) as media,
        closing(kind.client(lambda: address, limits)) as client,
        closing(Line(client.stage, address, limits.timeout, max_calls)) as line,
    ):
        yield Bench(client, line, kind.requests(media), idempotent, hosts)


def _http_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _is_whole(url):
        raise click.BadParameter(f"{url!r} is no http(s) URL; give one such as http://localhost:8002", param_hint="URL")
    if parts.query or parts.fragment:
        raise click.BadParameter("give it without a query: the call's path is put behind it", param_hint="URL")
    return url.rstrip("/")


def _is_whole(url: str) -> bool:
    """True unless there are blanks in it, or something else where the port should be."""
    try:
        return urlsplit(url).port != 0 and not any(letter.isspace() for letter in url)
    except ValueError:
        return False


def _token(name: str | None) -> SecretStr | None:
    if name is None:
        return None
    token = secret(name)
    if token is None:
        told = "no such variable is set: give the name of one that holds the token, not the token itself"
        raise click.BadParameter(told, param_hint="--token-env")
    return token


def _refuse_unreachable_sources(stage: str, url: str, sample: str | None) -> None:
    host = urlsplit(url).hostname
    if KINDS[stage].fetches and sample is None and host not in _LOOPBACK:
        told = f"{host} cannot fetch files from this machine: give the URL of a picture or clip that it can fetch"
        raise click.BadParameter(told, param_hint="--sample")


def _ask_before_spending(bench: Bench, checks: Suite) -> None:
    """Says what it may cost at most, and goes on if that is wanted."""
    ceiling, calls = bench.client.limits.max_call_cost, min(checks.calls, bench.line.max_calls)
    click.echo(
        f"This makes up to {calls} calls. A service that keeps the contract charges for {min(checks.paid, calls)} of "
        f"them, at most {min(checks.paid, calls) * ceiling} USD; one that charges for each, {calls * ceiling} USD "
        f"({bench.name}_MAX_CALL_COST is {ceiling} USD).",
        err=True,
    )
    try:
        if click.confirm("Go on?", err=True):
            return
    except click.Abort:
        click.echo(err=True)
    raise click.UsageError("nothing was called; --yes goes on without asking")


def _wait_for_a_restart() -> None:
    try:
        click.prompt("Restart the service, and press Enter once it is up", "", show_default=False, err=True)
    except click.Abort:
        raise Skipped("nobody said that it was restarted") from None


def _followed(findings: Iterator[Finding], quiet: bool) -> Iterator[Finding]:
    """`findings` as they come, each told on a terminal while the next is on its way."""
    out = Console(stderr=True, highlight=False)
    for finding in findings:
        if out.is_terminal and not quiet:
            out.print(f"[dim]{finding.verdict.value:<8}{finding.title}[/dim]")
        yield finding


def _report_json(bench: Bench, findings: list[Finding]) -> None:
    facts = {"service": bench.client.stage.service, "calls": bench.line.calls, "cost": float(bench.cost)}
    click.echo(json.dumps(facts | _counts(findings) | {"checks": [f.as_json() for f in findings]}, indent=2))


def _report(bench: Bench, findings: list[Finding], verbose: bool) -> None:
    out = Console(highlight=False)
    out.print(_table(findings))
    for finding in findings:
        if verbose or finding.verdict in (Verdict.MEND, Verdict.ADVICE):
            _print_in_full(out, finding)
    told = ", ".join(f"{count} {name}" for name, count in _counts(findings).items())
    out.print(f"\n{told}. {bench.line.calls} calls, {bench.cost:.2f} USD by what the service says.", soft_wrap=True)


def _counts(findings: list[Finding]) -> dict[str, int]:
    return {verdict.value: sum(finding.verdict is verdict for finding in findings) for verdict in Verdict}


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("check", no_wrap=True, min_width=max(len(finding.title) for finding in findings))
    table.add_column("", no_wrap=True, min_width=max(len(finding.verdict.value) for finding in findings))
    table.add_column("what was found", overflow="fold")
    for finding in findings:
        short = "see below" if finding.verdict in (Verdict.MEND, Verdict.ADVICE) else finding.told
        table.add_row(finding.title, Text(finding.verdict.value, _COLOURS[finding.verdict]), Text(short))
    return table


def _print_in_full(out: Console, finding: Finding) -> None:
    """The finding with its first exchanges and its last ones."""
    lines = [Text.assemble(f"\n{finding.title}: ", (finding.verdict.value, _COLOURS[finding.verdict]))]
    for passage in finding.passages[:2] + finding.passages[2:][-2:]:
        lines += [Text(f"    sent       {passage.sent}"), Text(f"    came back  {passage.came}")]
    for line in [*lines, Text(f"    {finding.told}")]:
        out.print(line, soft_wrap=True)
