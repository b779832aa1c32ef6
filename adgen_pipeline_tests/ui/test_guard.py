"""Dagster's real webserver behind the guard: attacked as a page in a browser could, and used as programs do."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from adgen_pipeline_tests.defs.test_webserver import COUNT, LAUNCH, PROMPT, Ui
from adgen_pipeline_tests.ui.serving import runs, serving

PLACE = {"repositoryName": "__repository__", "repositoryLocationName": "adgen_pipeline.definitions"}
PARAMS = {"selector": PLACE | {"pipelineName": "generate_ad"}, "runConfigData": {"prompt": PROMPT}, "mode": "default"}
BODY = {"query": LAUNCH, "variables": {"params": PARAMS}}
BY_GET = {"query": LAUNCH, "variables": json.dumps({"params": PARAMS})}
TWO = LAUNCH.replace("mutation", "mutation Launch", 1) + " query Look { version }"
JSON = {"Content-Type": "application/json"}
EVIL = {"Origin": "https://evil.example"}
MATERIALIZE = "/report_asset_materialization/final_ad"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("ui")) as url:
        yield url


@pytest.fixture(scope="module")
def ui(url: str) -> Iterator[Ui]:
    ui = Ui(url)
    yield ui
    ui.http.close()


def post(path: str = "/graphql", headers: dict[str, str] | None = None, **sent: Any) -> dict[str, Any]:
    return {"method": "POST", "url": path, "headers": headers or {}, **sent}


def get(headers: dict[str, str] | None = None, **params: Any) -> dict[str, Any]:
    return {"method": "GET", "url": "/graphql", "headers": headers or {}, "params": params}


ATTACKS = {
    "another origin": (403, post(headers=EVIL, json=BODY)),
    "a sandboxed frame": (403, post(headers={"Origin": "null"}, json=BODY)),
    "another port of this machine": (403, post(headers={"Origin": "http://127.0.0.1:1"}, json=BODY)),
    "a page that hides its origin": (403, post(headers={"Referer": "https://evil.example/"}, json=BODY)),
    "a page of the same site": (403, post(headers={"Sec-Fetch-Site": "same-site"}, json=BODY)),
    "an image": (403, get({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, **BY_GET)),
    "a followed link": (403, get({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, **BY_GET)),
    "a GET of an old browser": (405, get(**BY_GET)),
    "a GET for a page": (405, get({"Accept": "text/html"}, **BY_GET)),
    "a GET that chooses the query beside it": (405, get(query=TWO, operationName="Look")),
    "a GET that chooses the mutation": (405, get(query=TWO, operationName="Launch", variables=BY_GET["variables"])),
    "a GET of two documents": (405, get(query=["{ version }", LAUNCH], variables=BY_GET["variables"])),
    "a subscription by GET": (405, get(query="subscription { capturedLogs(logKey: []) { stdout } }")),
    "too deep a document": (405, get(query="{a" * 2000)),
    "text": (415, post(headers={"Content-Type": "text/plain"}, content=json.dumps(BODY))),
    "text that looks like JSON": (415, post(headers={"Content-Type": "text/plain; application/json"}, json=BODY)),
    "a form": (415, post(data={"query": LAUNCH})),
    "a form with the query in its address": (415, post(params=BY_GET, data={"a": "b"})),
    "a form with files": (415, post(files={"query": LAUNCH.encode()})),
    "GraphQL as such": (415, post(headers={"Content-Type": "application/graphql"}, content=LAUNCH)),
    "no type": (415, post(params=BY_GET)),
    "a name that was made to point here": (421, post(headers={"Host": "evil.example"}, json=BODY)),
    "such a name, reading": (421, {"method": "GET", "url": "/", "headers": {"Host": "evil.example:3000"}}),
    "an address that is not ours": (421, post(headers={"Host": "192.0.2.1"}, json=BODY)),
    "a name with a way in it": (421, {"method": "GET", "url": "/", "headers": {"Host": "localhost/graphql?"}}),
    "an asset's report": (403, post(MATERIALIZE, EVIL)),
    "an asset's report as text": (415, post(MATERIALIZE, {"Content-Type": "text/plain"}, content="{}")),
    "an asset's report by a name of others": (421, post(MATERIALIZE, {"Host": "evil.example"})),
    "somebody else's frame or script": (
        403,
        {"method": "GET", "url": "/server_info", "headers": {"Sec-Fetch-Site": "cross-site"}},
    ),
}


@pytest.mark.parametrize(("status", "attack"), ATTACKS.values(), ids=list(ATTACKS))
def test_an_attack_is_refused(ui: Ui, status: int, attack: dict[str, Any]) -> None:
    """With a reason, and neither a run nor an asset's event comes of it."""
    before = runs(ui)
    reply = ui.http.request(**attack)
    assert reply.status_code == status and reply.json()["errors"][0]["message"], reply.text
    events = ui.ask("{ assetsOrError { ... on AssetConnection { nodes { assetMaterializations { runId } } } } }")
    assert runs(ui) == before and "runId" not in str(events)


def test_programs_work_as_ever(ui: Ui) -> None:
    """They send no Origin: a launch by POST, a read by GET, under any of the machine's own names."""
    before, port = runs(ui), ui.http.base_url.port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        assert ui.http.get("/graphql", params={"query": COUNT}, headers={"Host": host}).json()["data"]
    launched = ui.launch("generate_ad", {"prompt": PROMPT})
    assert launched["__typename"] == "LaunchRunSuccess" and runs(ui) == before + 1


def test_a_page_may_link_to_the_ui(ui: Ui) -> None:
    """A followed link opens it; the answer may be framed and read by itself alone."""
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    reply = ui.http.get("/locations", headers=link | {"Referer": "https://chat.example/"})
    assert reply.status_code == 200 and "<html" in reply.text
    assert "frame-ancestors 'self'" in reply.headers.get_list("content-security-policy")[-1]
    assert reply.headers["x-content-type-options"] == "nosniff" and reply.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_socket_of_another_origin_is_not_opened(url: str) -> None:
    """Websockets know no same-origin policy: the server has to look."""
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        with pytest.raises(InvalidStatus) as refused, socket_of(url, headers):
            pass
        assert refused.value.response.status_code in (403, 421)


def test_subscriptions_arrive(url: str, ui: Ui) -> None:
    """A run's log by websocket, as the UI follows it."""
    run_id = ui.launch("generate_ad", {"prompt": PROMPT})["run"]["runId"]
    query = "subscription ($id: ID!) { pipelineRunLogs(runId: $id) { __typename } }"
    with socket_of(url, {"Origin": url}) as opened:
        opened.send(json.dumps({"type": "connection_init"}))
        payload = {"query": query, "variables": {"id": run_id}}
        opened.send(json.dumps({"type": "start", "id": "1", "payload": payload}))
        kinds = [json.loads(opened.recv(timeout=30)) for _ in range(2)]
    assert [kind["type"] for kind in kinds] == ["connection_ack", "data"]
    assert "PipelineRunLogsSubscriptionSuccess" in str(kinds[1])


def socket_of(url: str, headers: dict[str, str]) -> Any:
    """A websocket to the UI, as a page of that Origin or under that Host opens it."""
    at = httpx.URL(url)
    host, place = headers.get("Host", at.netloc.decode()), (at.host, at.port or 80)
    raw = socket.create_connection(place)
    return connect(f"ws://{host}/graphql", sock=raw, origin=headers.get("Origin"), subprotocols=["graphql-ws"])
