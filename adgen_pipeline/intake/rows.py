"""What a file holds: rows, each a brief or what is wrong with it."""

from typing import Any

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.errors import AdgenError, ErrorCode, InvalidBrief

MOST_ROWS = 1_000
"""Ads of one file."""
MOST_BYTES = 10_000_000


class Problem(Frozen):
    """What is wrong, where (`row 3`, empty: the file itself), in which field, with which value, and the way out."""

    where: str
    field: str
    value: str
    way_out: str

    @property
    def told(self) -> str:
        """In one line."""
        named = ", ".join(filter(None, (self.where, self.field)))
        return f"{named}: {self.value} {self.way_out}" if self.value else f"{named}: {self.way_out}"


class Row(Frozen):
    """One ad that is asked for. `brief` is None where there are `problems`.

    `cells` are a sheet's own, to be handed back. `batch` and `variant` join and tell apart what one brief becomes.
    """

    where: str
    brief: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    cells: tuple[str, ...] = ()
    batch: str | None = None
    variant: str | None = None


class Sheet(Frozen):
    """A file's rows, in its order; `header` and `separator` are a sheet's, empty for documents."""

    rows: tuple[Row, ...]
    header: tuple[str, ...] = ()
    separator: str = ""

    @property
    def problems(self) -> list[Problem]:
        """All of them."""
        return [problem for row in self.rows for problem in row.problems]


class Unreadable(AdgenError):
    """A file of which nothing can be used; `field` and `way_out` say why."""

    code = ErrorCode.INVALID_INPUT

    def __init__(self, way_out: str, field: str = "file", value: str = "", where: str = ""):
        self.problem = Problem(where=where, field=field, value=value, way_out=way_out)
        super().__init__(self.problem.told)


def row_of(where: str, data: Any, cells: tuple[str, ...] = (), names: dict[str, str] | None = None) -> Row:
    """The row whose brief is `data`; `names` are the columns' own, by field."""
    try:
        brief = canonical(read_brief(data))
    except InvalidBrief as error:
        return bad_row(where, problems_of(where, error, names), cells)
    return Row(where=where, brief=brief, cells=cells)


def problems_of(where: str, error: InvalidBrief, names: dict[str, str] | None = None) -> list[Problem]:
    """What `error` says of the row; `names` are the columns' own, by field."""
    told = [each | {"field": (names or {}).get(each["field"], each["field"])} for each in error.details["problems"]]
    return [Problem(where=where, **each) for each in told]


def bad_row(where: str, problems: list[Problem], cells: tuple[str, ...] = ()) -> Row:
    """A row that is not made."""
    return Row(where=where, brief=None, problems=tuple(problems), cells=cells)


def canonical(brief: Brief) -> dict[str, Any]:
    """The brief as run configuration: what was given, checked and as plain JSON."""
    return brief.model_dump(mode="json", exclude_unset=True)
