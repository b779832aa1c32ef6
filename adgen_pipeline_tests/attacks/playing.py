"""Plays the list against a house, byte for byte as it stands, and sees what came of it."""

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

from adgen_pipeline_tests.attacks.house import House
from adgen_pipeline_tests.attacks.requests import Attack

_SECONDS = 60.0
_ATTACKER, _COLLEAGUE = "127.0.0.66", "127.0.0.1"
_READ = (b"root:x:0:0", b"root:*:0:0")
"""What stands in a password file."""


@dataclass(frozen=True)
class Played:
    """How an attack was answered, and how many `runs` came of it. `harm` says in words what else did."""

    attack: Attack
    status: int
    harm: str
    runs: int

    @property
    def held(self) -> bool:
        """Whether it was refused as it should be, without any effect."""
        return self.status in self.attack.expected and not self.harm and not self.runs

    def __str__(self) -> str:
        asked = f"{self.attack.door} {self.attack.method} {self.attack.name}"[:60]
        effect = self.harm or f"{self.runs} runs"
        return f"{self.attack.kind:16} | {asked:60} | {self.status} | {effect} | {'held' if self.held else 'BROKEN'}"


def play(house: House, attacks: Iterable[Attack]) -> Iterator[Played]:
    """One after the other; runs are counted after each."""
    before = house.runs()
    for attack in attacks:
        status, headers, body = 0, "", b""
        for _ in range(attack.times):
            status, headers, body = ask(house, attack)
        runs = house.runs() - before
        before += runs
        yield Played(attack, status, _harm(headers, body), runs)


def ask(house: House, attack: Attack) -> tuple[int, str, bytes]:
    """Status, headers and body of the answer; status 0 where the connection was closed without one.

    Who guesses sends from an address of its own, so that the others can be seen to be let in still.
    """
    url = urlsplit(house.up.url if attack.door == "UI" else house.up.api_url)
    at = (url.hostname or "", url.port or 80)
    source = (_ATTACKER if attack.kind == "guessing" else _COLLEAGUE, 0)
    with socket.create_connection(at, _SECONDS, source_address=source) as connection:
        try:
            connection.sendall(_spelled(house, attack, url.netloc))
            reply = HTTPResponse(connection, method=attack.method)
            reply.begin()
            return reply.status, str(reply.headers), b"" if reply.status == 101 else reply.read()
        except (OSError, HTTPException):
            return 0, "", b""


def _spelled(house: House, attack: Attack, host: str) -> bytes:
    headers = {"Host": host, "Connection": "close"}
    if attack.inside:
        token = house.ui_token if attack.door == "UI" else house.api_token
        headers["Authorization"] = f"Bearer {token}"
    if attack.body:
        headers["Content-Length"] = str(len(attack.body))
    lines = [f"{attack.method} {attack.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (headers | attack.headers).items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + attack.body


def _harm(headers: str, body: bytes) -> str:
    if any(line in body for line in _READ):
        return "read a file of the machine"
    if "set-cookie: owned" in headers.lower():
        return "wrote a header"
    if "evil.example" in headers:
        return "led or let in another site"
    return ""
