"""`adgen credentials`: what a finished ad tells of how it was made, and whether it was changed since."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.cli.display import console
from adgen_pipeline.delivery.credentials import Credentials, read_credentials

_EXAMPLES = """
\b
Examples:
  adgen credentials watch.mp4
"""


@click.command(epilog=_EXAMPLES, short_help="Read the content credentials of an ad.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def credentials(file: Path) -> None:
    """Read the content credentials (C2PA) of FILE, an MP4: who signed it, how it was made, and that nothing changed.

    Exits with 1 where there are none, or where the file is not what was signed.
    """
    with console() as out:
        found = read_credentials(file)
        if found is None:
            out.print(f"{file} carries no content credentials: it was not made here, or was written again since.")
            sys.exit(1)
        _show(out, found)
    if found.state == "Invalid":
        sys.exit(1)


def _show(out: Console, found: Credentials) -> None:
    unchanged = found.state != "Invalid"
    known = " (a certificate for development, which nobody vouches for)" if found.is_development else ""
    out.print(
        Text("Unchanged since it was signed." if unchanged else "Changed since it was signed: not to be trusted.")
    )
    out.print(Text(f"Signed by {found.signed_by}{known}, made with {found.generator}."))
    out.print(Text(f"How the pictures came about: {found.digital_source_type or 'not told'}."))
    if found.problems:
        out.print(Text(f"Problems: {', '.join(found.problems)}."))
    scenes = (found.provenance or {}).get("scenes", [])
    if scenes:
        out.print(_table(scenes))


def _table(scenes: list[dict[str, object]]) -> Table:
    table = Table(header_style="bold")
    for title in ("scene", "words", "keyframe", "clip"):
        table.add_column(title)
    for scene in scenes:
        words = " / ".join(map(str, scene.get("words", [])))  # type: ignore[call-overload]
        table.add_row(str(scene.get("scene")), Text(words), _part(scene.get("keyframe")), _part(scene.get("clip")))
    return table


def _part(made: object) -> str:
    told = made if isinstance(made, dict) else {}
    seed = f", seed {told['seed']}" if told.get("seed") is not None else ""
    return f"{told.get('model') or 'model not told'}{seed}, {str(told.get('sha256'))[:12]}"
