"""Who is let in: tokens, foreign pages and names, how many ads a client may create, how long a body may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest

from adgen_pipeline.api.app import create_app
from adgen_pipeline.api.guards import Guard
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.conftest import PROMPT, running_api
from adgen_pipeline_tests.ports import free_port

JSON = {"Content-Type": "application/json"}
CREATE = "/api/v1/generate-ad"


@contextmanager
def front(monkeypatch: pytest.MonkeyPatch, host: str = "127.0.0.1", **settings: Any) -> Iterator[httpx.Client]:
    """A client of an API whose Dagster is down: who is let in is told 503, after that."""
    for name, value in ({"DAGSTER_URL": f"http://127.0.0.1:{free_port()}"} | settings).items():
        monkeypatch.setenv(name, value)
    with running_api(Settings.read(), host) as url, httpx.Client(base_url=url, timeout=30) as http:
        yield http


def test_beyond_loopback_it_does_not_start_without_a_token(home: Any) -> None:
    """Anybody on the network could spend the owner's money."""
    with pytest.raises(InvalidSetting, match="API_TOKENS"), running_api(Settings.read(), "0.0.0.0"):
        pass


def test_tokens_open_everything_but_health(monkeypatch: pytest.MonkeyPatch) -> None:
    """401 without one, with a wrong one and with half of one; health stays open and tells nothing secret."""
    with front(monkeypatch, "0.0.0.0", API_TOKENS="first-token-of-two, second-token-of-two") as http:
        for path in ("/api/v1/jobs", "/api/v1/jobs/x", "/api/v1/metrics", "/metrics"):
            for given in ({}, {"Authorization": "Bearer first"}, {"Authorization": "Basic first-token-of-two"}):
                reply = http.get(path, headers=given)
                assert reply.status_code == 401 and reply.headers["WWW-Authenticate"] == "Bearer"
                assert reply.json()["error"]["code"] == "INVALID_INPUT" and "first-token" not in reply.text
        assert http.post(CREATE, json={"prompt": PROMPT}).status_code == 401
        assert http.get("/api/v1/jobs", headers={"Authorization": "Bearer second-token-of-two"}).status_code == 200
        assert http.get("/health").status_code == 503


