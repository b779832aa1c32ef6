"""What a download does when it goes well, and when it goes well only after a while."""

import gzip
import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from adgen_pipeline.downloads import download, is_offered
from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable
from adgen_pipeline_tests.downloads.wire import OTHER_PUBLIC, PUBLIC, World, http, redirect, wire

FILE = bytes(range(256)) * 1000
SOON = (0.0, 0.0, 0.0)


@pytest.fixture
def world() -> Iterator[World]:
    with wire() as world:
        yield world


def test_a_file_arrives_with_its_hash_and_size(world: World, tmp_path: Path) -> None:
    """The bytes, their SHA-256 and their number; and nothing but the file was asked for, as it is."""
    world.paths["/a.mp4"] = http(FILE)
    got = download("http://media.example/a.mp4?key=1", tmp_path / "a", outside=world.outside)
    assert (got.path.read_bytes(), got.sha256, got.size) == (FILE, hashlib.sha256(FILE).hexdigest(), len(FILE))
    request = world.asked[0].lower()
    assert request.startswith("get /a.mp4?key=1 http/1.1\r\nhost: media.example\r\n")
    assert "accept-encoding: identity" in request


def test_the_connection_goes_to_the_address_that_was_checked(world: World, tmp_path: Path) -> None:
    """A name server that changes its answer after the check (rebinding) is not asked again."""
    world.names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    world.paths["/a"] = http(FILE)
    assert download("http://rebinding.example/a", tmp_path / "a", outside=world.outside).size == len(FILE)
    assert (world.looked_up, world.connected) == (["rebinding.example"], [PUBLIC])


def test_https_is_verified_for_the_hosts_name_although_the_connection_goes_to_an_address(
    world: World, tmp_path: Path
) -> None:
    """The server hears the name (SNI), and its certificate has to be for that name."""
    world.names["other.example"] = [[PUBLIC]]
    world.paths["/a"] = http(FILE)
    assert download("https://media.example/a", tmp_path / "a", outside=world.outside).size == len(FILE)
    assert (world.server_names, world.connected) == (["media.example"], [PUBLIC])
    with pytest.raises(ArtifactError, match=r"not to be trusted.*other\.example"):
        download("https://other.example/a", tmp_path / "b", outside=world.outside)


def test_the_next_address_is_tried_when_the_first_does_not_answer(world: World, tmp_path: Path) -> None:
    """A name may have several addresses, and one of them may be down."""
    world.names["media.example"] = [[OTHER_PUBLIC, PUBLIC]]
    world.paths["/a"] = http(FILE)
    assert download("http://media.example/a", tmp_path / "a", outside=world.outside, pauses=()).size == len(FILE)
    assert world.connected == [OTHER_PUBLIC, PUBLIC]


def test_five_redirects_are_followed(world: World, tmp_path: Path) -> None:
    """Relative and absolute, http to https."""
    world.paths |= {f"/{n}": redirect(f"/{n + 1}") for n in range(4)}
    world.paths |= {"/4": redirect("https://media.example/a"), "/a": http(FILE)}
    assert download("http://media.example/0", tmp_path / "a", outside=world.outside).size == len(FILE)
    assert world.server_names == ["media.example"]


@pytest.mark.parametrize("allowed", ["studio.internal", "studio.internal:80", "STUDIO.internal."])
def test_an_allowed_host_may_have_a_private_address(world: World, tmp_path: Path, allowed: str) -> None:
    """By name, or by name and port; only that one, and not what it redirects to."""
    world.names |= {"studio.internal": [["10.0.0.7", PUBLIC]], "other.internal": [["10.0.0.8"]]}
    world.paths |= {"/a": http(FILE), "/b": redirect("http://other.internal/a")}
    hosts = [allowed]
    got = download("http://studio.internal/a", tmp_path / "a", allowed_hosts=hosts, outside=world.outside)
    assert got.size == len(FILE)
    with pytest.raises(ArtifactError, match=r"other\.internal is at 10\.0\.0\.8, a private address"):
        download("http://studio.internal/b", tmp_path / "b", allowed_hosts=hosts, outside=world.outside)
    with pytest.raises(ArtifactError, match=r"10\.0\.0\.7, a private address"):
        download(
            "http://studio.internal/a", tmp_path / "b", allowed_hosts=["studio.internal:81"], outside=world.outside
        )


def test_a_real_server_on_this_machine_is_not_connected_to_unless_it_is_allowed(tmp_path: Path) -> None:
    """With the machine's own name server and network: not by its address, not by name; allowed by either name."""
    with wire() as world:
        world.paths["/a"] = http(FILE)
        port = world.ports[80]
        for url in (f"http://127.0.0.1:{port}/a", f"http://localhost:{port}/a"):
            with pytest.raises(ArtifactError, match=r"a loopback address; .* MEDIA_ALLOWED_HOSTS"):
                download(url, tmp_path / "a")
            assert world.asked == []
        assert download(f"http://127.0.0.1:{port}/a", tmp_path / "a", allowed_hosts=["localhost"]).size == len(FILE)
        assert download(f"http://localhost:{port}/a", tmp_path / "b", allowed_hosts=[f"127.0.0.1:{port}"]).size


def test_a_proxy_in_the_environment_is_not_used(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect to addresses nobody checked."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{world.ports[80]}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{world.ports[80]}")
    world.paths["/a"] = http(FILE)
    download("http://media.example/a", tmp_path / "a", outside=world.outside)
    assert world.connected == [PUBLIC] and world.asked[0].startswith("GET /a ")


