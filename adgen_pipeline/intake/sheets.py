"""CSV as spreadsheets write it: one ad a row, the first row names the fields."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from adgen_pipeline.intake.columns import IGNORED, field_of, nearest, value_of
from adgen_pipeline.intake.rows import Problem, Row, Sheet, Unreadable, bad_row, row_of

_SEPARATORS = (",", ";", "\t")


def read_sheet(text: str) -> Sheet:
    """The rows of a CSV file, numbered as a spreadsheet shows them.

    Raises Unreadable for a file whose columns or quotes are not to be understood: no row of it can be trusted then.
    """
    text, given = _without_hint(text)
    separator = given or max(_SEPARATORS, key=lambda each: _known_columns(text, each))
    records = list(_records(text, separator))
    if not records:
        raise Unreadable("is empty: its first row names the fields, such as prompt,duration; each further row is an ad")
    (_, header), *others = records
    fields = _fields(header)
    rows = [_row(f"row {number}", cells, header, fields) for number, cells in others if any(map(str.strip, cells))]
    return Sheet(rows=tuple(rows), header=tuple(header), separator=separator)


def _without_hint(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;`, which it does not count as a row."""
    first, _, rest = text.partition("\n")
    hint = first.strip().lower()
    return (rest, first.strip()[4]) if hint.startswith("sep=") and len(hint) == 5 else (text, None)


def _known_columns(text: str, separator: str) -> int:
    try:
        _, header = next(_records(text, separator))
    except (Unreadable, StopIteration):
        return 0
    return sum(field_of(column) is not None for column in header)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers, from 1; blank rows count, and lines within quotes do not."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = 0, 1
    try:
        for cells in reader:
            number, line = number + 1, reader.line_num + 1
            if cells or number > 1:
                yield number, cells
    except csv.Error as error:
        told = f'cannot be read from there on ({error}): a text with quotes in it is written as "a ""quoted"" word"'
        raise Unreadable(told, field="line", value=str(line), where=f"row {number + 1}") from None


def _fields(header: list[str]) -> list[str | None]:
    """The brief's fields by column; None for a column that is not read. Raises Unreadable."""
    fields: list[str | None] = []
    for column in header:
        name = column.strip()
        skipped = not name or name.lower() == IGNORED
        field = None if skipped else field_of(name)
        if field is None and not skipped:
            raise Unreadable(f"is not a field of a brief; {nearest(name)}", "column", repr(name[:60]), "row 1")
        if field in fields and field is not None:
            told = f"stands for {field} like {header[fields.index(field)]!r}: keep one of them"
            raise Unreadable(told, "column", repr(name), "row 1")
        fields.append(field)
    if "prompt" not in fields:
        raise Unreadable("is missing: the first row names the fields, and each ad needs a prompt", "column", "'prompt'")
    return fields


def _row(where: str, cells: list[str], header: list[str], fields: list[str | None]) -> Row:
    problem = _misfit(where, cells, header, fields)
    if problem:
        return bad_row(where, [problem], tuple(cells))
    brief: dict[str, Any] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and cell.strip():
            _put(brief, field, value_of(field, cell.strip()))
    names = {field: column.strip() for field, column in zip(fields, header, strict=True) if field}
    return row_of(where, brief, tuple(cells), names)


def _misfit(where: str, cells: list[str], header: list[str], fields: list[str | None]) -> Problem | None:
    """A row that does not stand below its columns: a comma without quotes, or a file that was cut off."""
    told = f"{len(cells)} cells"
    if len(cells) < len(header):
        way_out = f"are less than the {len(header)} columns: write all separators, or see whether the file was cut off"
        return Problem(where=where, field="row", value=told, way_out=way_out)
    if any(map(str.strip, cells[len(header) :])):
        way_out = f"are more than the {len(header)} columns: put a text that holds the separator in double quotes"
        return Problem(where=where, field="row", value=told, way_out=way_out)
    for column, field, cell in zip(header, fields, cells, strict=False):
        if field is None and not column.strip() and cell.strip():
            return Problem(where=where, field="column", value=repr(cell[:60]), way_out="stands below no name: name it")
    return None


def _put(brief: dict[str, Any], field: str, value: Any) -> None:
    head, _, tail = field.partition(".")
    if tail:
        brief.setdefault(head, {})[tail] = value
    else:
        brief[head] = value
