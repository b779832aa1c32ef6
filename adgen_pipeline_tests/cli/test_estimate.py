"""`adgen estimate` as people meet it: the table, the JSON, bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from adgen_pipeline.cli.main import main
from adgen_pipeline_tests.lab import Lab

PROMPT = "Create a luxury watch ad"


@pytest.fixture
def adgen(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[Result, str]]:
    """The command in this process: how it ended, and what it said on stderr."""

    def run(*words: str) -> tuple[Result, str]:
        result = CliRunner().invoke(main, list(words))
        assert not result.exception or isinstance(result.exception, SystemExit), result.exception
        return result, capfd.readouterr().err

    return run


def test_the_table_fits_a_terminal_and_ends_with_the_conclusion(adgen: Callable[..., Any], lab: Lab) -> None:
    """Every stage in 80 columns, what a call costs and how that is known, and no call made."""
    result, _ = adgen("estimate", PROMPT)
    assert result.exit_code == 0 and lab.calls == []
    lines = result.output.splitlines()
    assert lines[0].startswith("Plan: about 5 to 6 scenes")
    rows = {line.split()[1]: line for line in lines if line.startswith("│")}
    assert list(rows) == ["prompt_parsing", "image_generation", "video_generation", "composition", "total"]
    assert "5 (to 12)" in rows["video_generation"] and rows["total"].split()[-2] == "10.00"
    assert max(map(len, rows.values())) <= 80
    assert "video_generation: $0.30 a call (usual: $0.20 to $0.40 a call), ceiling $0.60" in lines
    assert lines[-1].startswith("$1.81 expected, which fits below the limit of $10.00; $11.10 if every call costs its")


def test_json_holds_every_figure_and_the_conclusion(adgen: Callable[..., Any], lab: Lab, tmp_path: Path) -> None:
    """One object on stdout with numbers for money; options win over the brief's file, as in `make`."""
    (tmp_path / "brief.yaml").write_text(f"prompt: {PROMPT}\nmax_cost: 7")
    result, _ = adgen("estimate", str(tmp_path / "brief.yaml"), "--max-cost", "2", "--json")
    found = json.loads(result.stdout)
    assert (found["max_cost"], found["at_most"], found["stopped_in"]) == (2.0, 2.0, "video_generation")
    assert [stage["to_buy"] for stage in found["stages"]] == [1, 5, 5, 1]
    assert found["stages"][2]["payee"] == lab.url and found["stages"][2]["expected"] == 1.5
    assert "The limit of $2.00 is too low" in found["conclusion"]


def test_the_embedded_studio_is_said_to_be_free(adgen: Callable[..., Any]) -> None:
    """A first user's first question."""
    result, _ = adgen("estimate", PROMPT)
    assert result.exit_code == 0 and "Nothing is charged: the embedded studio makes it all." in result.output


@pytest.mark.parametrize(
    "words",
    [["short"], [PROMPT, "--duration", "5"], ["missing.yaml"], [PROMPT, "--max-cost", "-1"]],
    ids=lambda words: " ".join(words)[-16:],
)
def test_bad_input_is_answered_as_make_answers_it(adgen: Callable[..., Any], words: list[str]) -> None:
    """The same message and the same exit code."""
    estimated, told = adgen("estimate", *words)
    made, said = adgen("make", *words)
    assert (estimated.exit_code, told) == (made.exit_code, said) and made.exit_code == 2


def test_it_takes_the_options_of_make(adgen: Callable[..., Any]) -> None:
    """All of the brief's; so that a line with `make` can be asked about before it is run."""
    of = {name: {option.name for option in main.commands[name].params} for name in ("make", "estimate")}
    assert of["estimate"] - {"as_json"} == of["make"] - {"output"}
