"""What goes on in a house: an ad is made, one fails, one is refused, people look at everything there is."""

import json

from adgen_pipeline_tests.attacks.house import CREATE, PROMPT, House
from adgen_pipeline_tests.attacks.traces import Trace, command_lines
from adgen_pipeline_tests.lab import Call, failure

_PAGES = ("/", "/new", "/docs", "/metrics", "/health", "/openapi.json", "/api/v1/jobs", "/api/v1/metrics")
_INSTANCE = "{ instance { info } version }"
_RUNS = """{ runsOrError { ... on Runs { results { runConfigYaml tags { key value } assets { id }
  eventConnection(limit: 1000) { events { __typename ... on MessageEvent { message } } } } } } }"""
_HARMFUL = {"prompt": PROMPT, "brand_guidelines": {"name": "<img src=x onerror=alert(1)>"}}


def live(house: House) -> list[Trace]:
    """All of it; returns the command lines that were to be seen meanwhile."""
    made = house.ad(brand_guidelines=_HARMFUL["brand_guidelines"])
    assert made["status"] == "completed", made
    seen = command_lines(house)
    for path in ("/parse", "/generate-video"):
        house.lab.on(path, _echo, always=path != "/parse")
        failed = house.ad()
        assert failed["status"] == "failed" and "refused" in json.dumps(failed), failed
    for bad in ({"prompt": "short"}, {"prompt": PROMPT, "callback_url": "http://10.0.0.1/"}, ["x"]):
        assert house.api("POST", CREATE, json=bad).status_code == 422
    _look(house, made["job_id"])
    return seen


def _echo(call: Call) -> object:
    """A service that tells what it was sent, as some do in their errors."""
    return failure(400, f"refused: {call.headers['authorization']}")(call)


def _look(house: House, job_id: str) -> None:
    for path in (*_PAGES, f"/ads/{job_id}", f"/api/v1/jobs/{job_id}"):
        house.api("GET", path, headers={"Accept": "text/html" if path in ("/", "/new") else "*/*"})
        house.api("GET", path, token="a-wrong-token-of-a-colleague")
    for query in (_INSTANCE, _RUNS):
        found = house.ui("POST", "/graphql", json={"query": query}).json()
        assert "errors" not in found, found
    for path in ("/", "/server_info", "/runs"):
        house.ui("GET", path)
        house.ui("GET", path, token="a-wrong-token-of-a-colleague")
