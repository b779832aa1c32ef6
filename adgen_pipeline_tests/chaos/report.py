"""What the lab has seen, as a table for people and as JSON for machines."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from adgen_pipeline_tests.chaos.matrix import Row
from adgen_pipeline_tests.chaos.person import Played

GROUPS = ("keys", "retry", "hold")


def summary(played: Sequence[Played], seconds: float) -> dict[str, Any]:
    """The sums over all schedules; `seconds` of wall time."""
    faults: Counter[str] = Counter()
    for one in played:
        faults += one.faults
    return {
        "schedules": len(played),
        "finished": sum(one.end == "finished" for one in played),
        "rightly_stopped": dict(Counter(one.end for one in played if one.end != "finished" and not one.violations)),
        "faults": dict(sorted(faults.items())),
        "faults_injected": faults.total(),
        "kills": sum(one.kills for one in played),
        "resumes": sum(one.resumes for one in played),
        "audits": sum(one.audits for one in played),
        "calls": sum(one.calls for one in played),
        "attempts": sum(one.attempts for one in played),
        "invoice_usd": str(sum((one.charged for one in played), Decimal(0))),
        "ledger_usd": str(sum((one.spent for one in played), Decimal(0))),
        "in_doubt_usd": str(sum((one.unknown for one in played), Decimal(0))),
        "violations": {one.schedule.number: one.violations for one in played if one.violations},
        "seconds": round(seconds, 1),
    }


def row(one: Played) -> dict[str, Any]:
    """One schedule, for machines."""
    known = {"number": one.schedule.number, "terms": one.schedule.terms, "end": one.end, "violations": one.violations}
    counts = {"kills": one.kills, "resumes": one.resumes, "calls": one.calls, "attempts": one.attempts}
    money = {"invoice_usd": str(one.charged), "ledger_usd": str(one.spent), "in_doubt_usd": str(one.unknown)}
    return known | counts | money | {"faults": dict(+one.faults), "seconds": one.seconds}


def print_summary(title: str, played: Sequence[Played], seconds: float, console: Console) -> dict[str, Any]:
    """Print the tables; returns the sums."""
    whole = summary(played, seconds)
    console.print(_sums(title, played, whole))
    kinds = Table("fault", "times", "fault", "times", "fault", "times", title="faults injected", title_justify="left")
    named = [(name, str(times)) for name, times in whole["faults"].items()]
    for start in range(0, len(named), 3):
        kinds.add_row(*(part for pair in named[start : start + 3] for part in pair))
    if named:
        console.print(kinds)
    for number, violations in whole["violations"].items():
        for violation in violations:
            console.print(f"VIOLATION in schedule {number} (make chaos SEED={number}): {violation}", style="red")
    return whole


def _sums(title: str, played: Sequence[Played], whole: dict[str, Any]) -> Table:
    table = Table("", *GROUPS, "all", title=title, title_justify="left")
    parts = [[one for one in played if one.schedule.terms == terms] for terms in GROUPS]
    columns = [summary(part, 0) for part in parts] + [whole]
    for name in ("schedules", "finished", "rightly_stopped", "faults_injected", "kills", "resumes", "audits", "calls",
                 "attempts", "invoice_usd", "ledger_usd", "in_doubt_usd"):  # fmt: skip
        table.add_row(name.replace("_", " "), *(_shown(column[name]) for column in columns))
    table.add_row("violations", *(str(sum(map(len, column["violations"].values()))) for column in columns))
    table.add_row("seconds", "", "", "", str(whole["seconds"]))
    return table


def print_matrix(rows: Sequence[Row], console: Console) -> list[dict[str, Any]]:
    """Print the kill matrix; returns it as plain data."""
    table = Table("point", "killed", "terms", "end", "resumes", "invoice", "ledger", "in doubt", "violations")
    found = []
    for row in rows:
        one = row.played
        money = {"invoice": str(one.charged), "ledger": str(one.spent), "in_doubt": str(one.unknown)}
        found.append({"point": row.point, "killed": row.name, "terms": row.terms, "end": one.end, **money,
                      "resumes": one.resumes, "violations": one.violations})  # fmt: skip
        table.add_row(str(row.point), row.name, row.terms, one.end, str(one.resumes), *money.values(),
                      "; ".join(one.violations) or "0")  # fmt: skip
    console.print(table)
    return found


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {times}" for name, times in value.items()) or "0"
    return str(value)
