"""What the drills of upkeep have in common: either kind of database, a table, JSON, an exit code."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

_KINDS = ["sqlite", "postgres"]


def run(told: str | None, drill: Callable[..., Any], **numbers: int) -> None:
    """The drill's command: `told` is its help, `numbers` its options with their defaults. Exit code 1 where one is not
    `ok`."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--databases", nargs="+", default=_KINDS, choices=_KINDS)
    parser.add_argument("--json", type=Path, help="Where the figures are written, too.")
    given = parser.parse_args()
    found = []
    for kind in given.databases:
        found.append(drill(kind, **{name: getattr(given, name) for name in numbers}))
        print(found[-1].table(), flush=True)
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in found], indent=2))
    sys.exit(0 if all(each.ok for each in found) else 1)
