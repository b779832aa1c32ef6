"""The pages over real HTTP, with Dagster out of reach: what is shown, refused and escaped, and to whom."""

from collections.abc import Iterator
from decimal import Decimal

import httpx
import pytest

from adgen_pipeline.api.app import create_app
from adgen_pipeline.api.pages.ad import ORIGIN
from adgen_pipeline.campaigns.batches import commission_batch
from adgen_pipeline.campaigns.matrix import expand
from adgen_pipeline.ledger import Commission, Ledger, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.lab import serving
from adgen_pipeline_tests.ledger.calls import wanted

HTML = {"Accept": "text/html"}
HOSTILE = "<script>alert(1)</script> \" ' & a watch"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at the port that Dagster is said to have."""
    monkeypatch.setenv("DAGSTER_URL", "http://127.0.0.1:9")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger(Settings.read()) as ledger:
        ledger.begin_job("ad", Decimal(5), {"prompt": HOSTILE, "duration": 15, "aspect_ratio": "1:1"})
        yield ledger


@pytest.fixture
def http(ledger: Ledger) -> Iterator[httpx.Client]:
    app = create_app(Settings.read())
    with app.state.api, serving(app) as url, httpx.Client(base_url=url, headers=HTML) as client:
        yield client


def test_the_front_is_a_page_for_browsers_and_json_for_programs(http: httpx.Client) -> None:
    """One address, by what is asked for."""
    assert http.get("/").headers["content-type"].startswith("text/html")
    told = http.get("/", headers={"Accept": "application/json"})
    assert (told.json()["service"], told.json()["status"]) == ("ai-video-orchestrator", "running")
    assert "Accept" in told.headers["vary"]


def test_the_first_page_of_a_newcomer() -> None:
    """No ads yet: what this is, a button, and a line for a terminal."""
    app = create_app(Settings.read())
    with app.state.api, serving(app) as url:
        page = httpx.get(url, headers=HTML).text
    assert "No ads yet." in page and "Make the first ad" in page and "curl -X POST" in page


def test_what_a_brief_says_is_shown_as_words(http: httpx.Client) -> None:
    """In the gallery, on the ad's page, in its title, and in what a form is given back."""
    posted = http.post("/new", data={"prompt": HOSTILE, "name": "<b>", "duration": "1"}, headers=_from(http))
    for page in (http.get("/").text, http.get("/ads/ad").text, posted.text):
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'value="&lt;b&gt;"' in posted.text


def test_a_batch_is_shown_with_what_waits_and_what_cannot_be_made(http: httpx.Client, ledger: Ledger) -> None:
    """Its variants by their names, the reason of one that cannot be launched, the sums; another name is a page, too."""
    variants = [{"label": HOSTILE, "seed": 1}, {"label": "square", "aspect_ratio": "1:1"}]
    ads = expand({"prompt": "Create a watch ad", "matrix": {"variants": variants}})
    first, _ = commission_batch(ledger, "spring/summer", ads, "batch spring.yaml", "daemon")
    ledger.commissions.refused(first.key, "of: 'x' is no job")
    page = http.get("/batches/spring%2Fsummer")
    assert page.status_code == 200 and "2 ads: 1 waiting, 1 failed" in page.text and "Create a watch ad" in page.text
    assert "of: &#39;x&#39; is no job" in page.text and "127.0.0.1:9" in page.text and 'class="card r1x1"' in page.text
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    unknown = http.get("/batches/nobody")
    assert unknown.status_code == 404 and "There is no such batch." in unknown.text


def test_an_ads_page_leads_to_its_batch(http: httpx.Client, ledger: Ledger) -> None:
    """By a link that also holds where the batch's name is no plain word; an ad of no batch has none."""
    only = expand({"prompt": "Create a watch ad", "matrix": {"seeds": [1]}})
    (ad,) = commission_batch(ledger, "a b/c?d", only, "batch x.yaml", "daemon")
    ledger.commissions.launched(ad.key, "made")
    ledger.begin_job("made", Decimal(5), ad.brief)
    page = http.get("/ads/made").text
    assert 'href="/batches/a%20b/c%3Fd"' in page and "1 ad: " in http.get("/batches/a%20b/c%3Fd").text
    assert "/batches/" not in http.get("/ads/ad").text


