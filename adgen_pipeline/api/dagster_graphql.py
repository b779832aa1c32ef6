"""Dagster's webserver, spoken to by GraphQL over one kept-open client: launching, looking and terminating."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Self

import httpx

from adgen_pipeline.api.errors import DagsterRefused, DagsterUnavailable
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.settings import Settings

JOB_TAG, COMMISSION_TAG, BATCH_TAG, ORIGIN_TAG = "adgen/job", "adgen/commission", "adgen/batch", "adgen/origin"
ROOT_TAG, RUN_KEY_TAG = "dagster/root_run_id", "dagster/run_key"
AD_JOB = "generate_ad"

LAUNCH_SECONDS, LOOK_SECONDS = 30.0, 10.0
_MOST = 1000
"""Runs of one answer."""

_RUN = """runId jobName status rootRunId creationTime startTime endTime updateTime tags { key value }
  runConfig assetSelection { path }"""
_RUNS = f"""query ($filter: RunsFilter!, $limit: Int) {{ runsOrError(filter: $filter, limit: $limit) {{ __typename
  ... on Runs {{ results {{ {_RUN} }} }} ... on PythonError {{ message }}
  ... on InvalidPipelineRunsFilterError {{ message }} }} }}"""
_OF_JOB = f"""query ($tagged: RunsFilter!, $retries: RunsFilter!, $own: RunsFilter!) {{
  tagged: runsOrError(filter: $tagged, limit: 50) {{ __typename ... on Runs {{ results {{ {_RUN} }} }} }}
  retries: runsOrError(filter: $retries, limit: 50) {{ __typename ... on Runs {{ results {{ {_RUN} }} }} }}
  own: runsOrError(filter: $own, limit: 1) {{ __typename ... on Runs {{ results {{ {_RUN} }} }} }} }}"""
_LAUNCH = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename
  ... on LaunchRunSuccess { run { runId } } ... on RunConfigValidationInvalid { errors { message } }
  ... on PythonError { message } ... on PipelineNotFoundError { message } ... on InvalidSubsetError { message }
  ... on RunConflict { message } ... on UnauthorizedError { message } } }"""
_TERMINATE = """mutation ($id: String!) { terminateRun(runId: $id) { __typename
  ... on TerminateRunFailure { message } ... on RunNotFoundError { message } ... on PythonError { message }
  ... on UnauthorizedError { message } } }"""
_PLACES = """{ repositoriesOrError { __typename ... on PythonError { message }
  ... on RepositoryConnection { nodes { name location { name } jobs { name } } } } }"""
_LOCATIONS = """{ workspaceOrError { ... on Workspace { locationEntries { name loadStatus
  locationOrLoadError { __typename ... on PythonError { message } } } } } }"""


_HEALTH = f"""{{ instance {{ daemonHealth {{ allDaemonStatuses {{ daemonType required lastHeartbeatTime }} }} }}
  {_LOCATIONS.strip()[1:-1]} }}"""


class DagsterHealth(Frozen):
    """When each duty of the daemon was last heard of (seconds since 1970; 0: never), and which code is loaded."""

    heartbeats: dict[str, float]
    locations: dict[str, bool]


