"""One run for one create, whatever is lost or killed on the way. Nothing runs here: there is no daemon."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI, Request, Response

from adgen_pipeline.api.app import create_app
from adgen_pipeline.api.dagster_graphql import COMMISSION_TAG, Run
from adgen_pipeline.api.errors import DagsterUnavailable, Refused
from adgen_pipeline.api.launching import cancel, create, retry
from adgen_pipeline.api.listing import Wanted, listed
from adgen_pipeline.api.runs import state_of
from adgen_pipeline.api.state import Api
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.ledger.schema import commissions
from adgen_pipeline_tests.api.conftest import PROMPT, Dagster
from adgen_pipeline_tests.lab import serving

Spoil = Callable[[str], Response | None]


@pytest.fixture
def api(queue: Dagster) -> Iterator[Api]:
    with Api(queue.settings()) as api:
        yield api


@contextmanager
def behind(queue: Dagster, spoil: Spoil) -> Iterator[Api]:
    """The API behind a proxy of Dagster's that does as it is told, and then lets `spoil` answer instead."""
    app = FastAPI()

    @app.post("/graphql")
    def passed_on(request: Request, body: dict[str, object]) -> Response:
        reply = httpx.post(f"{queue.url}/graphql", json=body, timeout=60)
        return spoil(str(body["query"])) or Response(reply.content, reply.status_code, media_type="application/json")

    with serving(app) as url, Api(queue.settings(DAGSTER_URL=url)) as api:
        yield api


def brief(words: str) -> Brief:
    return Brief(prompt=f"{PROMPT}: {words}", duration=15)


def runs_of(api: Api, job_id: str) -> list[Run]:
    commission = api.ledger.commissions.of_job(job_id)
    assert commission
    return api.dagster.tagged(COMMISSION_TAG, commission.tag)


@pytest.mark.parametrize("status", [502, 504])
def test_an_answer_lost_after_the_launch_is_looked_for(queue: Dagster, status: int) -> None:
    """The run was launched and nobody said so: it is found by its tag, and there is one."""
    lost = [status]

    def spoil(query: str) -> Response | None:
        return Response("bad gateway", lost.pop()) if "launchRun" in query and lost else None

    with behind(queue, spoil) as api:
        job_id, known = create(api, brief(f"lost {status}"), None, "me")
        assert not lost and not known and [run.run_id for run in runs_of(api, job_id)] == [job_id]
        assert api.report(job_id).status == "queued"


def test_what_was_not_launched_can_be_asked_for_again(queue: Dagster) -> None:
    """Dagster could not: the key is not used up, and the next try launches."""
    down = [True]

    def spoil(query: str) -> Response | None:
        return Response("{}", 401) if down else None

    with behind(queue, spoil) as api:
        with pytest.raises(DagsterUnavailable, match="UI_TOKEN"):
            create(api, brief("again"), "again", "me")
        down.clear()
        job_id, _ = create(api, brief("again"), "again", "me")
        assert len(runs_of(api, job_id)) == 1


def test_a_crash_after_the_launch_is_found_by_the_key(api: Api) -> None:
    """Launched, and killed before that was written down: the same key finds the run."""
    job_id, _ = create(api, brief("crash"), "crash", "me")
    forget(api, "crash", age=1.0)
    again, known = create(api, brief("crash"), "crash", "me")
    assert (again, known) == (job_id, True) and len(runs_of(api, job_id)) == 1


def test_a_crash_before_the_launch_is_made_good_by_the_next(api: Api) -> None:
    """Written down, and killed before the launch: soon after it may still be under way; later it is launched."""
    wanted, _ = create(api, brief("killed"), "killed", "me")
    for run in runs_of(api, wanted):
        delete(api, run.run_id)
    forget(api, "killed", age=1.0)
    with pytest.raises(Refused, match="is launching the ad"):
        create(api, brief("killed"), "killed", "me")
    forget(api, "killed", age=60.0)
    again, _ = create(api, brief("killed"), "killed", "me")
    assert again != wanted and len(runs_of(api, again)) == 1


