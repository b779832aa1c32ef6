"""YAML and JSON: one brief, many, with defaults; and files made to do harm."""

import json
from pathlib import Path

import pytest

from adgen_pipeline.intake import Sheet, Unreadable, read_briefs

_EXAMPLES = Path(__file__).parents[2] / "examples" / "inbox"
WATCH, SHOE = "Create an ad for a luxury watch", "Create an ad for a running shoe"


def read(text: str, name: str = "spring.yaml") -> Sheet:
    return read_briefs(name, text.encode())


def told(text: str, name: str = "spring.yaml") -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, name)
    return caught.value.message


def test_one_brief() -> None:
    """The file that `adgen make` takes."""
    (row,) = read(f"prompt: {WATCH}\naspect_ratio: 9:16\n").rows
    assert (row.where, row.brief) == ("", {"prompt": WATCH, "aspect_ratio": "9:16"})
    assert read(json.dumps({"prompt": WATCH}), "a.json").rows[0].brief == {"prompt": WATCH}


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_many_briefs_and_the_bad_ones_among_them(ending: str) -> None:
    """A list; each is told by its number."""
    good, bad = read(json.dumps([{"prompt": WATCH}, {"prompt": SHOE, "duration": 5}]), f"a.{ending}").rows
    assert good.brief == {"prompt": WATCH} and (bad.where, bad.problems[0].field) == ("brief 2", "duration")


def test_several_documents_in_a_file() -> None:
    """With --- between them."""
    assert [row.where for row in read(f"prompt: {WATCH}\n---\nprompt: {SHOE}\n").rows] == ["brief 1", "brief 2"]


def test_ads_share_defaults() -> None:
    """Each says only what is its own; brand guidelines are put together field by field."""
    text = f"""
defaults: {{duration: 15, brand_guidelines: {{name: Aurum, style: calm}}}}
ads:
  - prompt: {WATCH}
  - {{prompt: {SHOE}, duration: 20, brand_guidelines: {{style: loud}}}}
"""
    first, second = (row.brief for row in read(text).rows)
    assert first == {"prompt": WATCH, "duration": 15, "brand_guidelines": {"name": "Aurum", "style": "calm"}}
    assert second == {"prompt": SHOE, "duration": 20, "brand_guidelines": {"name": "Aurum", "style": "loud"}}
    assert "'seed' stands beside `ads`: move it into `defaults`" in told("ads: []\nseed: 1")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.json", '[{"prompt": "Create an ad', "line 1, column 13, file: is not JSON: Unterminated string"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"seed": ' + "9" * 5000 + "}", "is not to be read as JSON"),
        ("a.yaml", "prompt: [a\n", "line 2, column 1, file: is not YAML"),
        ("a.yaml", "- []\n" * 300_000, "has more than 1 MB"),
        ("a.yaml", "[" * 400_000 + "]" * 400_000, "column 51, file: is nested too deeply"),
        ("a.json", "[" * 900 + "]" * 900, "is nested too deeply"),
        ("a.yaml", "prompt: !!bool maybe", "is not to be read as YAML: a value is not of its type"),
        ("a.yaml", "prompt: !!timestamp soon", "is not to be read as YAML: a value is not of its type"),
        ("a.yaml", "prompt: 2026-13-45", "is not to be read as YAML: month must be in 1..12"),
        ("a.yaml", "[]", "holds no brief"),
        ("a.yaml", "# nothing\n", "holds no brief"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_whole(name: str, text: str, says: str) -> None:
    """With where and what."""
    assert says in told(text, name)


def test_a_short_file_that_spells_out_billions_is_refused() -> None:
    """Aliases within aliases, and one that holds itself."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "spells out more than 200000 values" in told("\n".join(lines))
    assert "is nested too deeply" in told("&a [*a, *a]")
    merged = ["a0: &a0 {k: v}"]
    merged += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 10)]
    assert "a mapping has more than 100 keys" in told("\n".join(merged))
    assert not [row.brief for row in read("- just words\n- 5\n").rows if row.brief]


@pytest.mark.parametrize("name", ["spring.csv", "watches.yaml"])
def test_the_examples_are_whole(name: str) -> None:
    """Each ad of them would be made."""
    sheet = read_briefs(name, (_EXAMPLES / name).read_bytes())
    assert len(sheet.rows) >= 2 and not sheet.problems


def test_a_matrix_is_all_its_ads() -> None:
    """Each told by what sets it apart; one that breaks a rule is told, and the other briefs of the file are made."""
    matrix = {"aspect_ratios": ["9:16", "16:9"], "seeds": [1, 2]}
    rows = read(json.dumps([{"prompt": WATCH, "matrix": matrix}, {"prompt": SHOE, "matrix": {"rations": []}}])).rows
    made = [(row.brief["aspect_ratio"], row.brief["seed"]) for row in rows if row.brief]
    assert made == [("9:16", 1), ("9:16", 2), ("16:9", 1), ("16:9", 2)]
    assert rows[0].where.startswith("brief 1, 9:16") and len({row.where for row in rows}) == 5
    assert rows[-1].where == "brief 2" and "matrix" in rows[-1].problems[0].field
