"""Media by signed links, over real HTTP: ranges, caching, refusals."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import fsspec
import httpx
import pytest
from fastapi import FastAPI

from adgen_pipeline.api.media import media_routes
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.lab import Lab, clip_bytes, picture_bytes, serving

CLIP = clip_bytes(2.0)


def path_of(link: str) -> str:
    """The link without the host that API_URL says: the test's server is elsewhere."""
    return urlsplit(link)._replace(scheme="", netloc="").geturl()


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media", allowed_hosts=["127.0.0.1"])


@pytest.fixture
def clip(store: MediaStore, lab: Lab) -> Artifact:
    return store.keep(f"{lab.url}/media/2.0.mp4", "video")


@pytest.fixture
def links() -> MediaLinks:
    return MediaLinks.of(Settings.read())


@pytest.fixture
def http(store: MediaStore, links: MediaLinks) -> Iterator[httpx.Client]:
    app = FastAPI()
    app.include_router(media_routes(store, links))
    with serving(app) as url, httpx.Client(base_url=url) as client:
        yield client


def test_a_link_gives_the_whole_file(http: httpx.Client, links: MediaLinks, clip: Artifact) -> None:
    """With its type, its hash as ETag, a name to save it under, and leave to keep it for good."""
    answer = http.get(path_of(links.link(clip, called="watch")))
    assert (answer.status_code, answer.content) == (200, CLIP)
    told = answer.headers
    assert (told["content-type"], told["etag"], told["accept-ranges"]) == ("video/mp4", f'"{clip.sha256}"', "bytes")
    assert told["content-disposition"] == 'inline; filename="watch.mp4"'
    assert "immutable" in told["cache-control"] and told["x-content-type-options"] == "nosniff"
    head = http.head(path_of(links.link(clip, called="watch")))
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CLIP)))


def test_a_player_gets_the_part_it_asks_for(http: httpx.Client, links: MediaLinks, clip: Artifact) -> None:
    """From the middle, from the end, of a file that has not changed, several at once; and none beyond the end."""
    link, size = path_of(links.link(clip)), len(CLIP)
    for wanted, first, stop in (("0-1", 0, 2), ("100-", 100, size), ("-64", size - 64, size)):
        part = http.get(link, headers={"Range": f"bytes={wanted}"})
        assert (part.status_code, part.content) == (206, CLIP[first:stop])
        assert part.headers["content-range"] == f"bytes {first}-{stop - 1}/{size}"
    same = http.get(link, headers={"Range": "bytes=0-9", "If-Range": f'"{clip.sha256}"'})
    other = http.get(link, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (same.status_code, other.status_code, len(other.content)) == (206, 200, size)
    several = http.get(link, headers={"Range": "bytes=0-3,100-103"})
    assert several.status_code == 206 and several.headers["content-type"].startswith("multipart/byteranges")
    assert CLIP[:4] in several.content and CLIP[100:104] in several.content
    beyond = http.get(link, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")


def test_a_browser_that_has_the_file_gets_it_no_second_time(
    http: httpx.Client, links: MediaLinks, clip: Artifact
) -> None:
    """304, also under a link that was made later."""
    fresh = path_of(links.link(clip, seconds=1000))
    answer = http.get(fresh, headers={"If-None-Match": f'"{clip.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert http.get(fresh, headers={"If-None-Match": '"other"'}).status_code == 200


def test_without_a_link_of_ours_nothing_is_given(http: httpx.Client, links: MediaLinks, clip: Artifact) -> None:
    """No signature, a changed one, one for another file, an expired one: 403 in words, and never the file."""
    link = path_of(links.link(clip))
    strange = link.replace(clip.sha256, "0" * 64)
    for refused in (link.partition("?")[0], link[:-4] + "AAAA", strange, path_of(links.link(clip, seconds=-9))):
        answer = http.get(refused)
        assert answer.status_code == 403
        assert re.search("signature does not fit|has expired", answer.json()["detail"])


def test_no_path_leads_out_of_the_store(http: httpx.Client, links: MediaLinks, store: MediaStore) -> None:
    """Names that climb are unknown or refused, and even a signed one names nothing but a hash."""
    (store.folder / "aa").mkdir(parents=True)
    (store.folder.parent / "secret.mp4").write_bytes(b"secret")
    for path in ("/media/..%2fsecret.mp4", "/media/%2e%2e/secret.mp4", "/media/....//secret.mp4", "/media/%00.mp4"):
        assert http.get(path).status_code in (403, 404)
    climbing = Artifact(sha256="../secret", size=6, media_type="video/mp4", source_url="", width=1, height=1)
    assert http.get(path_of(links.link(climbing))).status_code == 404
    named = path_of(links.link(climbing)).replace("../secret", "..%2Fsecret")
    assert http.get(named).status_code in (403, 404)


def test_a_file_that_is_gone_is_404(http: httpx.Client, links: MediaLinks, store: MediaStore, clip: Artifact) -> None:
    """The link is good, the copy was removed; the folder's path is nobody's business."""
    store.path(clip).unlink()
    answer = http.get(path_of(links.link(clip)))
    assert answer.status_code == 404 and "gone from MEDIA_STORE" in answer.json()["detail"]
    assert str(store.folder) not in answer.text


def test_a_file_of_a_remote_store_is_fetched_when_it_is_asked_for(links: MediaLinks, lab: Lab, tmp_path: Path) -> None:
    """A machine that serves the API need not be the one that made the ad."""
    maker = MediaStore(tmp_path / "maker", "memory://ads", allowed_hosts=["127.0.0.1"])
    picture = maker.keep(f"{lab.url}/media/3.jpg", "image")
    app = FastAPI()
    app.include_router(media_routes(MediaStore(tmp_path / "api", "memory://ads"), links))
    with serving(app) as url:
        answer = httpx.get(url + path_of(links.link(picture)))
        assert (answer.status_code, answer.content) == (200, picture_bytes(3))
        files = fsspec.filesystem("memory")
        files.pipe(f"/ads/{picture.sha256[:2]}/{picture.sha256}.jpg", b"damaged")
        (tmp_path / "api" / picture.sha256[:2] / f"{picture.sha256}.jpg").unlink()
        assert httpx.get(url + path_of(links.link(picture))).status_code == 404
    files.store.clear()
