"""What a hostile or careless server might try with a download, and what we say to it.

One table: each row is fetched over real connections by a MediaStore with small limits, in a world whose name server
and public addresses are the test's own (`downloads.wire`).
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket

import pytest

from adgen_pipeline.downloads import download
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.downloads.wire import OTHER_PUBLIC, PUBLIC, Answer, World, http, redirect, wire
from adgen_pipeline_tests.lab import clip_bytes, picture_bytes
from adgen_pipeline_tests.storage.traps import (
    LONG,
    NO_TIME,
    changed_video,
    drip,
    elsewhere,
    endless,
    huge_picture,
    huge_video,
    many_frames,
    without_edits,
)

SITE = "http://media.example"
NAMES = {
    "localhost": [["127.0.0.1"]],
    "metadata.example": [["169.254.169.254"]],
    "intranet.example": [["10.0.0.7"]],
    "both.example": [[PUBLIC, "192.168.0.9"]],
    "rebinding.example": [[PUBLIC], ["127.0.0.1"]],
    "other.example": [[PUBLIC]],
}


@dataclass(frozen=True)
class Hostile:
    """One attempt: what is `tried` at `url`, what the server answers, and what of our message must be there."""

    name: str
    tried: str
    told: str
    url: str = f"{SITE}/file"
    answer: Answer = b""
    kind: str = "video"
    seconds: float = 10.0


def addressed(name: str, tried: str, url: str, told: str) -> Hostile:
    return Hostile(name, tried, told, url)


def sent_on(name: str, tried: str, to: str, told: str, url: str = f"{SITE}/file") -> Hostile:
    return Hostile(name, tried, told, url, redirect(to))


def content(name: str, tried: str, told: str, body: Callable[[], bytes] | bytes, kind: str = "video") -> Hostile:
    def answer(connection: socket) -> None:
        connection.sendall(http(body if isinstance(body, bytes) else body()))

    return Hostile(name, tried, told, f"{SITE}/file.{'mp4' if kind == 'video' else 'jpg'}", answer, kind)


ODD = "is not a plain spelling of an IP address"

HOSTILE = [
    addressed("file", "a local file", "file:///etc/passwd", "is not an http(s) URL"),
    addressed("ftp", "another scheme", "ftp://media.example/x", "is not an http(s) URL"),
    addressed("data", "a data URL", "data:video/mp4;base64,AAAA", "is not an http(s) URL"),
    addressed("password", "a password in the URL", "http://me:s3cret@media.example/x", "user name or password"),
    addressed("no-host", "a URL without a host", "http:///etc/passwd", "has no valid host name"),
    addressed("line-break", "a header smuggled into the URL", "http://media.example/\r\nX: y", "is not a valid URL"),
    addressed("decimal", "127.0.0.1 as one number", "http://2130706433/", ODD),
    addressed("octal", "127.0.0.1 in octal", "http://0177.0.0.1/", ODD),
    addressed("hex", "127.0.0.1 in hexadecimal", "http://0x7f000001/", ODD),
    addressed("short", "127.0.0.1 with parts left out", "http://127.1/", ODD),
    addressed("wide", "127.0.0.1 in wide letters", "http://１２７．０．０．１/", "is not a valid URL"),
    addressed("loopback", "this machine", "http://127.0.0.1:8080/x", "127.0.0.1 is a loopback address"),
    addressed("loopback6", "this machine in IPv6", "http://[::1]/x", "::1 is a loopback address"),
    addressed("metadata", "a cloud's metadata", "http://169.254.169.254/latest", "169.254.169.254 is a link-local"),
    addressed("private", "a private network", "http://192.168.1.1/", "192.168.1.1 is a private address"),
    addressed("private6", "a private network in IPv6", "http://[fd00::7]/", "fd00::7 is a private address"),
    addressed("shared", "carrier-grade NAT", "http://100.64.0.1/", "100.64.0.1 is a carrier-grade NAT address"),
    addressed("any", "the unspecified address", "http://0.0.0.0/", "0.0.0.0 is the unspecified address"),
    addressed("multicast", "a multicast address", "http://224.0.0.1/", "224.0.0.1 is a multicast address"),
    addressed("reserved", "a reserved address", "http://240.0.0.1/", "240.0.0.1 is a reserved address"),
    addressed("mapped", "metadata, mapped to IPv6", "http://[::ffff:169.254.169.254]/", "is a link-local address"),
    addressed("6to4", "127.0.0.1 in a 6to4 address", "http://[2002:7f00:1::]/", "is a loopback address"),
    addressed("nat64", "metadata in a NAT64 address", "http://[64:ff9b::a9fe:a9fe]/", "is a link-local address"),
    addressed("dns-loopback", "a name of this machine", "http://localhost/x", "localhost is at 127.0.0.1, a loopback"),
    addressed("dns-private", "a name of a private address", "http://intranet.example/", "is at 10.0.0.7, a private"),
    addressed("dns-both", "a name with a public and a private address", "http://both.example/", "is at 192.168.0.9"),
    Hostile(
        "rebinding",
        "a name that is public when asked first, and this machine after a redirect to itself",
        "rebinding.example is at 127.0.0.1, a loopback address",
        "http://rebinding.example/file",
        redirect("http://rebinding.example/file"),
    ),
    sent_on(
        "to-metadata", "a redirect to metadata", "http://169.254.169.254/latest", "169.254.169.254 is a link-local"
    ),
    sent_on("to-name", "a redirect to a name of metadata", "http://metadata.example/", "is at 169.254.169.254, a link"),
    sent_on("to-file", "a redirect to a local file", "file:///etc/passwd", "redirects to file:///etc/passwd, which is"),
    sent_on("to-password", "a redirect with a password", "http://me:s3cret@media.example/", "user name or password"),
    sent_on("to-odd", "a redirect to an odd spelling", "http://0x7f.1/", f"http://0x7f.1/, which {ODD}"),
    sent_on(
        "to-http", "a redirect from https to http", f"{SITE}/x", "leave https for http", "https://media.example/file"
    ),
    sent_on("loop", "redirects without end", "/file", "it redirects more than 5 times"),
    addressed("certificate", "another host's certificate", "https://other.example/x", "not valid for 'other.example'"),
    Hostile("refused", "a port where nobody is", "connection refused (1 try)", f"http://{OTHER_PUBLIC}/x"),
    Hostile("10-gb", "10 GB, announced", "it is larger than 1 MB", answer=http(Content_Length=10**10)),
    Hostile("endless", "a stream without end", "it is larger than 1 MB", answer=endless),
    Hostile(
        "gzip-bomb",
        "50 MB in 49 kB of gzip",
        "it is larger than 1 MB",
        answer=lambda to: to.sendall(http(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")),
    ),
    Hostile("not-gzip", "gzip that is none", "is not the gzip data", answer=http(b"none", Content_Encoding="gzip")),
    Hostile("brotli", "an encoding nobody asked for", "packed as 'br'", answer=http(b"x", Content_Encoding="br")),
    Hostile("truncated", "fewer bytes than announced", "broke off", answer=http(b"x" * 10, Content_Length=1000)),
    Hostile(
        "chunks",
        "a chunked body cut off",
        "broke off",
        answer=http(b"5\r\nab", Content_Length=None, Transfer_Encoding="chunked"),
    ),
    Hostile(
        "byte-a-second",
        "a body drop by drop",
        "did not arrive in time",
        seconds=0.5,
        answer=drip(http(Content_Length=999), b"x"),
    ),
    Hostile(
        "slow-headers",
        "headers drop by drop",
        "did not arrive in time",
        seconds=0.5,
        answer=drip(b"HTTP/1.1 200 OK\r\nA: ", b"a"),
    ),
    Hostile(
        "100-forever",
        "`100 Continue` for ever",
        "did not arrive in time",
        seconds=0.5,
        answer=drip(b"", b"HTTP/1.1 100 Go\r\n\r\n"),
    ),
    Hostile("large-headers", "200 kB of headers", "headers are larger than 100 kB", answer=http(X="y" * 200_000)),
    Hostile("not-http", "a server that speaks no HTTP", "broke off", answer=b"SSH-2.0-OpenSSH_9.6\r\n"),
    Hostile("silence", "a server that hangs up", "broke off", answer=lambda connection: connection.close()),
    Hostile("expired", "a URL that has expired", "expired or gone (HTTP 403)", answer=http(status="403 Forbidden")),
    Hostile("gone", "a URL that is gone", "expired or gone (HTTP 404)", answer=http(status="404 Not Found")),
    Hostile("part", "a part for the whole", "HTTP 206, not a file", answer=http(b"x", "206 Partial Content")),
    content("empty", "nothing at all", "is not an MP4 video that can be played: it is empty", b""),
    content(
        "ffconcat", "a list of local files named .mp4", "an ffconcat list", b"ffconcat version 1.0\nfile /etc/passwd\n"
    ),
    content("hls", "an HLS playlist named .mp4", "an HLS playlist", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x.ts\n"),
    content("html", "an HTML page named .mp4", "an HTML page", b"<!DOCTYPE html><html>Please log in</html>"),
    content("json", "an error in JSON named .mp4", "a JSON text", b'{"error": "expired"}'),
    content("webm", "another container named .mp4", "WebM or Matroska", b"\x1a\x45\xdf\xa3" + b"\0" * 64),
    content("picture", "a picture named .mp4", "a JPEG picture", lambda: picture_bytes(1)),
    content("cut-video", "the first half of a video", "an MP4 video, or the beginning", lambda: clip_bytes(1.0)[:1200]),
    content(
        "other-file",
        "a MOV that plays a local file",
        "is not an MP4 video that can be played",
        lambda: changed_video(dref=lambda body: elsewhere("/etc/passwd"), mdat=lambda body: bytes(len(body))),
    ),
    content(
        "frames",
        "10 million frames in 2 kB",
        "claims 10,000,000 frames in",
        lambda: changed_video(**many_frames(10**7)),
    ),
    content(
        "some-frames",
        "a million frames in 2 kB",
        "1,000,000 frames; 72,000 are",
        lambda: changed_video(**many_frames(10**6)),
    ),
    content(
        "days", "a second that says it is a day", "0 to 600 are possible", lambda: without_edits(changed_video(**LONG))
    ),
    content(
        "no-time", "frames that last no time", "says it lasts 0.0 s", lambda: without_edits(changed_video(**NO_TIME))
    ),
    content("large-video", "52 million pixels a frame", "7200x7200 pixels, more than 50 million", huge_video),
    content("boxes", "100,000 empty boxes", "more than 50,000 boxes", b"\0\0\0\x08free" * 100_000),
    content("packed-head", "a compressed header", "compressed header", b"\0\0\0\x10moov\0\0\0\x08cmov"),
    content("html-jpg", "an HTML page named .jpg", "an HTML page", b"<html>sorry</html>", "image"),
    content(
        "svg",
        "an SVG with a link to this machine",
        "an SVG drawing",
        b"<?xml version='1.0'?><svg><image/></svg>",
        "image",
    ),
    content("gif", "a picture of another kind", "a GIF picture", b"GIF89a" + b"\0" * 30, "image"),
    content("video-jpg", "a video named .jpg", "an MP4 video", lambda: clip_bytes(1.0), "image"),
    content("pixels", "a PNG of 30000x30000 in 80 bytes", "more than 50 million", huge_picture, "image"),
    content(
        "cut-picture", "the first half of a picture", "a JPEG picture, or the", lambda: picture_bytes(1)[:400], "image"
    ),
]


@pytest.fixture
def world() -> Iterator[World]:
    with wire() as world:
        world.names |= {name: list(answers) for name, answers in NAMES.items()}
        yield world


def attempt(world: World, folder: Path, hostile: Hostile) -> ArtifactError:
    """What we say when it is tried."""
    world.paths |= dict.fromkeys(("/file", "/file.mp4", "/file.jpg"), hostile.answer)
    fetch = partial(download, max_bytes=1_000_000, max_seconds=hostile.seconds, pauses=(), outside=world.outside)
    with pytest.raises(ArtifactError) as caught:
        MediaStore(folder, fetch=fetch).keep(hostile.url, hostile.kind)
    return caught.value


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_hostile_downloads(world: World, tmp_path: Path, hostile: Hostile) -> None:
    """Each is refused with a sentence that says why; no forbidden address is connected to; nothing stays."""
    error = attempt(world, tmp_path / "media", hostile)
    assert hostile.told in error.message and "s3cret" not in error.message
    assert set(world.connected) <= {PUBLIC, OTHER_PUBLIC}
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