def test_a_page_of_another_site_cannot_launch_ads(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its origin, by a form, and by a name that points to this machine; our own pages and a listed origin can."""
    with front(monkeypatch, CORS_ORIGINS="https://ads.example.com") as http:
        own = f"http://127.0.0.1:{http.base_url.port}"
        refused = [
            ({"Origin": "https://evil.example"}, 403, "CORS_ORIGINS"),
            ({"Origin": "null"}, 403, "CORS_ORIGINS"),
            ({"Host": f"evil.example:{http.base_url.port}", "Origin": "http://evil.example"}, 403, "not a name"),
            ({"Sec-Fetch-Site": "cross-site"}, 403, "another site"),
            ({"Content-Type": "text/plain"}, 415, "application/json"),
            ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "application/json"),
        ]
        for headers, status, told in refused:
            reply = http.post(CREATE, content=b'{"prompt":"x"}', headers=JSON | headers)
            assert reply.status_code == status and told in reply.json()["error"]["message"], headers
        assert http.get("/api/v1/jobs", headers={"Host": "evil.example"}).status_code == 403
        assert http.post("/api/v1/jobs/x/cancel", headers={"Origin": "https://evil.example"}).status_code == 403
        for origin in (own, "https://ads.example.com"):
            assert http.post(CREATE, json={"prompt": PROMPT}, headers={"Origin": origin}).status_code == 503


def test_cors_answers_listed_origins_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's question before a create, and the answer that its page may read, errors included."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,idempotency-key"}
    with front(monkeypatch, CORS_ORIGINS="https://ads.example.com") as http:
        let_in = http.options(CREATE, headers=asked | {"Origin": "https://ads.example.com"})
        assert let_in.status_code == 200 and let_in.headers["Access-Control-Allow-Origin"] == "https://ads.example.com"
        kept_out = http.options(CREATE, headers=asked | {"Origin": "https://evil.example"})
        assert kept_out.status_code == 400 and "Access-Control-Allow-Origin" not in kept_out.headers
        missing = http.get("/api/v1/jobs/x", headers={"Origin": "https://ads.example.com"})
        assert missing.status_code == 503 and "Access-Control-Allow-Origin" in missing.headers
        assert "X-Request-Id" in missing.headers["Access-Control-Expose-Headers"]


def test_one_client_creates_so_many_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one too many is told when to ask again; another client, by its token, is not held up."""
    limits = {"API_CREATES_PER_MINUTE": "2", "API_TOKENS": f"{16 * 'a'},{16 * 'b'}"}
    with front(monkeypatch, "0.0.0.0", **limits) as http:
        mine, yours = ({"Authorization": f"Bearer {16 * token}"} for token in "ab")
        assert [http.post(CREATE, json={"prompt": PROMPT}, headers=mine).status_code for _ in range(2)] == [503, 503]
        third = http.post(CREATE, json={"prompt": PROMPT}, headers=mine)
        assert third.status_code == 429 and 1 <= int(third.headers["Retry-After"]) <= 60
        assert third.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED" and "2 ads a minute" in third.text
        assert http.get("/api/v1/jobs", headers=mine).status_code == 200
        assert http.post(CREATE, json={"prompt": PROMPT}, headers=yours).status_code == 503


def test_a_body_is_not_read_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its announced length, and where it comes in chunks without one."""
    with front(monkeypatch) as http:
        whole = http.post(CREATE, content=b" " * 300_000, headers=JSON)
        chunked = http.post(CREATE, content=(b" " * 1000 for _ in range(300)), headers=JSON)
        assert [whole.status_code, chunked.status_code] == [413, 413] and "256 kB" in chunked.text


def test_a_body_is_not_waited_for_without_end() -> None:
    """Who sends a byte a minute is told so, and the connection is free."""

    async def app(*_: Any) -> None:
        raise AssertionError("it was let in")

    async def never() -> Any:
        await anyio.sleep_forever()

    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": CREATE, "headers": [(b"host", b"127.0.0.1")]}
    anyio.run(Guard(app, None, (), body_seconds=0.01), scope, never, send)
    assert told[0]["status"] == 408 and b"did not arrive within 0.01 s" in told[1]["body"]


def test_guessing_bearer_tokens_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten wrong ones the right one is not looked at, unless one came from that address before."""
    right, wrong = ({"Authorization": f"Bearer {16 * letter}"} for letter in "ab")
    for known in (False, True):
        with front(monkeypatch, "0.0.0.0", API_TOKENS=16 * "a") as http:
            if known:
                assert http.get("/api/v1/jobs", headers=right).status_code == 200
            guesses = [http.get("/api/v1/jobs", headers=wrong).status_code for _ in range(11)]
            assert guesses == [401] * (11 if known else 10) + [429] * (not known)
            last = http.get("/api/v1/jobs", headers=right)
            assert last.status_code == (200 if known else 429) and ("Retry-After" in last.headers) is not known


def test_a_token_that_can_be_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused at the start, with the line that makes a better one, and not repeated."""
    monkeypatch.setenv("API_TOKENS", f"{16 * 'a'},hunter2")
    with pytest.raises(InvalidSetting, match="API_TOKENS: one is shorter than 16 characters") as refused:
        create_app(Settings.read())
    assert "hunter2" not in str(refused.value)


def test_every_answer_carries_the_requests_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller's own, or a new one where there is none or it is not fit for a header or a log."""
    with front(monkeypatch) as http:
        assert http.get("/health", headers={"X-Request-Id": "mine-1"}).headers["X-Request-Id"] == "mine-1"
        assert http.get("/nothing", headers={"X-Request-Id": "a b<script>"}).headers["X-Request-Id"].isalnum()