class Run(Frozen):
    """A run as Dagster has it. Times are seconds since 1970."""

    run_id: str
    job_name: str
    status: str
    root_run_id: str | None
    created: float
    started: float | None
    ended: float | None
    updated: float | None
    tags: dict[str, str]
    config: dict[str, Any]
    assets: tuple[str, ...] | None

    @property
    def is_finished(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.status in ("SUCCESS", "FAILURE", "CANCELED")

    @property
    def job_id(self) -> str:
        """The ad it works on, as its tags tell: the one named, or that of its first run."""
        return self.tags.get(JOB_TAG) or self.root_run_id or self.run_id


class Place(Frozen):
    """Where Dagster keeps the job that makes ads."""

    location: str
    repository: str


class DagsterGraphQL:
    """The webserver at DAGSTER_URL; safe to use from all threads.

    Raises DagsterUnavailable when it is out of reach or its code location is not loaded, DagsterRefused when it says
    no. Nothing is sent twice.
    """

    def __init__(self, settings: Settings):
        token = settings.ui_token
        headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
        self.url = str(settings.dagster_url).rstrip("/")
        limits = httpx.Limits(max_connections=40, max_keepalive_connections=20)
        self._http = httpx.Client(base_url=self.url, headers=headers, trust_env=False, limits=limits)
        self._place: Place | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def check(self) -> None:
        """Raise DagsterUnavailable unless the webserver answers."""
        self._ask("{ version }", seconds=5.0)

    def health(self) -> DagsterHealth:
        """How the daemon and the code locations are."""
        told = self._ask(_HEALTH, seconds=LOOK_SECONDS)
        duties = told["instance"]["daemonHealth"]["allDaemonStatuses"]
        return DagsterHealth(
            heartbeats={duty["daemonType"]: duty["lastHeartbeatTime"] or 0 for duty in duties if duty["required"]},
            locations={
                entry["name"]: entry["loadStatus"] == "LOADED"
                and (entry["locationOrLoadError"] or {}).get("__typename") != "PythonError"
                for entry in told["workspaceOrError"].get("locationEntries", [])
            },
        )

    def launch(
        self,
        brief: Mapping[str, Any],
        tags: Mapping[str, str],
        *,
        root_run_id: str | None = None,
        parent_run_id: str | None = None,
    ) -> str:
        """Launch a run of `generate_ad` for `brief`; its id. DagsterUnavailable.sent: it may have been launched."""
        place = self.place()
        selector = {"repositoryLocationName": place.location, "repositoryName": place.repository, "jobName": AD_JOB}
        about: dict[str, Any] = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
        about |= {"rootRunId": root_run_id, "parentRunId": parent_run_id} if root_run_id else {}
        params = {"selector": selector, "runConfigData": dict(brief), "executionMetadata": about}
        told = self._ask(_LAUNCH, seconds=LAUNCH_SECONDS, params=params)["launchRun"]
        if told["__typename"] == "LaunchRunSuccess":
            return str(told["run"]["runId"])
        self._place = None  # the code location may have been exchanged
        raise _launch_refused(told)

    def terminate(self, run_id: str) -> None:
        """Ask the run to stop, and have one that waits in the queue cancelled."""
        told = self._ask(_TERMINATE, seconds=LAUNCH_SECONDS, id=run_id)["terminateRun"]
        if told["__typename"] != "TerminateRunSuccess":
            raise DagsterRefused(f"Dagster cannot stop the run {run_id}: {_line(told.get('message'))}")

    def in_progress(self) -> list[Run]:
        """The runs that have not ended, newest first."""
        return self._runs({"statuses": ["QUEUED", "NOT_STARTED", "STARTING", "STARTED", "CANCELING"]})

    def tagged(self, key: str, value: str) -> list[Run]:
        """The runs with this tag, newest first."""
        return self._runs({"tags": [{"key": key, "value": value}]}, limit=10)

    def named(self, run_ids: Sequence[str]) -> list[Run]:
        """The runs with these ids, as far as there are any."""
        return self._runs({"runIds": list(run_ids)}) if run_ids else []

    def of_job(self, job_id: str) -> list[Run]:
        """The runs of an ad, newest first: its first one, its retries, and whatever else carries its tag."""
        by = {
            name: {"tags": [{"key": key, "value": job_id}]}
            for name, key in (("tagged", JOB_TAG), ("retries", ROOT_TAG))
        }
        told = self._ask(_OF_JOB, seconds=LOOK_SECONDS, **by, own={"runIds": [job_id]})
        rows = [row for part in told.values() for row in part.get("results", [])]
        runs = {row["runId"]: _run(row) for row in rows}
        its = [run for run in runs.values() if run.job_id == job_id]
        return sorted(its, key=lambda run: run.created, reverse=True)

    def place(self) -> Place:
        """Where `generate_ad` is, looked up once."""
        with self._lock:
            if self._place is None:
                self._place = self._look_up()
            return self._place

    def _look_up(self) -> Place:
        told = self._ask(_PLACES, seconds=LOOK_SECONDS)["repositoriesOrError"]
        nodes = told.get("nodes", [])
        found = [
            Place(location=node["location"]["name"], repository=node["name"])
            for node in nodes
            if any(job["name"] == AD_JOB for job in node["jobs"])
        ]
        if not found:
            raise DagsterUnavailable(f"Dagster at {self.url} has no job {AD_JOB}: {self._why_not_loaded()}")
        return min(found, key=lambda place: (not place.location.startswith("adgen_pipeline"), place.location))

    def _why_not_loaded(self) -> str:
        entries = self._ask(_LOCATIONS, seconds=LOOK_SECONDS)["workspaceOrError"].get("locationEntries", [])
        if any(entry["loadStatus"] == "LOADING" for entry in entries):
            return "its code location is being loaded; ask again in a few seconds"
        broken = [entry["name"] for entry in entries if (entry["locationOrLoadError"] or {}).get("message")]
        if broken:
            return f"the code location {broken[0]} cannot be loaded; its page Deployment in the Dagster UI says why"
        return "start it with `adgen up`, or add the module adgen_pipeline.definitions to its workspace"

    def _runs(self, filter_: dict[str, Any], limit: int = _MOST) -> list[Run]:
        told = self._ask(_RUNS, seconds=LOOK_SECONDS, filter=filter_, limit=limit)["runsOrError"]
        if told["__typename"] != "Runs":
            raise DagsterUnavailable(f"Dagster cannot list its runs: {_line(told.get('message'))}")
        return [_run(row) for row in told["results"]]

    def _ask(self, query: str, *, seconds: float, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        try:
            reply = self._http.post("/graphql", json=body, timeout=httpx.Timeout(seconds, connect=3.0))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise DagsterUnavailable(f"Dagster at {self.url} cannot be reached: {_START}") from error
        except httpx.HTTPError as error:
            told = f"Dagster at {self.url} did not answer within {seconds:g} s or broke off ({type(error).__name__})"
            raise DagsterUnavailable(told, sent=True) from error
        return self._understood(reply)

    def _understood(self, reply: httpx.Response) -> dict[str, Any]:
        if reply.status_code in (401, 403):
            raise DagsterUnavailable(
                f"Dagster at {self.url} refused us (HTTP {reply.status_code}): set UI_TOKEN to its own"
            )
        try:
            told = reply.json()
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("data"), dict):
            where, sent = f"Dagster at {self.url} answered HTTP {reply.status_code}", reply.status_code >= 500
            raise DagsterUnavailable(f"{where} without a result; its own log says why", sent=sent)
        return dict(told["data"])


_START = "start it with `adgen up`, or set DAGSTER_URL"


def _launch_refused(told: Mapping[str, Any]) -> DagsterRefused | DagsterUnavailable:
    """Why a run was not launched: the brief, or Dagster itself."""
    kind = told["__typename"]
    if kind == "RunConfigValidationInvalid":
        return DagsterRefused(f"Dagster refused the brief: {_line('; '.join(e['message'] for e in told['errors']))}")
    message = _line(told.get("message"))
    if kind == "PipelineNotFoundError":
        return DagsterUnavailable(f"Dagster does not find its job any more ({message}); ask again in a few seconds")
    # A PythonError may come after the run was made: whoever wants to be sure looks for it.
    return DagsterUnavailable(f"Dagster could not launch the ad: {message}", sent=kind == "PythonError")


def _run(row: Mapping[str, Any]) -> Run:
    chosen = row.get("assetSelection")
    return Run(
        run_id=row["runId"],
        job_name=row["jobName"],
        status=row["status"],
        root_run_id=row["rootRunId"],
        created=row["creationTime"],
        started=row["startTime"],
        ended=row["endTime"],
        updated=row["updateTime"],
        tags={tag["key"]: tag["value"] for tag in row["tags"]},
        config=row["runConfig"] if isinstance(row["runConfig"], dict) else {},
        assets=tuple("/".join(key["path"]) for key in chosen) if chosen is not None else None,
    )


def _line(text: Any) -> str:
    """The first line of what Dagster said, short."""
    first = str(text or "without a word").strip().splitlines()[0]
    return first if len(first) <= 300 else f"{first[:297]}..."
