"""What every command that makes ads does first."""

from rich.console import Console


def tell_of_dead_runs(out: Console, *, going_on_with: str | None = None) -> None:
    """End the runs whose process died without a word, and say how to go on with them; not of the ad that is resumed."""
    from adgen_pipeline.defs.outcomes import end_the_dead_here  # Dagster takes seconds to load

    for run in end_the_dead_here():
        out.print(run.happened if run.job_id == going_on_with else run.told, markup=False)
