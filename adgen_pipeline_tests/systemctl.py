"""A stand-in for systemctl: `UNITS=FOLDER python -m adgen_pipeline_tests.systemctl start|stop|is-active|... UNIT ...`.

It really starts and stops the processes of the unit files in UNITS, in their order, with their environment, and with
their ExecStartPre, ExecStartPost and ExecStop; it knows as much of systemd as those units use. It confines
nothing, changes no user and starts nothing again that ended.
"""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

UNITS = Path(os.environ.get("UNITS", "/etc/systemd/system"))
RUN = Path(os.environ.get("RUN", "/run/adgen"))
"""The one RuntimeDirectory of these units."""

_IGNORED = {"daemon-reload"}
_STOP_SECONDS = 30

Unit = dict[str, list[str]]


def main() -> int:
    command, *names = [word for word in sys.argv[1:] if not word.startswith("-")]
    if command in _IGNORED:
        return 0
    if command == "is-active":
        return _is_active(names)
    if command in ("enable", "disable"):
        for name in names:
            _enable(name, command == "enable")
    if command == "show":  # --property Wants --value UNIT
        print(*_wanted(names[-1]))
    if command in ("stop", "restart"):
        for service in reversed(_in_order(names, _stopped_with)):
            _stop(service)
    if command in ("start", "restart"):
        return sum(_start(service) for service in _in_order(names, _started_with))
    return 0


def _is_active(names: list[str]) -> int:
    """0 if any of them is: so it is with the real one."""
    states = ["active" if _lives(name) else "inactive" for name in names]
    if "--quiet" not in sys.argv:
        print("\n".join(states))
    return 0 if "active" in states else 3


def _enable(name: str, on: bool) -> None:
    """Whoever wants it, by its file, has a link to it, or no more."""
    for target in _words(_read(name), "WantedBy"):
        link = UNITS / f"{target}.wants" / name
        link.unlink(missing_ok=True)
        if on:
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(_file(name))


def _wanted(name: str) -> list[str]:
    links = [link.name for link in (UNITS / f"{name}.wants").glob("*")]
    return sorted({*_words(_read(name), "Wants"), *links})


def _started_with(name: str) -> list[str]:
    return [name] if name.endswith(".service") else _wanted(name)


def _stopped_with(name: str) -> list[str]:
    """Those that were started and are part of it."""
    if name.endswith(".service"):
        return [name]
    started = [file.name.removesuffix(".pid") for file in UNITS.glob("*.service.pid")]
    return [service for service in started if name in _words(_read(service), "PartOf")]


def _in_order(names: list[str], meant: Callable[[str], list[str]]) -> list[str]:
    """The services that are `meant` by each name, each after those of its After, and those whose Before names it."""
    services = {service for name in names for service in meant(name)}
    before = {s: {other for other in services if s in _words(_read(other), "Before")} for s in services}
    ordered: list[str] = []
    while services:
        ready = {s for s in services if not services & {*_words(_read(s), "After"), *before[s]}}
        ordered += sorted(ready)
        services -= ready
    return ordered


def _file(name: str) -> Path:
    """Of the unit, or of the template that it is made by: adgen-worker@1.service has that of adgen-worker@.service."""
    template, _, kind = name.partition("@")
    return UNITS / (f"{template}@.{kind.partition('.')[2]}" if kind else name)


def _read(name: str) -> Unit:
    """What the unit's file and the drop-ins of its prefix say, by name; lines that end in \\ go on."""
    prefix = name.split("-")[0]
    unit: Unit = {}
    for file in [*sorted((UNITS / f"{prefix}-.service.d").glob("*.conf")), _file(name)]:
        for line in file.read_text().replace("\\\n", " ").splitlines():
            key, sign, value = line.partition("=")
            if sign and not line.startswith(("#", ";")):
                unit.setdefault(key, []).append(value.strip())
    return unit


def _words(unit: Unit, key: str) -> list[str]:
    return [word for line in unit.get(key, []) for word in line.split()]


def _environment(unit: Unit) -> dict[str, str]:
    found = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    found |= dict(line.split("=", 1) for line in unit.get("Environment", []))
    for file in unit.get("EnvironmentFile", []):
        lines = [line for line in Path(file).read_text().splitlines() if "=" in line and not line.startswith("#")]
        found |= dict(line.split("=", 1) for line in lines)
    return found


def _command(line: str, known: dict[str, str]) -> list[str]:
    words = [word.replace("%%", "%") for word in shlex.split(line)]
    for name, value in known.items():
        words = [word.replace(f"${{{name}}}", value) for word in words]
    return [word.replace("$$", "$") for word in words]


def _run(unit: Unit, key: str, log: Path) -> bool:
    known = _environment(unit)
    with log.open("ab") as out:
        return all(
            subprocess.run(_command(line, known), env=known, cwd=unit["WorkingDirectory"][-1], stdout=out, stderr=out)
            .returncode == 0
            for line in unit.get(key, [])
        )  # fmt: skip


def _kept(name: str) -> Path:
    return UNITS / f"{name}.pid"


def _lives(name: str) -> bool:
    if not _kept(name).exists():
        return False
    try:
        stat = Path(f"/proc/{json.loads(_kept(name).read_text())}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _start(name: str) -> int:
    """0, or 1 where it did not start."""
    if _lives(name):
        return 0
    unit, log = _read(name), UNITS / f"{name}.log"
    known = _environment(unit)
    Path(unit["WorkingDirectory"][-1]).mkdir(parents=True, exist_ok=True)
    if unit.get("RuntimeDirectory"):
        RUN.mkdir(parents=True, exist_ok=True)
    if not _run(unit, "ExecStartPre", log):
        return 1
    with log.open("ab") as out:
        process = subprocess.Popen(
            _command(unit["ExecStart"][-1], known),
            env=known,
            cwd=unit["WorkingDirectory"][-1],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    _kept(name).write_text(json.dumps(process.pid))
    return 0 if _run(unit, "ExecStartPost", log) else 1


def _stop(name: str) -> None:
    """By the unit's own way, then by its signal to all its processes."""
    if not _kept(name).exists():
        return
    unit, group = _read(name), json.loads(_kept(name).read_text())
    if _lives(name):
        _run(unit, "ExecStop", UNITS / f"{name}.log")
    _signal(group, getattr(signal, (unit.get("KillSignal") or ["SIGTERM"])[-1]))
    until = time.monotonic() + _STOP_SECONDS
    while _lives(name) and time.monotonic() < until:
        time.sleep(0.05)
    _signal(group, signal.SIGKILL)
    _kept(name).unlink()
    if unit.get("RuntimeDirectory"):
        shutil.rmtree(RUN, ignore_errors=True)


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
