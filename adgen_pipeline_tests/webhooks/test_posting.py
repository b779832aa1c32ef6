"""One POST: what counts as taken, and what a hostile receiver cannot do."""

import time
from collections.abc import Iterator
from socket import socket

import pytest

from adgen_pipeline.webhooks.posting import NotDelivered, post
from adgen_pipeline_tests.downloads.wire import World, http, redirect, wire


@pytest.fixture
def world() -> Iterator[World]:
    with wire() as world:
        yield world


def _send(world: World, url: str, seconds: float = 10.0) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        post(url, b"{}", {"webhook-id": "msg_1"}, seconds=seconds, outside=world.outside)
    return caught.value


def test_it_is_taken_by_any_2xx(world: World) -> None:
    """Over https, verified for the host's name; the body's type and the given headers go with it."""
    world.paths["/hook"] = http(status="202 Accepted")
    post("https://media.example/hook?a=1", b"{}", {"webhook-id": "msg_1"}, outside=world.outside)
    request = world.asked[0].lower()
    assert request.startswith("post /hook?a=1 http/1.1\r\nhost: media.example\r\n")
    assert "content-type: application/json" in request and "webhook-id: msg_1" in request
    assert world.server_names == ["media.example"]


def test_a_redirect_is_not_followed(world: World) -> None:
    """It could lead inside."""
    world.paths |= {"/hook": redirect("http://media.example/other"), "/other": http()}
    assert "redirects are not followed" in str(_send(world, "http://media.example/hook"))
    assert len(world.asked) == 1


def test_a_receiver_that_dribbles_is_left(world: World) -> None:
    """Bytes that never become an answer do not keep the connection open beyond the attempt's time."""

    def dribble(connection: socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-Slow: 1\r\n")
            time.sleep(0.05)

    world.paths["/hook"] = dribble
    assert str(_send(world, "http://media.example/hook", seconds=0.5)) == "it did not answer within 0.5 s"


@pytest.mark.parametrize("url", ["http://user:word@media.example/", "ftp://media.example/", "http://2130706433/"])
def test_what_is_no_plain_url_is_given_up(world: World, url: str) -> None:
    """No later attempt would help."""
    assert _send(world, url).for_good and not world.connected


def test_what_another_certificate_answers_is_not_trusted(world: World) -> None:
    """The body is not sent; a later attempt may find it mended."""
    world.names["other.example"] = world.names["media.example"]
    failure = _send(world, "https://other.example/hook")
    assert "its certificate is not to be trusted" in str(failure) and not failure.for_good and not world.asked
