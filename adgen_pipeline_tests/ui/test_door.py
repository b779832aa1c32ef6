"""The UI beyond loopback: nothing of it without the token, by programs, by hand and in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import InvalidStatus

from adgen_pipeline.ui.login import GUESSES
from adgen_pipeline_tests.browser import browser  # noqa: F401 - a fixture
from adgen_pipeline_tests.defs.test_webserver import COUNT
from adgen_pipeline_tests.ui.serving import TOKEN, serving
from adgen_pipeline_tests.ui.test_guard import socket_of

ASK = {"query": COUNT}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ui")
    with serving(folder, "--host", "0.0.0.0", UI_TOKEN=TOKEN, UI_URL="https://dagster.example") as url:
        yield url
    assert TOKEN not in (folder / "log").read_text()


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=30) as http:
        yield http


@pytest.mark.parametrize(
    "path", ["/", "/locations", "/server_info", "/static/js/main.js", "/logs/a/b", "/report_asset_check/a"]
)
def test_nothing_is_served_without_the_token(http: httpx.Client, path: str) -> None:
    """Programs are told what to send; a browser gets the page that asks for it."""
    reply, page = http.get(path), http.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == 401 and reply.headers["www-authenticate"].startswith("Bearer")
    assert "UI_TOKEN" in reply.json()["errors"][0]["message"]
    assert page.status_code == 401 and 'name="token"' in page.text and "script" not in page.text


def test_a_program_shows_the_token(http: httpx.Client, url: str) -> None:
    """As `Authorization: Bearer`; a wrong one, or none, reads nothing and launches nothing."""
    replies = [
        http.post("/graphql", json=ASK, headers=headers) for headers in (BEARER, {"Authorization": "Bearer x"}, {})
    ]
    assert [reply.status_code for reply in replies] == [200, 401, 401]
    assert replies[0].json()["data"]["runsOrError"]["count"] == 0
    with pytest.raises(InvalidStatus) as refused, socket_of(url, {"Origin": url}):
        pass
    assert refused.value.response.status_code == 401


def test_a_login_is_remembered_by_a_cookie(http: httpx.Client) -> None:
    """Which scripts cannot read, which other sites' requests do not carry, and which does not hold the token."""
    reply = http.post("/login", data={"token": TOKEN, "next": "/runs?q=1"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/runs?q=1")
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and TOKEN not in cookie
    assert http.post("/graphql", json=ASK).status_code == 200
    name, value = next(iter(http.cookies.items()))
    http.cookies.clear()
    later = re.sub(r"^\d+", lambda end: str(int(end[0]) + 1), value)
    for forged in (later, value[:-1] + ("0" if value[-1] != "0" else "1"), "", "."):
        http.cookies.set(name, forged)
        assert http.post("/graphql", json=ASK).status_code == 401
        http.cookies.clear()


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "\t//evil.example"]
)
def test_a_login_leads_nowhere_else(http: httpx.Client, elsewhere: str) -> None:
    """A link to the login page cannot send whoever follows it to a page of others."""
    assert http.post("/login", data={"token": TOKEN, "next": elsewhere}).headers["location"] == "/"


def test_a_page_of_others_cannot_log_anybody_in(http: httpx.Client) -> None:
    """Nor make them guess."""
    reply = http.post("/login", data={"token": TOKEN}, headers={"Origin": "https://evil.example"})
    assert reply.status_code == 403 and "set-cookie" not in reply.headers


def test_addresses_are_ours_and_names_are_not(http: httpx.Client) -> None:
    """Beyond loopback any address may lead here, and the name of UI_URL, but none that nobody told of."""
    hosts = ("192.0.2.1:3000", "[2001:db8::1]:3000", "dagster.example", "evil.example")
    replies = [http.post("/graphql", json=ASK, headers=BEARER | {"Host": host}) for host in hosts]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 421]


def test_the_real_ui_works_behind_the_login(browser: Browser, url: str, tmp_path: Path) -> None:  # noqa: F811
    """In a browser: a wrong token, the right one, then the job's page with its live connection and its launchpad."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    sockets: list[str] = []
    errors: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"{url}/locations")
    page.get_by_label("Token").fill("wrong")
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("adgen_pipeline.definitions").first).to_be_visible()
    assert page.url == f"{url}/deployment/locations"
    page.goto(f"{url}/locations/adgen_pipeline.definitions/jobs/generate_ad/playground")
    expect(page.get_by_role("button", name="Launch run")).to_be_visible()
    expect(page.locator(".CodeMirror").first).to_be_visible()
    page.goto(f"{url}/locations/adgen_pipeline.definitions/jobs/generate_ad")
    expect(page.get_by_role("heading", name="generate_ad")).to_be_visible()
    assert sockets and not errors
    page.goto(f"data:text/html,<a href='{url}/runs'>a link in a chat</a>")
    page.get_by_role("link").click()
    expect(page.get_by_role("link", name="Runs").first).to_be_visible()


def test_guessing_comes_to_an_end(http: httpx.Client) -> None:
    """Last of all: after ten wrong tokens not even the right one is looked at for a minute, by either way in.

    Who has the cookie stays in.
    """
    assert http.post("/login", data={"token": TOKEN}).status_code == 303
    wrong = {"Authorization": "Bearer wrong"}
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.66")
    with httpx.Client(base_url=http.base_url, transport=elsewhere) as stranger:
        for _ in range(GUESSES):
            stranger.post("/login", data={"token": "wrong"})
            stranger.post("/graphql", json=ASK, headers=wrong)
        replies = stranger.post("/login", data={"token": TOKEN}), stranger.post("/graphql", json=ASK, headers=BEARER)
    assert [reply.status_code for reply in replies] == [429, 429]
    assert http.post("/graphql", json=ASK).status_code == 200


def test_a_stranger_behind_the_same_proxy_locks_no_program_out(http: httpx.Client) -> None:
    """An address that the right token came from is not locked out by wrong ones: the API itself may share it."""
    assert http.post("/graphql", json=ASK, headers=BEARER).status_code == 200
    replies = [http.post("/graphql", json=ASK, headers={"Authorization": "Bearer wrong"}) for _ in range(GUESSES + 1)]
    assert {reply.status_code for reply in replies} == {401}
    assert http.post("/graphql", json=ASK, headers=BEARER).status_code == 200
