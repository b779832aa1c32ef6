"""`adgen check-service` as people meet it."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from adgen_pipeline.cli.main import main
from adgen_pipeline.conformance.requests import KINDS
from adgen_pipeline.studio.launch import EmbeddedStudio
from adgen_pipeline_tests.conformance.exemplary import Exemplary, running

TOKEN = "t0ken-of-the-test"


def checked(*words: str, said: str | None = None) -> Result:
    """The command; nobody sits at the terminal unless something is `said`."""
    result = CliRunner().invoke(main, ["check-service", *words], input=said)
    assert not result.exception or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("studio")
    embedded = EmbeddedStudio(folder / "home", folder / "media")
    embedded.retain()
    yield embedded.urls()
    embedded.release()


@pytest.mark.parametrize(
    ("stage", "service"), [(name, kind.client.stage.service) for name, kind in KINDS.items()], ids=list(KINDS)
)
def test_the_embedded_studio_passes(studio: dict[str, str], stage: str, service: str) -> None:
    """All that can be seen of its four services, held to their keys; only a restart is not tried."""
    result = checked(stage, studio[service], "--yes", "--idempotent", "--json")
    told = json.loads(result.stdout)
    remarks = {check["check"]: check["verdict"] for check in told["checks"] if check["verdict"] != "passed"}
    at_once = {"media": "skipped", "poll-again": "skipped", "in-flight": "skipped", "cancel": "skipped"}
    untried = {"restart": "advice", "strangers": "skipped"}
    assert remarks == untried | (at_once if stage == "parser" else {})
    assert (result.exit_code, told["service"], told["cost"]) == (0, service, 0)


def test_what_is_to_be_mended_is_printed_with_its_exchange() -> None:
    """Exit code 1; the table, then what was sent, what came back and what to do."""
    service = type("Forgetful", (Exemplary,), {"what_is_wrong": lambda self, body: None})(polls=False)
    with running(service) as url:
        result = checked("image", url, "--yes", "--max-calls", "3")
    assert result.exit_code == 1
    assert "A missing field is refused                  mend     see below" in result.stdout
    assert "sent       POST /generate-image, Idempotency-Key check-" in result.stdout
    assert "came back  HTTP 200" in result.stdout and "answer 422" in result.stdout
    assert "--max-calls 3 is used up" in result.stdout and "3 calls, 0.15 USD" in result.stdout


def test_it_asks_before_it_spends() -> None:
    """How many calls, and what they may cost at most; without a yes nothing is called."""
    service = Exemplary()
    with running(service) as url:
        refused, silent = checked("image", url, said="n\n"), checked("image", url)
        assert not service.asked
        agreed = checked("image", url, "--max-calls", "2", said="y\n")
    for result in (refused, silent):
        assert result.exit_code == 2 and "nothing was called; --yes" in result.stderr
    told = "up to 13 calls. A service that keeps the contract charges for 3 of them, at most 0.90 USD"
    assert told in refused.stderr and "one that charges for each, 3.90 USD" in refused.stderr
    assert "up to 2 calls" in agreed.stderr and len(service.asked) == 2 and agreed.exit_code == 0


def test_a_restart_is_waited_for() -> None:
    """The old key is asked again after Enter; if nobody says so, that check is skipped."""
    service = Exemplary()
    with running(service) as url:
        done = json.loads(checked("image", url, "--yes", "--restart", "--json", said="\n").stdout)
        silent = json.loads(checked("image", url, "--yes", "--restart", "--json").stdout)
    verdicts = [{c["check"]: c["verdict"] for c in told["checks"]}["restart"] for told in (done, silent)]
    assert verdicts == ["passed", "skipped"]


def test_a_token_is_sent_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the variable that is named, or from the setting of that name; echoes of it are struck out."""
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    echo = type(
        "Echo", (Exemplary,), {"refuse": lambda self, status, told, *code: Exemplary.refuse(self, status, TOKEN)}
    )
    with running(echo(token=TOKEN)) as url:
        result = checked("image", url, "--yes", "--json", "--token-env", "MY_TOKEN")
    checks = {check["check"]: check["verdict"] for check in json.loads(result.stdout)["checks"]}
    assert checks["answer"] == checks["strangers"] == "passed" and "***" in result.output
    assert TOKEN not in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["picture", "http://localhost:8002"], "'picture' is not one of"),
        (["image", "localhost:8002"], "no http(s) URL"),
        (["image", "ftp://localhost"], "no http(s) URL"),
        (["image", "http://localhost:8002/?key=1"], "without a query"),
        (["image", "http://localhost:99999999"], "no http(s) URL"),
        (["image", "http://local host"], "no http(s) URL"),
        (["image", "http://localhost:8002", "--token-env", "s3cret"], "no such variable is set"),
        (["video", "https://video.example"], "cannot fetch files from this machine"),
        (["image", "http://localhost:8002", "--max-calls", "0"], "--max-calls"),
    ],
)
def test_bad_input(words: list[str], told: str) -> None:
    """Exit code 2, the value and the way out; what may be a secret is not repeated."""
    result = checked(*words, "--yes")
    assert result.exit_code == 2 and told in result.stderr and "s3cret" not in result.output


def test_a_sample_of_ones_own_is_what_the_service_is_given() -> None:
    """For services that cannot fetch from this machine."""
    service = Exemplary("video")
    with running(service) as url:
        checked("video", url, "--yes", "--sample", "https://cdn.example/watch.jpg", "--max-calls", "1")
    assert "https://cdn.example/watch.jpg" in service.works[0].body.decode()


def test_a_bad_setting_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, as by every command."""
    monkeypatch.setenv("IMAGE_GEN_TIMEOUT", "soon")
    result = CliRunner().invoke(main, ["check-service", "image", "http://localhost:8002", "--yes"])
    assert result.exit_code == 2