def test_an_ads_page_leads_to_its_run(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where people reach the UI, which may not be where the API does."""
    monkeypatch.setenv("UI_URL", "https://dagster.example.com/")
    app = create_app(Settings.read())
    with app.state.api, serving(app) as url:
        assert 'href="https://dagster.example.com/runs/ad"' in httpx.get(f"{url}/ads/ad", headers=HTML).text


def test_no_page_runs_what_is_not_ours(http: httpx.Client) -> None:
    """Only files of this server are loaded, by pages that no other may frame and nobody keeps."""
    for path in ("/", "/ads/ad", "/new", "/sign-in", "/ads/nobody", "/batches/nobody"):
        answer = http.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert " style=" not in answer.text and " onclick" not in answer.text and "<script>" not in answer.text


def test_a_form_is_taken_from_our_own_pages_alone(http: httpx.Client) -> None:
    """No other site, and nothing that does not say where it comes from, spends money or stops an ad."""
    foreign = [
        {},
        {"Origin": "https://evil.example"},
        _from(http) | {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ]
    for path in ("/new", "/ads/ad/cancel", "/ads/ad/retry", "/sign-in", "/sign-out"):
        for headers in foreign:
            assert http.post(path, data={"what": "make"}, headers=headers).status_code == 403, (path, headers)


def test_a_form_that_does_not_fit_says_what_would(http: httpx.Client) -> None:
    """Beside each field, and what was written is still there; a limit that is no number is refused in words."""
    given = {"prompt": "short", "duration": "99", "max_cost": "much", "aspect_ratio": "4:3", "what": "make"}
    answer = http.post("/new", data=given, headers=_from(http))
    assert answer.status_code == 422 and ">short</textarea>" in answer.text
    for field in ("prompt", "duration", "max_cost", "aspect_ratio"):
        assert f'id="{field}-wrong"' in answer.text
    retried = http.post("/ads/ad/retry", data={"max_cost": "-1"}, headers=_from(http))
    assert retried.status_code == 422 and "write US dollars above 0" in retried.text


def test_the_price_is_shown_before_anything_is_bought(http: httpx.Client, ledger: Ledger) -> None:
    """The embedded studio makes it for nothing, and says so; no ad was launched."""
    given = {"prompt": "A watch for people who think", "duration": "15", "what": "estimate"}
    answer = http.post("/new", data=given, headers=_from(http))
    assert answer.status_code == 200
    assert "Free" in answer.text and "the embedded studio makes it all" in answer.text
    assert len(ledger.jobs()) == 1


def test_pages_are_there_while_dagster_is_not(http: httpx.Client, ledger: Ledger) -> None:
    """They show what the ledger knows, and say that it may not be all; what cannot be done is told as a page."""
    ledger.claim(wanted(scene="scene_01"), "me")
    for path in ("/", "/?status=live", "/ads/ad"):
        page = http.get(path)
        assert page.status_code == 200 and "127.0.0.1:9" in page.text
    refused = http.post("/ads/ad/cancel", headers=_from(http))
    assert refused.status_code == 503 and "Not just now." in refused.text and 'href="/ads/ad"' in refused.text


def test_an_ad_that_failed_its_checks_is_not_gone_on_with(http: httpx.Client, ledger: Ledger) -> None:
    """A retry would end as before, so there is no button for one, but the way to buy a part anew; others have it."""
    for job, code in (("unfit", "QUALITY_CHECK_FAILED"), ("cut-off", "TIMEOUT")):
        ledger.begin_job(job, Decimal(1), {"prompt": "Create an ad for a watch"})
        ledger.end_job(job, "failed", job, {"code": code, "message": "it did not work out"})
    unfit, cut_off = (http.get(f"/ads/{job}").text for job in ("unfit", "cut-off"))
    assert "Go on from there" not in unfit and "adgen remake unfit --stage composition" in unfit
    assert "Go on from there" in cut_off


def test_an_ad_nobody_knows_is_a_page_too(http: httpx.Client, ledger: Ledger) -> None:
    """Dagster might know it; other addresses are 404."""
    assert "<h1>" in http.get("/ads/nobody").text
    assert http.get("/static/routes.py").status_code == 404
    assert http.get("/ads/..%2f..%2fetc").status_code in (404, 422)


def test_the_files_of_the_pages(http: httpx.Client) -> None:
    """Styles, script and the ads' own typefaces come from here."""
    for name, kind in (("pages.css", "text/css"), ("live.js", "text/javascript"), ("serif.ttf", "font/ttf")):
        answer = http.get(f"/static/{name}")
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind) and answer.content


