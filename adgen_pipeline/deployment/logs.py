"""A log for each part, begun anew with every start; the one before is kept beside it."""

import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LOOK_SECONDS = 0.2
_TAIL_BYTES = 8000


def fresh_log(folder: Path, name: str) -> Path:
    """The file for the part `name`; what it held goes to `<name>.1.log`."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name.replace(' ', '-').lower()}.log"
    if log.exists():
        log.replace(log.with_suffix(".1.log"))
    log.touch()
    return log


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, without colours."""
    told = log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace")
    return "\n".join(_COLOUR.sub("", told).rstrip().splitlines()[-count:]) or "(empty)"


def follow(logs: Mapping[str, Path], tell: Callable[[str], None], over: threading.Event) -> None:
    """Tell each new line of `logs` (by name) until `over` is set."""
    files = {name: log.open(errors="replace") for name, log in logs.items()}
    while True:
        last = over.wait(_LOOK_SECONDS)
        for name, file in files.items():
            for line in file.readlines():
                tell(f"[{name}] {_COLOUR.sub('', line).rstrip()}")
        if last:
            break
    for file in files.values():
        file.close()
