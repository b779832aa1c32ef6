"""What people see in a browser, and what docs/frontend.md tells developers, over a real Dagster and API."""

import json
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from adgen_pipeline.api.app import create_app
from adgen_pipeline_tests.api.conftest import Dagster
from adgen_pipeline_tests.browser import browser  # noqa: F401
from adgen_pipeline_tests.lab import Lab, failure
from adgen_pipeline_tests.npm import npm_package

DOCS = Path(__file__).parents[2] / "docs" / "frontend.md"
HOSTILE = "<script>window.hacked=1</script> A notebook that stays open, </title><img src=x onerror=window.hacked=1>"
TOKEN = "open-sesame-and-then-some"
_SECONDS = 60
_REFUSED = re.compile(r"responded with a status of 40[34]")
"""A page that is refused or missing, as some of these are meant to be."""

HARNESS = """
import { AdgenError, cancel, create, follow, goOn, look } from "./adgen.js";
import type { Job } from "./adgen.js";
declare const process: { argv: string[] };
const api = { url: process.argv[2]!, token: process.argv[3]! };
const brief = { prompt: "Create an ad for a luxury watch", duration: 15, reuse: "off" };

async function refusal(doing: Promise<unknown>): Promise<unknown> {
  const error = await doing.then(() => null, (error) => error);
  return error instanceof AdgenError && { status: error.status, code: error.code, message: error.message };
}
const bad = await refusal(create(api, { prompt: "short", duration: 99 }));
const unknown = await refusal(look(api, "nobody"));
const stranger = await refusal(look({ url: api.url, token: "wrong" }, "nobody"));

const jobId = await create(api, brief);
const seen: Job[] = [];
const cancelled = await follow(api, jobId, (job) => {
  const begun = job.progress.percentage >= 35;
  if (begun && !seen.some((earlier) => earlier.progress.percentage >= 35)) void cancel(api, jobId);
  seen.push(job);
});
await goOn(api, jobId, 8);
const done = await follow(api, jobId, () => {});
console.log(JSON.stringify({ bad, unknown, stranger, seen, cancelled, done }));
"""


@contextmanager
def listening_api(dagster: Dagster, **more: str) -> Iterator[str]:
    """The API on a free port, its links leading to itself."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(dagster.settings(API_URL=url, API_CREATES_PER_MINUTE="1000", **more))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def url(dagster: Dagster) -> Iterator[str]:
    """The API as it runs on one's own machine."""
    with listening_api(dagster) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:  # noqa: F811
    """A tab; what its console complains of fails the test."""
    with _tab(browser.new_context(viewport={"width": 1280, "height": 900})) as page:
        yield page