def test_keys_of_two_clients_do_not_meet(api: Api) -> None:
    """The same word from another client is another ad."""
    mine, _ = create(api, brief("clients"), "order 1", "me")
    yours, _ = create(api, brief("clients"), "order 1", "you")
    assert mine != yours


def test_a_callback_url_that_would_never_be_called_is_refused(api: Api) -> None:
    """Before anything is written down or launched."""
    inside = Brief(prompt=PROMPT, duration=15, callback_url="http://10.0.0.7/hook")
    with pytest.raises(InvalidBrief, match=r"callback_url: .*add 10\.0\.0\.7 to WEBHOOK_ALLOWED_HOSTS"):
        create(api, inside, "inside", "client")
    assert create(api, brief("under the same key"), "inside", "client")[1] is False


def test_a_logo_that_would_never_be_fetched_is_refused(api: Api) -> None:
    """As early, where the embedded studio composes; what a name leads to is seen when it is fetched."""
    api.settings = api.settings.model_copy(update={"composition_url": None})
    inside = Brief(prompt=PROMPT, duration=15, brand_guidelines={"logo_url": "http://10.0.0.7/logo.png"})
    with pytest.raises(InvalidBrief, match=r"logo_url: .*add 10\.0\.0\.7 to MEDIA_ALLOWED_HOSTS"):
        create(api, inside, "logo", "client")
    assert create(api, brief("under the logo's key"), "logo", "client")[1] is False


def test_an_ad_in_the_queue_is_cancelled_at_once(api: Api) -> None:
    """Nothing was begun, nothing is paid; it says so, and is listed so."""
    job_id, _ = create(api, brief("queued and cancelled"), None, "me")
    cancel(api, job_id)
    report = api.report(job_id)
    assert report.status == "cancelled" and report.cost.total == 0
    page = listed(api, Wanted(status="cancelled", text="queued and cancelled"))
    assert [line.job_id for line in page.jobs] == [job_id]
    with pytest.raises(Refused, match="has ended"):
        done, _ = create(api, brief("deleted"), None, "me")
        for run in runs_of(api, done):
            delete(api, run.run_id)
        cancel(api, done)


def test_a_run_launched_by_hand_is_listed_before_it_begins(api: Api) -> None:
    """The ledger does not know it yet; the API does."""
    run_id = api.dagster.launch({"prompt": f"{PROMPT}: by hand"}, {})
    page = listed(api, Wanted(status="queued", text="BY HAND"))
    assert [line.job_id for line in page.jobs] == [run_id] and page.total == 1
    assert listed(api, Wanted(text="by hand", offset=1)).jobs == []
    report = api.report(run_id)
    assert report.status == "queued" and report.brief and report.brief.prompt.endswith("by hand")


def test_a_job_whose_runs_were_deleted_is_not_waited_for(api: Api) -> None:
    """It says that it has failed, and of what, instead of being queued for good."""
    job_id, _ = create(api, brief("no runs"), None, "me")
    for run in runs_of(api, job_id):
        delete(api, run.run_id)
    report = api.report(job_id)
    assert report.status == "failed" and report.error and "deleted in Dagster" in report.error.message


def test_a_dagster_without_our_job_is_said_to_be(queue: Dagster) -> None:
    """Its code location is not there, is loading, or cannot be loaded: three things to do."""
    entries = ["[]", '[{"name": "ads", "loadStatus": "LOADING", "locationOrLoadError": null}]']
    entries += ['[{"name": "ads", "loadStatus": "LOADED", "locationOrLoadError": {"message": "No module"}}]']
    for entry, told in zip(entries, ("adgen up", "being loaded", "code location ads"), strict=True):

        def spoil(query: str, entry: str = entry) -> Response | None:
            places = '{"data": {"repositoriesOrError": {"__typename": "RepositoryConnection", "nodes": []}}}'
            found = f'{{"data": {{"workspaceOrError": {{"locationEntries": {entry}}}}}}}'
            return Response(places if "repositoriesOrError" in query else found, media_type="application/json")

        with behind(queue, spoil) as api, pytest.raises(DagsterUnavailable, match=told):
            create(api, brief("nowhere"), None, "me")


