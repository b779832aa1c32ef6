"""What a person sees while they wait and when it is over."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.errors import AdgenError, ErrorCode, dollars

if TYPE_CHECKING:
    from adgen_pipeline.defs.launch import Progress as Told

_DESCRIPTOR = 2


@contextmanager
def console() -> Iterator[Console]:
    """A console on a stderr of its own: Dagster may capture the process's while a run lasts."""
    with os.fdopen(os.dup(_DESCRIPTOR), "w") as file:
        yield Console(file=file, highlight=False, soft_wrap=True)


class Display:
    """Progress on a terminal as one live line, elsewhere as a line for each thing that ends."""

    def __init__(self, out: Console):
        self._out = out
        self._started = time.monotonic()
        self._bar: Progress | None = None

    @contextmanager
    def live(self) -> Iterator[None]:
        """While the ad is made."""
        if not self._out.is_terminal:
            yield
            return
        columns = (
            TextColumn("{task.fields[stage]:<17}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self._out) as self._bar:
            self._task = self._bar.add_task("starting", total=100, stage="starting")
            yield

    def tell(self, progress: "Told") -> None:
        """Show what has just happened."""
        if self._bar is not None:
            self._bar.update(self._task, completed=progress.percent, description=progress.told, stage=progress.stage)
        elif not progress.told.endswith("..."):
            elapsed = time.monotonic() - self._started
            self._out.print(f"{progress.percent:5.1f} %  {elapsed:6.1f} s  {progress.stage:<17} {progress.told}")

    def close(self, ad: FinishedAd, file: Path) -> None:
        """The closing table."""
        table = Table(title=None, header_style="bold")
        table.add_column("stage")
        for title in ("calls", "reused", "seconds of calls", "cost (USD)"):
            table.add_column(title, justify="right")
        for stage in ad.costs:
            known = (str(stage.calls), str(stage.reused or ""))
            table.add_row(stage.stage, *known, f"{stage.seconds:.1f}", f"{stage.cost:.2f}")
        table.add_section()
        elapsed = time.monotonic() - self._started
        calls, seconds = sum(s.calls for s in ad.costs), sum(s.seconds for s in ad.costs)
        reused = sum(stage.reused for stage in ad.costs)
        table.add_row("total", str(calls), str(reused or ""), f"{seconds:.1f}", f"{ad.total_cost:.2f}")
        self._out.print(table)
        for line in _remarks(ad):
            self._out.print(Text(line))
        self._out.print(f"{ad.duration:g} s, {ad.resolution}, {ad.scenes} scenes, job {ad.job_id}")
        self._out.print(f"Ready after {elapsed:.1f} s; calls ran side by side.")
        self._out.print(f"[bold]{file}[/bold]")


def _remarks(ad: FinishedAd) -> list[str]:
    """What the table does not tell."""
    service = ad.receipt.metadata.get("note")
    lines = [f"{service[:1].upper()}{service[1:]}."] if service else []
    if ad.saved:
        lines.append(f"Taking answers of earlier ads saved {dollars(ad.saved)}.")
    if ad.unknown:
        told = f"Perhaps another {dollars(ad.unknown)} was billed: answers were lost on the way"
        lines.append(f"{told} (`adgen ledger {ad.job_id}`).")
    lines += ad.notes
    if ad.warnings:
        lines.append(f"To look at: {'; '.join(ad.warnings)}.")
    return [*lines, ad.note] if ad.note else lines


def complain(out: Console, error: AdgenError, *, usage: str | None = None) -> None:
    """An error in plain words: what, and the way out; of an ad, what was spent and how to go on with it."""
    for line in error.message.splitlines():
        out.print(Text.assemble((error.code.value, "red"), " ", line))
    doubt = Decimal(error.details.get("in_doubt", 0))
    if error.cost or doubt:
        out.print(f"Spent so far: {error.cost:.2f} USD{f'; in doubt: {doubt:.2f} USD' if doubt else ''}.")
    if "in_doubt" in error.details and "adgen resume" not in error.message:
        limit = " --max-cost USD" if error.code == ErrorCode.COST_LIMIT_EXCEEDED else ""
        out.print(f"`adgen resume {error.details['job_id']}{limit}` goes on with what is paid.")
    if usage:
        out.print(usage)