@contextmanager
def _tab(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(_SECONDS * 1000)
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not [told for told in complaints if not _REFUSED.search(told)]


def test_an_ad_from_the_form_to_the_player(page: Page, url: str, lab: Lab) -> None:
    """Asked for with its price known, watched while it is made without reloading, played, found in the gallery.

    Whatever its brief says is shown as words.
    """
    lab.latency |= {"/generate-video": 1.5}
    page.goto(url)
    page.get_by_role("link", name="New ad").first.click()
    page.get_by_label("What is advertised").fill(HOSTILE)
    page.get_by_label("Seconds").fill("15")
    page.get_by_text("Brand and more").click()
    page.get_by_label("Brand", exact=True).fill('"><b>Folio</b>')
    page.get_by_role("button", name="See what it costs").click()
    expect(page.get_by_role("status")).to_contain_text("About $1.")
    page.get_by_role("button", name="Make this ad").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    page.evaluate("window.never_reloaded = true")
    progress = page.get_by_role("progressbar")
    expect(page.get_by_role("status")).to_contain_text("Filming the scenes", timeout=_SECONDS * 1000)
    assert 35 <= float(progress.get_attribute("value") or 0) < 100
    expect(page.get_by_role("img", name="Keyframe of scene 3")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Ready", timeout=_SECONDS * 1000)
    assert page.evaluate("window.never_reloaded") and page.evaluate("window.hacked") is None
    expect(page.get_by_role("row", name="Total")).to_contain_text("$1.00")
    assert _plays(page)

    with page.expect_download() as saved:
        page.get_by_role("link", name="Download").click()
    assert saved.value.suggested_filename == "script-window-hacked-1-script-a-9x16.mp4"

    page.get_by_role("link", name="All ads").click()
    expect(page.get_by_role("listitem").get_by_role("link").first).to_have_text(HOSTILE)
    assert page.evaluate("document.querySelector('.poster img').naturalWidth") > 0


def test_a_batch_from_its_page_to_its_ads(page: Page, url: str, lab: Lab) -> None:
    """Its variants are made side by side without reloading, the sums say what was saved, and pages lead both ways."""
    lab.latency |= {"/generate-video": 0.5}
    brief = {"prompt": "Create an ad for a quiet fountain pen", "duration": 15, "reuse": "on"}
    matrix = {"headlines": ["Write slowly.", "Mean it."]}
    created = httpx.post(f"{url}/api/v1/batches", json=brief | {"matrix": matrix}).json()
    page.goto(f"{url}/batches/{created['batch_id']}")
    page.evaluate("window.never_reloaded = true")
    expect(page.get_by_role("status")).to_have_text("2 ads: 2 ready", timeout=_SECONDS * 1000)
    assert page.evaluate("window.never_reloaded")
    expect(page.get_by_role("row", name="Total")).to_have_text(re.compile(r"9\s*7\s*\$1\.07\s*\$0\.93"))
    assert page.evaluate("document.querySelector('.poster img').decode().then(() => true)")
    page.get_by_role("link", name="headline 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(brief["prompt"])
    page.get_by_role("link", name=created["batch_id"]).click()
    expect(page.get_by_role("status")).to_have_text("2 ads: 2 ready")


def test_the_pages_fit_a_phone_and_everybody(browser: Browser, url: str) -> None:  # noqa: F811
    """Nothing is cut off at 360 pixels, and axe finds nothing in anybody's way: light and dark, all kinds of pages."""
    axe = (npm_package("axe-core") / "axe.min.js").read_text()
    newest = _ad_of_a_batch(url)
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
        )
        with _tab(context) as page:
            for path in (
                "/",
                f"/ads/{newest['job_id']}",
                f"/batches/{newest['batch']}",
                "/new",
                "/sign-in",
                "/ads/nobody?",
            ):
                found = page.goto(url + path)
                assert found and (found.status == 200 or path.startswith("/ads/nobody"))
                assert page.evaluate("document.documentElement.scrollWidth") == 360, path
                page.evaluate(axe)
                violations = page.evaluate(
                    "axe.run().then(found => found.violations.map(v => [v.id, v.nodes[0].html]))"
                )
                assert violations == [], path


def _ad_of_a_batch(url: str) -> dict[str, Any]:
    """A finished one, and its neighbours."""
    matrix = {"prompt": "Create an ad for a calm kettle", "duration": 15, "matrix": {"headlines": ["Wait.", "Pour."]}}
    batch = httpx.post(f"{url}/api/v1/batches", json=matrix).json()["batch_id"]
    until = time.monotonic() + _SECONDS
    while True:
        made = [job for job in httpx.get(f"{url}/api/v1/jobs").json()["jobs"] if job["batch"] == batch]
        if [job["status"] for job in made] == ["completed"] * 2:
            return dict(made[0])
        assert time.monotonic() < until, made
        time.sleep(0.5)


def test_a_failed_ad_says_why_and_goes_on(page: Page, url: str, lab: Lab) -> None:
    """The error in words, and one button: what is paid is kept."""
    lab.on("/compose", failure(400, "the music is not licensed"))
    brief = {"prompt": "Create an ad for a luxury watch", "duration": 15, "reuse": "off"}
    job_id = httpx.post(f"{url}/api/v1/generate-ad", json=brief).json()["job_id"]
    page.goto(f"{url}/ads/{job_id}")
    expect(page.get_by_text("The ad could not be cut.")).to_be_visible(timeout=_SECONDS * 1000)
    expect(page.get_by_text("the music is not licensed")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_text("the music is not licensed")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Change the brief")).to_be_visible()
    bought = len(lab.of("/generate-video"))
    page.get_by_role("button", name="Go on from there").click()
    expect(page.get_by_role("status")).to_contain_text("Ready", timeout=_SECONDS * 1000)
    assert len(lab.of("/generate-video")) == bought


def test_an_ad_is_cancelled_from_its_page(page: Page, url: str, lab: Lab) -> None:
    """After a second thought; and the page offers to go on with it."""
    lab.latency |= {"/generate-video": 2.0}
    brief = {"prompt": "Create an ad for a luxury watch", "duration": 15, "reuse": "off"}
    job_id = httpx.post(f"{url}/api/v1/generate-ad", json=brief).json()["job_id"]
    page.goto(f"{url}/ads/{job_id}")
    expect(page.get_by_role("status")).to_contain_text("Filming", timeout=_SECONDS * 1000)
    page.get_by_text("Cancel this ad").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("status")).to_contain_text("Cancelled", timeout=_SECONDS * 1000)
    expect(page.get_by_role("button", name="Go on with it")).to_be_visible()


def test_with_tokens_there_is_a_door(page: Page, dagster: Dagster) -> None:
    """A token is exchanged for a cookie that no script can read; events, media and forms work behind it."""
    with listening_api(dagster, API_TOKENS=TOKEN) as guarded:
        page.goto(f"{guarded}/new")
        page.get_by_label("Access token").fill("guess")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Access token").fill(TOKEN)
        expect(page.get_by_role("alert")).to_contain_text("none of the tokens")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A new ad")
        assert TOKEN not in json.dumps(page.context.cookies()) and page.evaluate("document.cookie") == ""
        page.get_by_role("link", name="All ads").click()
        page.get_by_role("listitem").get_by_role("link").first.click()
        assert page.evaluate("document.querySelector('.board img').decode().then(() => true)")
        page.get_by_role("button", name="Sign out").click()
        page.goto(guarded)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_pages_curl(url: str, lab: Lab, tmp_path: Path) -> None:
    """Every line for a terminal, one after the other, as they stand on the page."""
    lab.latency |= {"/generate-video": 0.2}
    script = "set -euo pipefail\n" + "".join(_pieces("sh"))
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"API": url},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '"expected"' in done.stdout and "event: end" in done.stdout
    ad = (tmp_path / "ad.mp4").read_bytes()
    assert ad[4:8] == b"ftyp" and (tmp_path / "beginning.mp4").read_bytes() == ad[:1024]


def test_the_pages_typescript(dagster: Dagster, lab: Lab, tmp_path: Path) -> None:
    """The client compiles in the strictest mode, and does what the page says, with a token."""
    lab.latency |= {"/generate-video": 1.0}
    compiler = npm_package("typescript") / "bin" / "tsc"
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "adgen.ts").write_text("".join(_pieces("ts")))
    (tmp_path / "harness.ts").write_text(HARNESS)
    options = "--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --target es2022 --module nodenext"
    libraries = "--lib es2023,dom,dom.iterable,dom.asynciterable"
    _run(["node", str(compiler), *options.split(), *libraries.split(), "harness.ts"], tmp_path)
    with listening_api(dagster, API_TOKENS=f"another-token-of-16,{TOKEN}") as guarded:
        told = json.loads(_run(["node", "harness.js", guarded, TOKEN], tmp_path))
        assert (told["bad"]["status"], told["bad"]["code"]) == (422, "INVALID_INPUT")
        assert "prompt: " in told["bad"]["message"] and "duration: " in told["bad"]["message"]
        assert (told["unknown"]["status"], told["stranger"]["status"]) == (404, 401)
        percentages = [job["progress"]["percentage"] for job in told["seen"]]
        assert percentages == sorted(percentages) and len(set(percentages)) > 1
        assert (told["cancelled"]["status"], told["done"]["status"]) == ("cancelled", "completed")
        assert httpx.get(told["done"]["result"]["video_url"]).status_code == 200


def _plays(page: Page) -> bool:
    """Whether the video's time goes on once it is started."""
    return bool(
        page.evaluate(
            """async () => {
                const video = document.querySelector("video");
                video.muted = true;
                await video.play();
                while (video.currentTime < 0.3) await new Promise((frame) => requestAnimationFrame(frame));
                return video.videoWidth > 0;
            }"""
        )
    )


def _pieces(language: str) -> list[str]:
    """The pieces of the page in `language`, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCS.read_text(), re.MULTILINE | re.DOTALL)


def _run(command: list[str], folder: Path) -> str:
    done: Any = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)