@pytest.mark.parametrize(
    ("status", "seconds_ago", "tags", "goes_on"),
    [
        ("FAILURE", 5, {}, True),
        ("FAILURE", 5, {"dagster/failure_reason": "STEP_FAILURE"}, False),
        ("FAILURE", 5, {"dagster/retry_number": "3"}, False),
        ("FAILURE", 5, {"dagster/max_retries": "0"}, False),
        ("FAILURE", 3600, {}, False),
        ("CANCELED", 5, {}, False),
    ],
)
def test_a_crashed_run_is_followed_by_another(
    status: str, seconds_ago: float, tags: dict[str, str], goes_on: bool
) -> None:
    """As the daemon decides it: not after a failed step, not for ever, and not long ago."""
    ended = datetime.now(UTC).timestamp() - seconds_ago
    known = {"run_id": "r", "job_name": "generate_ad", "status": status, "root_run_id": None, "created": ended - 60}
    run = Run(**known, started=ended - 50, ended=ended, updated=ended, tags=tags, config={}, assets=None)
    assert state_of(run).goes_on is goes_on


def forget(api: Api, words: str, age: float) -> None:
    """As if whoever wrote the ad down, `age` seconds ago, had been killed before writing down its job."""
    its = commissions.c.brief["prompt"].as_string().endswith(words)
    values = {"job_id": None, "launched_at": None, "created_at": datetime.now(UTC) - timedelta(seconds=age)}
    with api.ledger._database.write() as connection:
        connection.execute(sa.update(commissions).where(its).values(values))


def delete(api: Api, run_id: str) -> None:
    """Somebody deletes the run in the Dagster UI."""
    query = "mutation ($id: String!) { deletePipelineRun(runId: $id) { __typename } }"
    told = httpx.post(f"{api.dagster.url}/graphql", json={"query": query, "variables": {"id": run_id}}, timeout=30)
    assert "DeletePipelineRunSuccess" in told.text
    api.live.forget()


@pytest.mark.parametrize(
    ("path", "more", "id_of"),
    [("/api/v1/generate-ad", {}, "job_id"), ("/api/v1/batches", {"matrix": {"seeds": [1, 2]}}, "batch_id")],
)
def test_a_key_is_known_from_another_address(queue: Dagster, path: str, more: dict[str, object], id_of: str) -> None:
    """Without tokens: who changes networks between two tries is the same to us, and the ad is launched once."""
    app = create_app(queue.settings())
    asked = {"prompt": f"{PROMPT}: on the train", "duration": 15} | more

    async def created(address: str) -> dict[str, str]:
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            headers = {"Idempotency-Key": "on the train"}
            reply = await client.post(path, json=asked, headers=headers, timeout=60)
        assert reply.status_code == 201
        return dict(reply.json())

    first, second = (asyncio.run(created(address)) for address in ("192.0.2.1", "198.51.100.7"))
    assert first[id_of] == second[id_of]
    app.state.api.close()


def test_a_run_that_ended_before_its_launch_was_answered_has_ended(queue: Dagster) -> None:
    """Dagster was slow to answer, and the run quick to fail: what became of it is not forgotten."""
    known: list[tuple[Api, str]] = []

    def fail_at_once(query: str) -> None:
        for api, job_id in known if "launchRun" in query else []:
            api.ledger.end_job(job_id, "failed", "the new run", {"code": "TIMEOUT", "message": "it took too long"})

    with behind(queue, fail_at_once) as api:
        job_id, _ = create(api, brief("quick to fail"), None, "me")
        cancel(api, job_id)
        api.ledger.end_job(job_id, "cancelled", job_id)
        known.append((api, job_id))
        retry(api, job_id, None)
        job = api.ledger.job(job_id)
        assert (job.outcome, job.ended_by) == ("failed", "the new run")
