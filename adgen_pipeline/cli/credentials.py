"""`adgen credentials`: what a finished ad tells of how it was made, and whether it was changed since."""

import sys
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.cli.display import console
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.delivery.credentials import Credentials, read_credentials

_EXAMPLES = """
\b
Examples:
  adgen credentials watch.mp4
"""


class _Part(Frozen):
    """A keyframe or a clip, as an ad tells of it."""

    model: str | None = None
    seed: int | None = None
    sha256: str | None = None


class _Scene(Frozen):
    """A scene, as an ad tells of it."""

    scene: str = ""
    words: list[str] = []
    keyframe: _Part = _Part()
    clip: _Part = _Part()


_SCENES = TypeAdapter(list[_Scene])


@click.command(epilog=_EXAMPLES, short_help="Read the content credentials of an ad.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def credentials(file: Path) -> None:
    """Read the content credentials (C2PA) of FILE, an MP4: who signed it, how it was made, and that nothing changed.

    Exits with 1 where there are none, or where the file is not what was signed.
    """
    with console() as out:
        found = read_credentials(file)
        if found is None:
            told = "carries no content credentials: it was not made here, or was written again since."
            out.print(_plain(f"{file} {told}"))
            sys.exit(1)
        _show(out, found)
    if found.state == "Invalid":
        sys.exit(1)


def _show(out: Console, found: Credentials) -> None:
    out.print(_standing(found))
    out.print(_plain(f"Signed by {found.signed_by} ({_known(found)}), made with {found.generator}."))
    out.print(_plain(f"How the pictures came about: {found.digital_source_type or 'not told'}."))
    if found.problems:
        out.print(_plain(f"Problems: {', '.join(found.problems)}."))
    if scenes := _scenes(found):
        out.print(_table(scenes))


def _standing(found: Credentials) -> str:
    if found.state != "Invalid":
        return "Unchanged since it was signed."
    if any(problem.endswith(".mismatch") for problem in found.problems):
        return "Changed since it was signed: not to be trusted."
    return "Its credentials do not hold: nobody vouches any more that it is unchanged."


def _known(found: Credentials) -> str:
    if found.is_development:
        return "a certificate for development, which nobody vouches for"
    return (
        "known to this reader" if found.state == "Trusted" else "so its certificate says; this reader knows no signers"
    )


def _scenes(found: Credentials) -> list[_Scene]:
    """None, too, where the file is somebody else's and tells of something else."""
    try:
        return _SCENES.validate_python((found.provenance or {}).get("scenes", []))
    except ValidationError:
        return []


def _table(scenes: list[_Scene]) -> Table:
    table = Table(header_style="bold")
    for title in ("scene", "words", "keyframe", "clip"):
        table.add_column(title)
    for scene in scenes:
        words = " / ".join(scene.words)
        table.add_row(*map(_plain, (scene.scene, words, _part(scene.keyframe), _part(scene.clip))))
    return table


def _part(made: _Part) -> str:
    seed = f", seed {made.seed}" if made.seed is not None else ""
    return f"{made.model or 'model not told'}{seed}, {(made.sha256 or 'file not told')[:12]}"


def _plain(text: str) -> Text:
    """`text` of a file that may come from anybody: no markup, and nothing that a terminal obeys."""
    return Text("".join(filter(str.isprintable, " ".join(text.split()))))
