"""A real browser for tests of pages: the machine's own chromium, driven by playwright.

    from adgen_pipeline_tests.browser import browser  # noqa: F401

Module-scoped, as playwright leaves its event loop running in the thread of the test: code under test that calls
`asyncio.run` there belongs into another module.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless chromium. Raises FileNotFoundError with the line that installs it."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise FileNotFoundError("no chromium here; on Debian: apt-get install -y chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless chromium; the test is skipped where there is none, with the line that installs it."""
    if not any(map(shutil.which, _PROGRAMS)):
        pytest.skip("no chromium here; on Debian: apt-get install -y chromium")
    with chromium() as opened:
        yield opened
