"""docs/threat-model.md: each of its lines has a test, and each test that it names is there."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "threat-model.md").read_text()


def test_each_threat_has_tests_that_exist() -> None:
    """A test that is renamed or taken out is missed here; so is a threat that nothing shows to be met."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 15
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row.split("|")[3])
        assert named, f"no test shows: {row}"
        assert [f"{file}::{test}" for file, test in named if test not in _tests_in(TESTS / file)] == []


def test_what_is_not_defended_is_said() -> None:
    """On the same page."""
    assert PAGE.partition("**Not defended here**")[2].count("\n- ") >= 5


def _tests_in(file: Path) -> set[str]:
    """What pytest would collect from `file`."""
    found = ast.parse(file.read_text()).body if file.is_file() else []
    return {one.name for one in found if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}
