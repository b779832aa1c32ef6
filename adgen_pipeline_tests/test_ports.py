"""Ports that are taken, and by whom."""

import os
import socket

import pytest

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ports import holder_of, listen, require_free


def test_a_taken_port_names_its_holder() -> None:
    """With the option that chooses another; once it is let go, it is free."""
    with listen("127.0.0.1", 0, "--port") as held:
        port = held.getsockname()[1]
        with pytest.raises(InvalidSetting) as refused:
            require_free("127.0.0.1", port, "--api-port")
    assert f"port {port} is taken by" in refused.value.message and f"(pid {os.getpid()})" in refused.value.message
    assert refused.value.message.endswith("choose another by --api-port")
    require_free("127.0.0.1", port, "--port")


def test_one_that_listens_everywhere_takes_it_here_too() -> None:
    """And the other way round."""
    with listen("0.0.0.0", 0, "--port") as held, pytest.raises(InvalidSetting):
        require_free("127.0.0.1", held.getsockname()[1], "--port")


def test_an_address_of_others() -> None:
    """Named, with the port."""
    with pytest.raises(InvalidSetting, match=r"192\.0\.2\.1, port 80, cannot be listened on"):
        listen("192.0.2.1", 80, "--host")


def test_nobody_holds_a_free_port() -> None:
    """A socket that is bound and does not listen holds nothing, either."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert holder_of(bound.getsockname()[1]) is None