def test_old_ads_are_found_page_by_page(http: httpx.Client, ledger: Ledger) -> None:
    """Newest first, 24 to a page, each ad once."""
    for number in range(30):
        ledger.begin_job(f"job-{number}", Decimal(5), {"prompt": f"Create ad number {number}"})
    first, second = http.get("/").text, http.get("/?page=1").text
    assert (first.count('class="card'), second.count('class="card')) == (24, 7)
    assert "31 ads" in first and 'rel="next"' in first and 'rel="prev"' in second and 'rel="next"' not in second
    assert "job-29" in first and "job-0&" not in first and "Create ad number 0<" in second


def test_an_ad_among_many_is_found_by_words_and_batch(http: httpx.Client, ledger: Ledger) -> None:
    """Cards of a batch say which variant they are and lead to it; what is counted is what is listed."""
    variants = [{"label": "big type", "seed": 1}, {"label": "small type", "seed": 2}]
    ads = expand({"prompt": "Create a pen ad", "matrix": {"variants": variants}})
    for n, each in enumerate(commission_batch(ledger, "a b", ads, "batch x.yaml", "daemon")):
        ledger.commissions.launched(each.key, f"pen-{n}")
        ledger.begin_job(f"pen-{n}", Decimal(5), each.brief)
    found = http.get("/?text=PEN+AD").text
    assert found.count('class="card') == 2 and "2 ads<" in found and "alert" not in found
    assert "big type" in found and "small type" in found and 'href="/batches/a%20b"' in found
    assert 'value="PEN AD"' in found and 'href="/?status=failed&amp;text=PEN+AD"' in found
    assert http.get("/?batch=a+b&text=watch").text.count('class="card') == 0
    assert http.get("/?batch=a+b").text.count('class="card') == 2
    assert http.get("/?text=%25").text.count('class="card') == 0


BRAND = {
    "name": "Aurum",
    "tagline": "Own your time.",
    "call_to_action": "Discover now",
    "primary_color": "#D4AF37",
    "secondary_color": "#000000",
    "logo_url": "https://aurum.example/logo.png",
}


def test_the_whole_of_a_brief_can_be_written(http: httpx.Client) -> None:
    """Brand, captions and seed, too; what does not fit stands beside its field, which is open to be seen."""
    given = {"prompt": "Create a luxury watch ad", "duration": "15", "captions": "burned", "seed": "7"} | BRAND
    assert http.post("/new", data=given, headers=_from(http)).status_code == 200
    wrong = {"primary_color": "gold", "seed": "-1", "logo_url": "x", "captions": "on"}
    answer = http.post("/new", data=given | wrong, headers=_from(http))
    assert answer.status_code == 422 and all(f'id="{name}-wrong"' in answer.text for name in wrong)
    assert '<details class="more" open>' in answer.text
    assert '<details class="more">' in http.get("/new").text


def test_an_earlier_ads_brief_fills_the_form(http: httpx.Client, ledger: Ledger) -> None:
    """All of it, and what the form has no field for is kept unless one says no; a draft is made in full size."""
    brief = {"prompt": "Create a luxury watch ad", "duration": 15, "aspect_ratio": "16:9", "draft": True, "seed": 7}
    scenes = [{"index": 9, "prompt": "A hand in the rain"}]
    brief |= {"brand_guidelines": BRAND, "captions": "burned", "words": {"headline": "Mine"}, "scenes": scenes}
    ledger.begin_job("earlier", Decimal(5), brief)
    ledger.end_job("earlier", "failed", "run", {"code": "COMPOSITION_FAILED", "message": "no"})
    page = http.get("/ads/earlier").text
    assert 'href="/new?from=earlier"' in page and "Change the brief" in page
    assert all(told in page for told in BRAND.values()) and "Mine" in page
    form = http.get("/new?from=earlier").text
    assert all(f'value="{value}"' in form for value in BRAND.values()) and 'value="7"' in form
    assert 'value="16:9" selected' in form and 'value="burned" selected' in form
    assert 'id="draft" name="draft" type="checkbox" value="true" checked' in form
    assert " checked" not in http.get("/new?from=earlier&full_size=true").text.partition('id="draft"')[2]
    assert "its own scenes, its own words" in form and "stays as it is" in form
    changed = {"prompt": "Another luxury watch ad", "from": "earlier"}
    kept = http.post("/new", data=changed | {"keep": "true"}, headers=_from(http))
    assert kept.status_code == 422 and "scenes" in kept.text.partition('role="alert">')[2][:80]
    assert http.post("/new", data=changed, headers=_from(http)).status_code == 200
    assert http.get("/new?from=nobody").status_code == 503 and http.get("/new?from=..%2Fx").status_code >= 400


