"""The commands of deployment files, read by the click commands that they start: nothing is run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
from dagster._cli import create_dagster_cli
from dagster._daemon.cli import create_dagster_daemon_cli

from adgen_pipeline.cli import main

_PROCESS = "adgen_pipeline.deployment.dagster_process"
_A_FILE = __file__
"""In place of one of a host, which click would not find here."""


def of_units(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each unit of a service in `folder`, and what it starts (ExecStart), `${NAME}` being 1."""
    for unit in sorted(folder.glob("*.service")):
        told = unit.read_text().replace("\\\n", " ")
        (line,) = re.findall(r"^ExecStart=(.*)$", told, re.M)
        yield unit.name, tuple(re.sub(r"\$\{\w+\}", "1", word) for word in shlex.split(line))


def accepted(words: tuple[str, ...]) -> str:
    """What the command is called, its words being what it takes; click.UsageError says which are not.

    ValueError for a command that is none of ours, such as Dagster's own, which log and report in their own way.
    """
    words = (Path(words[0]).name, *(_A_FILE if word.startswith("/etc/adgen/") else word for word in words[1:]))
    if words[0] == "env":
        rest = [number for number, word in enumerate(words[1:], 1) if "=" not in word]
        return accepted(words[rest[0] :])
    if words[:2] == ("sh", "-c"):
        return ", ".join(accepted(tuple(shlex.split(line))) for line in words[2].split("&&"))
    if words[0] == "adgen":
        return f"adgen {parsed(main, words[1:])}"
    if words[:3] == ("python", "-m", _PROCESS):
        command, *rest = words[3:]
        if command == "daemon":
            return f"daemon {parsed(create_dagster_daemon_cli(), tuple(rest))}"
        return parsed(create_dagster_cli(), words[3:])
    raise ValueError(f"{' '.join(words)}: none of ours")


def parsed(command: click.Command, words: tuple[str, ...]) -> str:
    """The names of the commands below `command` that take `words`. Raises click.UsageError."""
    names = []
    context = command.make_context(command.name or "", list(words))
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None
        names.append(str(name))
        command, context = found, found.make_context(name, rest, parent=context)
    return " ".join(names)
