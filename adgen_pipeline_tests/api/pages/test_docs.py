"""/docs in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Request, expect

from adgen_pipeline.api.app import create_app
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.browser import browser  # noqa: F401
from adgen_pipeline_tests.lab import serving


def test_the_description_is_drawn_without_another_server(
    browser: Browser,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its operations are listed, opened and tried out; no request leaves this server, and the console is quiet."""
    monkeypatch.setenv("DAGSTER_URL", "http://127.0.0.1:9")
    app = create_app(Settings.read())
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with app.state.api, serving(app) as url:
        page = browser.new_page()
        page.on("request", note)
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.goto(f"{url}/docs")
        page.get_by_text("/api/v1/jobs", exact=True).click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
        expect(page.locator(".live-responses-table")).to_contain_text(re.compile(r'"total":\s*0'))
        page.close()
    assert f"{url}/openapi.json" in asked
    assert [found for found in asked if not found.startswith((url, "data:"))] == []
    assert complaints == []
