"""CSV as people's spreadsheets write it: what becomes a brief, and what is told of the rest."""

from typing import Any

import pytest

from adgen_pipeline.intake import Row, Sheet, Unreadable, read_briefs

WATCH, SHOE = "Create an ad for a luxury watch", "Create an ad for a running shoe"


def read(text: str | bytes, name: str = "spring.csv") -> Sheet:
    return read_briefs(name, text if isinstance(text, bytes) else text.encode())


def briefs(text: str | bytes) -> list[Any]:
    return [row.brief for row in read(text).rows]


def only(text: str) -> Row:
    (row,) = read(text).rows
    return row


def told(text: str | bytes, name: str = "spring.csv") -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, name)
    return caught.value.message


def test_each_row_is_a_brief_and_an_empty_cell_says_nothing() -> None:
    """Numbers are numbers, nested fields are nested, what is left out has its default."""
    found = briefs(
        "prompt,duration,brand_guidelines.primary_color,brand_guidelines.name,max_cost,seed,draft\n"
        f"{WATCH},15,#D4AF37,Aurum,2.50,7,TRUE\n{SHOE},,,,,,\n"
    )
    assert found[0] == {
        "prompt": WATCH,
        "duration": 15,
        "brand_guidelines": {"primary_color": "#D4AF37", "name": "Aurum"},
        "max_cost": 2.5,
        "seed": 7,
        "draft": True,
    }
    assert found[1] == {"prompt": SHOE}


def test_european_excel() -> None:
    """A byte order mark, semicolons, a comma for the point, 9:16 made a time, and 30.0 for 30."""
    text = f"\ufeffPrompt;Aspect ratio;Budget;Duration\r\n{WATCH};16:09:00;2,50;30,0\r\n{SHOE};09:16;3;15\r\n"
    first, second = briefs(text)
    assert first == {"prompt": WATCH, "aspect_ratio": "16:9", "max_cost": 2.5, "duration": 30}
    assert second == {"prompt": SHOE, "aspect_ratio": "9:16", "max_cost": 3.0, "duration": 15}
    assert briefs(f"sep=;\nprompt;seed\n{WATCH};1\n") == [{"prompt": WATCH, "seed": 1}]
    assert briefs(f"prompt\tseed\n{WATCH}\t1\n") == [{"prompt": WATCH, "seed": 1}]


def test_names_that_people_use() -> None:
    """Without the group, with spaces and capitals, in British English."""
    row = only(f"PROMPT,Primary Colour,brand,CTA,brand.tagline,length\n{WATCH},#D4AF37,Aurum,Buy now,Own it,15\n")
    brand = {"primary_color": "#D4AF37", "name": "Aurum", "call_to_action": "Buy now", "tagline": "Own it"}
    assert row.brief == {"prompt": WATCH, "duration": 15, "brand_guidelines": brand}


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    """The header is row 1, blank rows count, and lines within quotes do not."""
    text = f'prompt,duration\n"Create an ad\nfor a ""luxury"" watch",15\n,\n\n{SHOE},99\n'
    first, second = read(text).rows
    assert first.where == "row 2" and first.brief == {"prompt": 'Create an ad\nfor a "luxury" watch', "duration": 15}
    assert second.where == "row 5"
    (problem,) = second.problems
    assert problem.told == "row 5, duration: '99' does not fit: Length of the ad: whole seconds from 15 to 60."


def test_a_problem_names_the_column_as_it_is_written() -> None:
    """Not the brief's own path, which the person has not seen; every problem of the row is told."""
    row = only(f"prompt,Primary colour,Ratio\n{WATCH},gold,4:3\n")
    assert [(each.field, each.value) for each in row.problems] == [("Ratio", "'4:3'"), ("Primary colour", "'gold'")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"{WATCH}, for men,15", "row 2, row: 3 cells are more than the 2 columns: put a text that holds"),
        (f"{WATCH}", "row 2, row: 1 cells are less than the 2 columns: write all separators, or see whether the file"),
    ],
)
def test_a_row_that_does_not_stand_below_its_columns_is_not_guessed_at(row: str, told: str) -> None:
    """A comma without quotes, or a file that was cut off; the next row is made."""
    bad, good = read(f"prompt,duration\n{row}\n{SHOE},15\n").rows
    assert bad.problems[0].told.startswith(told) and good.brief


def test_scenes_and_reuse_in_a_cell() -> None:
    """As JSON or YAML; a colour word where a structure should be is told."""
    scenes = '"[{""prompt"": ""a dial"", ""duration"": 8}, {""prompt"": ""a crown"", ""duration"": 7}]"'
    row = only(f"prompt,duration,scenes,reuse\n{WATCH},15,{scenes},{{refresh: [composition]}}\n")
    assert row.brief and len(row.brief["scenes"]) == 2 and row.brief["reuse"] == {"refresh": ["composition"]}
    assert only(f"prompt,reuse\n{WATCH},OFF\n").brief == {"prompt": WATCH, "reuse": "off"}
    assert only(f"prompt,scenes\n{WATCH},three\n").problems[0].field == "scenes"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("prompt,durration\nx,1\n", "row 1, column: 'durration' is not a field of a brief; did you mean 'duration'?"),
        ("prompt,zzz\nx,1\n", "the columns of a brief are: prompt, duration, aspect_ratio"),
        ("prompt,brand,name\nx,1,2\n", "row 1, column: 'name' stands for brand_guidelines.name like 'brand': keep one"),
        ("duration\n15\n", "column: 'prompt' is missing"),
        ('prompt,duration\n"a watch,15\n', "row 2, line: 2 cannot be read from there on"),
        ("prompt,duration\n", "file: holds no ad below its first row"),
        ("  \n", "file: is empty"),
        (b"prompt\nCaf\xe9 and a watch\n", "line 2, file: is not text in UTF-8: in Excel, save it as"),
        ("prompt\n" + "Create an ad for a watch\n" * 1001, "file: has 1001 rows, and at most 1000 ads"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_whole(text: str | bytes, says: str) -> None:
    """With where, what, and the way out."""
    assert says in told(text)


def test_other_files() -> None:
    """A spreadsheet's own format, and one that is too large."""
    assert told("x", "spring.xlsx").startswith("file: '.xlsx' is no kind of file that is read here: save it as .csv")
    assert "has more than 10 MB" in told(b"x" * 10_000_001)


def test_a_column_of_problems_is_not_read() -> None:
    """Mended rows may be dropped as the report gave them out; a column without a name may be empty."""
    assert only(f"prompt,,problem\n{WATCH},,row 2: whatever\n").brief == {"prompt": WATCH}
    assert "stands below no name" in only(f"prompt,\n{WATCH},what\n").problems[0].told


def test_a_cell_that_does_harm_is_told_as_the_words_it_is() -> None:
    """A cell may hold YAML: one that spells out billions, or that its reader stumbles over, is no list of scenes."""
    nines = ["&a [x, x, x, x, x, x, x, x, x]"]
    nines += [f"&{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)]
    text = f'prompt,scenes\n{WATCH},"[{", ".join(nines)}]"\n{WATCH},[!!bool x]\n{WATCH},[2026-13-45]\n{SHOE},\n'
    *bad, good = read(text).rows
    assert [row.problems[0].field for row in bad] == ["scenes"] * 3 and good.brief == {"prompt": SHOE}
