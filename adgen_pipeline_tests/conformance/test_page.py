"""`docs/services.md` is true: its examples fit the contract's models, and its service keeps the contract."""

import contextlib
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.conformance.findings import Verdict
from adgen_pipeline.conformance.requests import KINDS, Kind
from adgen_pipeline.contracts.envelope import Envelope
from adgen_pipeline_tests.conformance.exemplary import tried
from adgen_pipeline_tests.lab import serving

PAGE = Path(__file__).parents[2].joinpath("docs", "services.md").read_text(encoding="utf-8")
MEDIA = {name: f"https://media.example/{name}" for name in ("picture.jpg", "clip.mp4")}


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of `language` in `text`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(kind: Kind) -> str:
    """What the page says of one call."""
    return PAGE.split(f"### `POST {kind.client.stage.path}`")[1].split("\n## ")[0].split("\n### ")[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_requests_are_those_that_are_sent(kind: Kind) -> None:
    """To the value; and the table names each field of the request, ours as additions."""
    requests = kind.requests(MEDIA)
    (shown,) = blocks(section(kind), "json request")
    assert json.loads(shown) == json.loads(requests.body(requests.good))
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section(kind), re.MULTILINE))
    assert list(rows) == list(type(requests.good).model_fields)
    assert {name for name, kinds in rows.items() if "addition" not in kinds} == set(requests.own)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_answers_are_understood(kind: Kind) -> None:
    """By the same client that the pipeline uses, as the answer to the request above it."""
    (shown,) = blocks(section(kind), "json answer")
    envelope = Envelope.model_validate_json(shown)
    result = kind.client.result_type.model_validate(envelope.result)
    stage = kind.client.stage
    client = kind.client(lambda: Address("http://service.example"), Limits(1, 1, True, stage.max_call_cost))
    with contextlib.closing(client):
        assert envelope.success and client.check(kind.requests(MEDIA).good, result) is None
        assert set(client.files(result)) == {name for name in envelope.result or {} if name.endswith("_url")}


def test_the_envelopes() -> None:
    """A success and a failure, as the page opens with them."""
    success, failure = (Envelope.model_validate_json(text) for text in blocks(PAGE, "json envelope"))
    assert success.success and success.result and not failure.success
    assert failure.error and failure.error.code == "INVALID_INPUT"


def test_the_numbers_are_the_contracts() -> None:
    """Ports, timeouts and ceilings as the stages have them."""
    for kind, port in zip(KINDS.values(), (8001, 8002, 8003, 8004), strict=True):
        stage = kind.client.stage
        assert f"`POST {stage.path}` (port {port})" in PAGE
        assert f"{stage.timeout:g} s" in PAGE.split("## Calls that take time")[1].split("```")[0]
        assert f"{stage.max_call_cost}" in PAGE.split("## Money")[1].split("\n## ")[0]


def test_the_service_on_the_page_keeps_the_contract() -> None:
    """Exactly the code that is printed, served and tried: nothing to mend, held to its keys."""
    (code,) = blocks(PAGE, "python")
    module: Any = ModuleType("service")
    exec(compile(code, "docs/services.md", "exec"), module.__dict__)
    with serving(module.app) as url:
        found = tried("image", url, holds_keys=True)
    assert {name: f.told for name, f in found.items() if f.verdict is Verdict.MEND} == {}
    assert {name for name, f in found.items() if f.verdict is Verdict.ADVICE} == {"restart"}
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 50