def _hang_up(connection: socket.socket) -> None:
    connection.close()


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param(http(status="503 Busy"), id="503"),
        pytest.param(http(status="500 Oops"), id="500"),
        pytest.param(http(status="429 Slower"), id="429"),
        pytest.param(http(status="408 Late"), id="408"),
        pytest.param(http(status="425 Early"), id="425"),
        pytest.param(http(FILE[:1000], Content_Length=len(FILE)), id="truncated"),
        pytest.param(http(gzip.compress(FILE)[:500], Content_Encoding="gzip"), id="truncated gzip"),
        pytest.param(_hang_up, id="hung up"),
    ],
)
def test_what_may_pass_is_tried_again(world: World, tmp_path: Path, passing: bytes) -> None:
    """Three more tries; the file that arrives in the end is whole."""
    world.paths["/a"] = [passing, passing, passing, http(FILE)]
    got = download("http://media.example/a", tmp_path / "a", outside=world.outside, pauses=SOON)
    assert got.path.read_bytes() == FILE and len(world.asked) == 4


def test_what_does_not_pass_is_told_apart_from_what_never_will(world: World, tmp_path: Path) -> None:
    """ArtifactUnavailable after four tries; a missing file is asked for once."""
    world.paths |= {"/busy": http(status="503 Busy"), "/gone": http(status="410 Gone")}
    with pytest.raises(ArtifactUnavailable, match=r"busy could not be fetched: it answered HTTP 503 \(4 tries\)"):
        download("http://media.example/busy?token=s3cret", tmp_path / "a", outside=world.outside, pauses=SOON)
    with pytest.raises(ArtifactError, match=r"expired or gone \(HTTP 410\)") as caught:
        download("http://media.example/gone", tmp_path / "a", outside=world.outside, pauses=SOON)
    assert not isinstance(caught.value, ArtifactUnavailable)
    assert len(world.asked) == 5 and not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["http://intranet.example/a", "https://other.example/a", "http://media.example/a"])
def test_what_can_be_mended_is_not_final_and_not_tried_again(world: World, tmp_path: Path, url: str) -> None:
    """A host that is not allowed, a certificate, a disk: what was paid for the file is not lost by it."""
    world.names |= {"intranet.example": [["10.0.0.7"]], "other.example": [[PUBLIC]]}
    world.paths["/a"] = http(FILE)
    with pytest.raises(ArtifactUnavailable):
        download(url, tmp_path / "nowhere" / "a", outside=world.outside, pauses=(60.0,))
    assert len(world.looked_up) == 1


def test_no_try_is_made_after_the_time_is_over(world: World, tmp_path: Path) -> None:
    """The seconds are for all tries together."""
    world.paths["/a"] = http(status="503 Busy")
    with pytest.raises(ArtifactUnavailable, match=r"\(1 try\)"):
        download("http://media.example/a", tmp_path / "a", outside=world.outside, max_seconds=5, pauses=(60.0,))


def test_a_packed_body_is_unpacked(world: World, tmp_path: Path) -> None:
    """Not every server listens when a file is asked for as it is."""
    world.paths["/a"] = http(gzip.compress(FILE), Content_Encoding="gzip")
    assert download("http://media.example/a", tmp_path / "a", outside=world.outside).path.read_bytes() == FILE


def test_a_disk_that_is_full_or_locked_is_told(world: World, tmp_path: Path) -> None:
    """The file's end of the matter is not taken for the network's."""
    world.paths["/a"] = http(FILE)
    with pytest.raises(ArtifactError, match=r"could not be written \(No such file or directory\)"):
        download("http://media.example/a", tmp_path / "nowhere" / "a", outside=world.outside)


@pytest.mark.parametrize(
    ("answer", "still_there"),
    [
        (http(b"x", "206 Partial Content", Content_Range="bytes 0-0/9"), True),
        (http(FILE, Content_Type="video/mp4"), True),
        ([http(status="503 Busy"), http(b"x", "206 Partial Content")], True),
        (redirect("/file"), True),
        (redirect("ftp://media.example/"), False),
        (redirect("http://169.254.169.254/"), False),
        (http(b"<html>expired</html>", Content_Type="text/html"), False),
        (http(status="403 Forbidden"), False),
        (http(status="404 Not Found"), False),
    ],
)
def test_whether_a_url_still_gives_a_file(world: World, answer: bytes, still_there: bool) -> None:
    """Its first byte is asked for, with the guard of a download; a page of text is not a file."""
    world.paths |= {"/a": answer, "/file": http(b"x", "206 Partial Content")}
    assert is_offered("http://media.example/a", outside=world.outside, pauses=SOON) is still_there
    assert "Range: bytes=0-0" in world.asked[0] and set(world.connected) == {PUBLIC}


@pytest.mark.parametrize("answer", [http(status="503 Busy"), redirect("http://intranet.example/"), _hang_up])
def test_whether_a_url_still_gives_a_file_may_be_unknown(world: World, answer: bytes) -> None:
    """Nobody should pay for a file again because its server is busy, or because a setting is missing."""
    world.paths["/a"] = answer
    world.names["intranet.example"] = [["10.0.0.7"]]
    with pytest.raises(ArtifactUnavailable):
        is_offered("http://media.example/a", outside=world.outside, pauses=SOON)
