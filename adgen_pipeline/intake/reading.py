"""One file's bytes into rows, by how its name ends."""

from pathlib import PurePosixPath

from adgen_pipeline.intake.documents import READERS
from adgen_pipeline.intake.rows import MOST_BYTES, MOST_ROWS, Sheet, Unreadable
from adgen_pipeline.intake.sheets import read_sheet

_READERS = READERS | {".csv": read_sheet}


def read_briefs(name: str, content: bytes) -> Sheet:
    """The rows of the file `name`: each a brief that keeps all rules, or what is wrong with it.

    Raises Unreadable when nothing of the file can be used.
    """
    ending = PurePosixPath(name).suffix.lower()
    reader = _READERS.get(ending)
    if reader is None:
        told = "is no kind of file that is read here: save it as .csv (UTF-8), .yaml or .json"
        raise Unreadable(told, value=repr(ending or name))
    if len(content) > MOST_BYTES:
        raise Unreadable(f"has more than {MOST_BYTES // 1_000_000} MB: divide it")
    sheet = reader(_text(content))
    if not sheet.rows:
        raise Unreadable("holds no ad below its first row: write one ad a row")
    if len(sheet.rows) > MOST_ROWS:
        raise Unreadable(f"has {len(sheet.rows)} rows, and at most {MOST_ROWS} ads are taken of one file: divide it")
    return sheet


def _text(content: bytes) -> str:
    """UTF-8, with or without the mark that spreadsheets put first."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        told = 'is not text in UTF-8: in Excel, save it as "CSV UTF-8 (comma delimited)"'
        raise Unreadable(told, where=f"line {line}") from None
    if not text.strip():
        raise Unreadable('is empty: write a brief, such as prompt: "Create an ad for a luxury watch"')
    return text
