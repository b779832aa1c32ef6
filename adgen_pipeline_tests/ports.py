"""Ports for servers that tests start."""

import random
import socket
from contextlib import closing


def free_port() -> int:
    """A port that no client is given by chance, so that it stays ours while its server is away."""
    while True:
        port = random.randint(20000, 32000)
        if not answers(port):
            return port


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
