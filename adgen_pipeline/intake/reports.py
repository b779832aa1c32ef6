"""What is told of a file that was taken in: a line, a page for people, the same for programs, and the rows to mend."""

import csv
import io
import json
from collections import defaultdict
from functools import cached_property
from pathlib import PurePosixPath

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.intake.columns import IGNORED
from adgen_pipeline.intake.rows import Sheet
from adgen_pipeline.ledger import Intake

_AGAIN = "To have them made once more, drop the file under another name."


class Report(Frozen):
    """`intake` is what the ledger says of the file, `sheet` its rows, `again` that it was dropped once more as it is.

    `mark` is the beginning of its content's hash: two files of one name stay apart.
    """

    intake: Intake
    sheet: Sheet
    again: bool
    mark: str

    @property
    def is_set_aside(self) -> bool:
        """Whether somebody has to look at it: something in it is not made, or was made before."""
        return bool(self.again or self.intake.problems or self.intake.known)

    @property
    def place(self) -> str:
        """Where the file goes, without its ending; a long name is cut."""
        stem = PurePosixPath(self.intake.name).stem.encode()[:180].decode(errors="ignore")
        return f"{'set_aside' if self.is_set_aside else 'done'}/{stem}-{self.mark}"

    @property
    def target(self) -> str:
        """Where the file goes."""
        return self.place + PurePosixPath(self.intake.name).suffix[:20]

    @property
    def told(self) -> str:
        """In one line."""
        if self.again:
            return f"{self.intake.name}: taken in before, as it is; nothing is made of it again"
        counts = [_count(self.intake.ads, "ad")]
        counts += [f"{self._not_made} set aside"] if self._not_made else []
        counts += [f"{len(self.intake.known)} made before"] if self.intake.known else []
        whole = self.intake.problems and not self.sheet.rows
        return f"{self.intake.name}: set aside whole" if whole else f"{self.intake.name}: {', '.join(counts)}"

    def files(self) -> dict[str, bytes]:
        """What is written beside the file, by path; nothing where each row became an ad of its own."""
        if not self.is_set_aside and not self._repeated:
            return {}
        found = {f"{self.place}.report.txt": self._text(), f"{self.place}.report.json": self._json()}
        if self.sheet.header and self._not_made and not self.again:
            found[self._to_mend] = self._bad_rows()
        return {path: text.encode() for path, text in found.items()}

    @cached_property
    def _not_made(self) -> int:
        return sum(bool(row.problems) for row in self.sheet.rows)

    @cached_property
    def _repeated(self) -> list[list[str]]:
        """The rows of each brief that stands there more than once."""
        same = defaultdict(list)
        for row in self.sheet.rows:
            if row.brief is not None:
                same[json.dumps(row.brief, sort_keys=True)].append(row.where)
        return [rows for rows in same.values() if len(rows) > 1]

    @property
    def _to_mend(self) -> str:
        return f"{self.place}.bad-rows.csv"

    def _text(self) -> str:
        parts = [f"{self.told}\n\nTaken in {self.intake.created_at:%Y-%m-%d %H:%M} UTC."]
        if self.again:
            return f"{parts[0]} {_AGAIN}\n"
        if self.intake.problems:
            parts.append("Not made:\n" + "\n".join(f"  {_line(each)}" for each in self.intake.problems))
            parts.append(self._way_out())
        if self.intake.known:
            parts.append("Made before, and not again:\n" + "\n".join(f"  {each}" for each in self.intake.known))
            parts.append(_AGAIN)
        if self._repeated:
            told = [f"  {', '.join(rows)}" for rows in self._repeated]
            parts.append("The same brief more than once, an ad each (a seed makes them differ):\n" + "\n".join(told))
        return "\n\n".join(parts) + "\n"

    def _way_out(self) -> str:
        name = PurePosixPath(self._to_mend).name
        rows = (
            f"Mend {name} and drop it into the inbox: it holds just these rows. Or mend"
            if self.sheet.header
            else "Mend"
        )
        return f"{rows} the file and drop it again under its name: what was made of it is not made again."

    def _json(self) -> str:
        found = self.intake.model_dump(mode="json", include={"name", "ads", "known", "problems", "created_at"})
        return json.dumps(found | {"again": self.again, "repeated": self._repeated}, indent=2, ensure_ascii=False)

    def _bad_rows(self) -> str:
        """The rows with problems as they were, and what is wrong with each in a column of its own."""
        kept = [n for n, column in enumerate(self.sheet.header) if column.strip().lower() != IGNORED]
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.sheet.separator)
        writer.writerow([*(self.sheet.header[n] for n in kept), IGNORED])
        for row in self.sheet.rows:
            if row.problems:
                cells = [row.cells[n] if n < len(row.cells) else "" for n in kept] + list(
                    row.cells[len(self.sheet.header) :]
                )
                writer.writerow([*cells, "; ".join(problem.told for problem in row.problems)])
        return "\ufeff" + text.getvalue()


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _line(problem: dict[str, str]) -> str:
    named = ", ".join(filter(None, (problem["where"], problem["field"])))
    return f"{named}: {' '.join(filter(None, (problem['value'], problem['way_out'])))}"
