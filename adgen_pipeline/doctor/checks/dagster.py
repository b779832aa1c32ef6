"""Dagster: the instance opens, the daemon lives, the webserver is guarded and has the pipeline's code."""

import json
import time
from collections.abc import Iterator
from typing import Any

from adgen_pipeline.doctor.asking import Answered, Unreached, ask
from adgen_pipeline.doctor.checks.clock import agrees
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.settings import Settings

_STARTS = "adgen up, or on a host of its own: systemctl start adgen.target"
_SILENCE_SECONDS = 90.0
"""It tells every 30 s that it is alive."""

_CODE = """{ workspaceOrError { __typename ... on PythonError { message } ... on Workspace { locationEntries {
  name loadStatus locationOrLoadError { __typename ... on PythonError { message } } } } } }"""


def look(examined: Examined) -> Iterator[Finding]:
    """First what needs no other process."""
    yield _code_here()
    yield from _instance(examined)
    yield from _webserver(examined)


def _code_here() -> Finding:
    try:
        from adgen_pipeline.definitions import defs

        jobs = len(list(defs.resolve_all_job_defs()))
    except Exception as error:  # whatever a broken installation raises
        told = f"cannot be loaded here ({type(error).__name__}: {str(error).splitlines()[0][:200]})"
        return failure(
            "definitions", told, "pip install --force-reinstall adgen-pipeline; adgen doctor tells of libraries"
        )
    return ok("definitions", f"load here, with {jobs} jobs")


def _instance(examined: Examined) -> Iterator[Finding]:
    from adgen_pipeline.defs.instance import existing_home, heard_of

    home = existing_home(examined.settings)
    if home is None:
        yield ok("instance", "not there yet: `adgen up` and the first ad make it")
        return
    try:
        seconds = heard_of(home)
    except Exception as error:  # libraries of all kinds; the words of a database's may hold its password
        mend = f"adgen db upgrade; or look at {home / 'dagster.yaml'}"
        yield failure("instance", f"{home} cannot be opened ({type(error).__name__})", mend)
        return
    yield ok("instance", f"{home} opens")
    yield _daemon(seconds, min(_SILENCE_SECONDS, time.time() - examined.since), examined.running)


def _daemon(seconds: float | None, patience: float, running: bool) -> Finding:
    if seconds is not None and seconds < patience:
        return ok("daemon", f"was heard of {seconds:.0f} s ago")
    told = "was never heard of" if seconds is None else f"was heard of {seconds / 60:,.0f} min ago"
    judged = failure if running else warning
    return judged("daemon", f"{told}: what is asked for by REST, inbox and campaigns waits", _STARTS)


def _webserver(examined: Examined) -> Iterator[Finding]:
    url, judged = str(examined.settings.dagster_url).rstrip("/"), failure if examined.running else warning
    try:
        foreign = ask(f"{url}/server_info", {"Host": "rebound.example"})
        answered = _graphql(url, examined.settings, _CODE)
    except Unreached as error:
        yield judged("webserver", f"DAGSTER_URL, {url}: {error}", _STARTS)
        return
    yield _guard(url, foreign)
    yield _code_there(url, answered)
    yield from agrees("webserver", answered.clock)


def _guard(url: str, foreign: Answered) -> Finding:
    """A page of others must not be able to launch ads: by a name of its own that leads here, for one."""
    if foreign.status == 421:
        return ok("guard", f"{url} refuses to be asked by another name (421)")
    told = (
        f"{url} answered {foreign.status} to a foreign Host: a bare Dagster webserver, by which any web page buys ads"
    )
    return failure("guard", told, "serve it by `adgen ui` in place of dagster-webserver")


def _code_there(url: str, answered: Answered) -> Finding:
    if answered.status in (401, 403):
        told = f"{url} does not accept this UI_TOKEN ({answered.status})"
        return failure("code location", told, "# .env: UI_TOKEN=, the same here and there")
    entries = _entries(answered)
    broken = [entry for entry in entries if (entry["locationOrLoadError"] or {}).get("__typename") == "PythonError"]
    if broken:
        told = str(broken[0]["locationOrLoadError"]["message"]).strip().splitlines()[0][:200]
        return failure("code location", f"{broken[0]['name']} cannot be loaded: {told}", "read the code server's log")
    if not entries:
        return failure("code location", f"{url} answered {answered.status} and names none", "read the webserver's log")
    return ok("code location", f"{', '.join(entry['name'] for entry in entries)}, {entries[0]['loadStatus'].lower()}")


def _entries(answered: Answered) -> list[dict[str, Any]]:
    try:
        return list(json.loads(answered.body)["data"]["workspaceOrError"]["locationEntries"])
    except (ValueError, KeyError, TypeError):
        return []


def _graphql(url: str, settings: Settings, query: str) -> Answered:
    headers = {"Content-Type": "application/json"}
    if settings.ui_token:
        headers["Authorization"] = f"Bearer {settings.ui_token.get_secret_value()}"
    return ask(f"{url}/graphql", headers, json.dumps({"query": query}).encode())
