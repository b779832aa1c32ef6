"""`adgen webhooks`: what was delivered, what was not and why, sent again by hand, and the receivers' secret."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adgen_pipeline.cli import main
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey, deliver_once
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.webhooks.conftest import end
from adgen_pipeline_tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "localhost")
    with receiving(SigningKey.of(Settings.read()).spelled) as receiver:
        yield receiver


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["webhooks", *words])


def test_what_did_not_arrive_is_listed_and_sent_again(receiver: Receiver) -> None:
    """State, attempts and last error; the receiver's server, and nothing of its URL that may be a secret."""
    assert "No webhook was sent yet" in run().output
    receiver.script = [500, 503]
    with open_ledger(Settings.read()) as ledger:
        delivery_id = end(ledger, "0123456789", f"{receiver.url}/T0KEN")
    deliver_once("0123456789", Settings.read())
    told = run("0123").output
    assert delivery_id[:12] in told and "waiting" in told and f"{delivery_id[:12]}: it answered HTTP 500" in told
    assert receiver.url in told and "T0KEN" not in told
    failed = run("resend", delivery_id[:12])
    assert failed.exit_code == 1 and "did not take it: it answered HTTP 503" in failed.output
    assert run("resend", delivery_id[:12]).output == f"Delivered to {receiver.url}.\n"
    (row,) = json.loads(run("--json").output)
    assert (row["state"], row["last_error"], row["id"]) == ("delivered", None, delivery_id) and "url" not in row
    assert [message.id for message in receiver.messages] == [delivery_id] * 3


def test_what_is_not_there_is_bad_input(adgen: Callable[..., Ended]) -> None:
    """Exit code 2, with the way out."""
    ended = adgen("webhooks", "resend", "msg_none")
    assert ended.code == 2 and "`adgen webhooks` lists the newest" in ended.told


def test_the_secret_is_printed_as_receivers_need_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever it is."""
    own = run("secret").output.strip()
    assert own.startswith("whsec_") and own == run("secret").output.strip()
    monkeypatch.setenv("WEBHOOK_SECRET", "some words of a person's")
    assert run("secret").output.strip() not in (own, "some words of a person's")


def test_a_receiver_that_would_never_be_called_is_bad_input(adgen: Callable[..., Ended]) -> None:
    """Before anything is made."""
    ended = adgen("make", "Create an ad for a luxury watch", "--callback-url", "http://127.0.0.1:9/")
    assert ended.code == 2 and "add 127.0.0.1 to WEBHOOK_ALLOWED_HOSTS" in ended.told
