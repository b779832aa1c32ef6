"""Addresses and ports to listen on: who reaches them, and who holds those that are taken."""

import errno
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from adgen_pipeline.errors import InvalidSetting

_LISTENING = "0A"  # the state of a listening socket in /proc/net/tcp
_PROC = Path("/proc")


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine reach what listens on `host`, an address or a name."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listen(host: str, port: int, option: str) -> socket.socket:
    """A socket that is bound to `host` and `port`. Raises InvalidSetting which says who has it, and that `option`
    chooses another."""
    listening = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(0)  # else two could bind, and the second to listen would fail
    except OSError as error:
        if listening:
            listening.close()
        raise InvalidSetting(_told(host, port, option, error)) from error
    return listening


def require_free(host: str, port: int, option: str) -> None:
    """Raise InvalidSetting unless `port` can be listened on."""
    listen(host, port, option).close()


def holder_of(port: int) -> str | None:
    """Who listens on `port` of this machine, such as "python3 (pid 4711)"; None where that cannot be told."""
    inodes = set(_listening_inodes(port))
    for process in _PROC.glob("[0-9]*") if inodes else ():
        if inodes & set(_sockets_of(process)):
            return f"{_command(process)} (pid {process.name})"
    return None


def _told(host: str, port: int, option: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        who = holder_of(port)
        return f"port {port} is taken{f' by {who}' if who else ''}; free it, or choose another by {option}"
    return f"{host}, port {port}, cannot be listened on ({error.strerror}); choose another by {option}"


def _listening_inodes(port: int) -> Iterator[str]:
    for table in (_PROC / "net/tcp", _PROC / "net/tcp6"):
        for line in table.read_text().splitlines()[1:] if table.is_file() else ():
            fields = line.split()
            if fields[3] == _LISTENING and fields[1].endswith(f":{port:04X}"):
                yield fields[9]


def _sockets_of(process: Path) -> Iterator[str]:
    try:
        for descriptor in (process / "fd").iterdir():
            kind, _, inode = str(descriptor.readlink()).partition(":")
            if kind == "socket":
                yield inode.strip("[]")
    except OSError:  # somebody else's, or it has just ended
        return


def _command(process: Path) -> str:
    try:
        words = (process / "cmdline").read_text().split("\0")
        return " ".join(Path(word).name if index == 0 else word for index, word in enumerate(words[:4])).strip()
    except OSError:
        return "a process"
