"""Who a process is, so that others can tell whether it has ended: what was its own may then be taken over.

    <machine>/<boot>/<pid namespace>/<pid>/<start>

A process of another machine or container cannot be judged from here; its leases simply run out. A container that takes
the place of an earlier one, of which only one runs at a time, says so by ADGEN_PLACE: it then judges that one's, too.
"""

import os
import platform
from functools import cache
from pathlib import Path

from adgen_pipeline.settings import Settings

_PROC = Path("/proc")


@cache
def _identity(pid: int) -> str:
    return "/".join((_machine(), _read(_PROC / "sys/kernel/random/boot_id"), _namespace(), str(pid), _start(pid)))


def this_process() -> str:
    """The identity of this process; a new one after a fork."""
    return _identity(os.getpid())


def is_gone(identity: str) -> bool:
    """Whether the process has surely ended: its machine was started anew, or it is not among the processes any more.

    False whenever that cannot be known from here.
    """
    machine, boot, namespace, pid, start = identity.split("/") if identity.count("/") == 4 else ("", "", "", "", "")
    mine = this_process().split("/")
    if not (machine and boot and start) or machine != mine[0]:
        return False
    if boot != mine[1]:
        return True
    return namespace == mine[2] and _start(int(pid)) != start


def _machine() -> str:
    """The machine's name with its installed id: containers of one image differ by their names."""
    if place := Settings.read().adgen_place:
        return place
    return f"{platform.node()}-{_read(Path('/etc/machine-id'))[:12]}"


def _namespace() -> str:
    if Settings.read().adgen_place:
        return "place"
    try:
        return str((_PROC / "self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        return ""


def _start(pid: int) -> str:
    """The process's start in clock ticks since boot, which tells it from a later one with its number; "" when gone.

    A process that has ended but was not yet waited for (state Z) counts as gone.
    """
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
