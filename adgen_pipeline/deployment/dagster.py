"""Asks the Dagster UI whether code, daemon and runs are well: by GraphQL, as any other program would."""

import json
import urllib.request
from typing import Any

from adgen_pipeline.errors import AdgenError

_PATIENCE_SECONDS = 5.0
_CODE = """{ workspaceOrError { __typename ... on PythonError { message } ... on Workspace { locationEntries {
  name loadStatus locationOrLoadError { __typename ... on PythonError { message } } } } } }"""
_DAEMONS = "{ instance { daemonHealth { allDaemonStatuses { daemonType required healthy lastHeartbeatTime } } } }"
_UNDER_WAY = """{ runsOrError(filter: {statuses: [STARTING, STARTED, CANCELING]}) {
  ... on Runs { results { runId } } } }"""


class CodeBroken(AdgenError):
    """Dagster cannot load the pipeline's definitions."""


class Dagster:
    """The UI at `url`, with its token where it has one."""

    def __init__(self, url: str, token: str | None):
        self._url, self._token = url, token

    def code_is_loaded(self) -> bool:
        """Whether the UI serves the code location. Raises CodeBroken where that cannot be loaded."""
        entries = self._ask(_CODE).get("workspaceOrError", {}).get("locationEntries", [])
        for entry in entries:
            found = entry["locationOrLoadError"] or {}
            if found.get("__typename") == "PythonError":
                raise CodeBroken(f"the pipeline's definitions cannot be loaded: {found['message'].strip()}")
        return bool(entries) and all(entry["loadStatus"] == "LOADED" for entry in entries)

    def daemon_lives(self, since: float) -> bool:
        """Whether each of the daemon's duties has been heard of after `since` (epoch seconds), all of them well."""
        health = self._ask(_DAEMONS).get("instance", {}).get("daemonHealth", {})
        duties = [status for status in health.get("allDaemonStatuses", []) if status["required"]]
        return bool(duties) and all(d["healthy"] and (d["lastHeartbeatTime"] or 0) > since for d in duties)

    def runs_under_way(self) -> list[str]:
        """The ids of the runs that are being carried out; none if the UI does not answer any more."""
        found = self._ask(_UNDER_WAY).get("runsOrError", {}).get("results", [])
        return [run["runId"] for run in found]

    def _ask(self, query: str) -> dict[str, Any]:
        """The answer's data; empty while there is none."""
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = json.dumps({"query": query}).encode()
        answer = fetch(urllib.request.Request(f"{self._url}/graphql", body, headers))
        return json.loads(answer).get("data") or {} if answer else {}


def fetch(request: urllib.request.Request | str) -> bytes | None:
    """What is answered with 200; None while nobody does. Goes through no proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
            return bytes(answer.read())
    except OSError:  # also HTTP's errors
        return None