def test_the_page_says_how_an_ad_came(http: httpx.Client, ledger: Ledger) -> None:
    """By the page's own form, by hand, or from an earlier ad of which a scene was bought again."""
    again = {"reuse": {"refresh": ["scene_02", "composition"], "of": "0123456789"}}
    ledger.begin_job("remade", Decimal(5), {"prompt": "Create a watch ad"} | again)
    formed = Commission(key="k", origin=ORIGIN, launched_by="api", brief={"prompt": "Create a watch ad"})
    ledger.commissions.add([formed])
    ledger.commissions.launched("k", "formed")
    ledger.begin_job("formed", Decimal(5), formed.brief)
    assert "remade from 01234567 (scene 2, composition)" in http.get("/ads/remade").text
    assert "<dd>this page</dd>" in http.get("/ads/formed").text
    assert "<dd>the Dagster UI or the command line</dd>" in http.get("/ads/ad").text


@pytest.fixture
def guarded(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The pages of an API with tokens."""
    monkeypatch.setenv("API_TOKENS", "one-token-of-many, another-token-of-many")
    app = create_app(Settings.read())
    with app.state.api, serving(app) as url, httpx.Client(base_url=url, headers=HTML) as client:
        yield client


def test_behind_the_door_is_who_has_a_token(guarded: httpx.Client) -> None:
    """Every page leads to the door and back; the cookie holds no token, opens no REST, and cannot be made up."""
    for path in ("/", "/ads/ad", "/batches/b", "/new", "/ads/ad/events"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?to={path}")
    entered = guarded.post("/sign-in", data={"token": "another-token-of-many", "to": "/ads/ad"}, headers=_from(guarded))
    assert (entered.status_code, entered.headers["location"]) == (303, "/ads/ad")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "token" not in cookie.partition("=")[2]
    assert guarded.get("/ads/ad").status_code == 200
    assert guarded.get("/api/v1/jobs").status_code == 401
    expires, _, signature = guarded.cookies["adgen_session"].partition(".")
    for made_up in (f"{int(expires) + 1}.{signature}", f"1.{signature}", "", "x.y", f"{expires}."):
        guarded.cookies.set("adgen_session", made_up, domain="127.0.0.1")
        assert (
            httpx.get(str(guarded.base_url), headers=HTML | {"Cookie": f"adgen_session={made_up}"}).status_code == 303
        )


def test_the_door_leads_to_our_own_pages_alone(guarded: httpx.Client) -> None:
    """A link to the door sends nobody elsewhere, and a wrong token nobody anywhere."""
    for to in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""):
        given = {"token": "one-token-of-many", "to": to}
        assert guarded.post("/sign-in", data=given, headers=_from(guarded)).headers["location"] == "/"
    wrong = guarded.post("/sign-in", data={"token": "guess"}, headers=_from(guarded))
    assert wrong.status_code == 403 and "none of the tokens" in wrong.text and "set-cookie" not in wrong.headers


def test_the_door_takes_no_guesses_without_end(guarded: httpx.Client) -> None:
    """After ten wrong tokens even a right one has to wait, and is told for how long; who is in stays in."""
    right = {"token": "one-token-of-many"}
    assert guarded.post("/sign-in", data=right, headers=_from(guarded)).status_code == 303
    guesses = [guarded.post("/sign-in", data={"token": f"guess {n}"}, headers=_from(guarded)) for n in range(11)]
    assert [guess.status_code for guess in guesses] == [403] * 10 + [429]
    late = guarded.post("/sign-in", data=right, headers=_from(guarded))
    assert late.status_code == 429 and 1 <= int(late.headers["retry-after"]) <= 60
    assert "10 wrong tokens" in late.text and guarded.get("/").status_code == 200


def _from(http: httpx.Client) -> dict[str, str]:
    """As a browser sends a form from a page of this server."""
    return {"Origin": str(http.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
