"""Who is at the other end of a local connection: so that a caller can be killed without having said who it is."""

import ctypes
import os
import signal
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1


def owner_of(port: int, server_port: int) -> int | None:
    """The id of the process whose socket runs from `port` to our `server_port`, or None."""
    inode = _inode(port, server_port)
    wanted = f"socket:[{inode}]"
    for folder in _PROC.iterdir() if inode else ():
        if folder.name.isdigit() and folder.name != str(os.getpid()) and wanted in _open_files(folder):
            return int(folder.name)
    return None


def kill(pid: int | None) -> bool:
    """SIGKILL it; False if it is gone already."""
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def die_with_parent() -> None:
    """Let the kernel end this process when the one that started it has ended, however that came."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def in_session(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            state, *fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if state not in "ZX" and fields[2] == str(session):
            found.append(int(folder.name))
    return found


def _inode(port: int, server_port: int) -> str | None:
    for line in (_PROC / "net/tcp").read_text().splitlines()[1:]:
        _, local, remote, *rest = line.split()
        if local.endswith(f":{port:04X}") and remote.endswith(f":{server_port:04X}"):
            return rest[6]
    return None


def _open_files(folder: Path) -> set[str]:
    found = set()
    with suppress(OSError):
        for entry in (folder / "fd").iterdir():
            with suppress(OSError):  # it was closed since
                found.add(str(entry.readlink()))
    return found
