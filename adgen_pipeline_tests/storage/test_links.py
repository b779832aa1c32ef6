"""Links to media: who can make them, how long they hold, and that they stay equal for a while."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import Asked, MediaLinks

AD = Artifact(sha256="a1" * 32, size=9, media_type="video/mp4", source_url="http://x/ad.mp4", width=1080, height=1920)


def asked(link: str) -> Asked:
    """What somebody who follows `link` asks for."""
    parts = urlsplit(link)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    name = parts.path.rpartition("/")[2]
    return Asked(name, query["expires"], query["signature"], query.get("name", ""))


@pytest.fixture
def links() -> MediaLinks:
    return MediaLinks.of(Settings.read())


def test_a_link_holds_for_a_day_and_begins_with_the_apis_url(
    links: MediaLinks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a front end gets can be played for the rest of the day."""
    link = links.link(AD)
    assert link.startswith(f"http://127.0.0.1:8000/media/{AD.sha256}.mp4?")
    links.check(asked(link))
    assert 24 * 3600 <= int(asked(link).expires) - time.time() <= 30 * 3600
    monkeypatch.setenv("API_URL", "https://ads.example.com/api/")
    assert MediaLinks.of(Settings.read()).link(AD).startswith("https://ads.example.com/api/media/")


def test_equal_links_are_cached_by_browsers(links: MediaLinks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks again within a quarter of the time gets the same link, whichever process answers."""
    now = 1_800_000_000 - 1_800_000_000 % 21600 + 10
    monkeypatch.setattr(time, "time", lambda: now)
    first = links.link(AD)
    monkeypatch.setattr(time, "time", lambda: now + 21000)
    assert MediaLinks.of(Settings.read()).link(AD) == first
    monkeypatch.setattr(time, "time", lambda: now + 22000)
    assert links.link(AD) != first


def test_a_link_that_was_changed_opens_nothing(links: MediaLinks) -> None:
    """Neither another file nor more time nor another name can be had with a signature made for something else."""
    whole = asked(links.link(AD, called="watch"))
    links.check(whole)
    changes = {"name": f"{'b2' * 32}.mp4", "expires": "99999999999", "called": "virus", "signature": "x" * 43}
    for field, value in changes.items():
        with pytest.raises(ArtifactError, match="signature does not fit"):
            links.check(replace(whole, **{field: value}))


def test_an_expired_link_says_where_a_fresh_one_is(links: MediaLinks) -> None:
    """The signature still fits; the time is over."""
    with pytest.raises(ArtifactError, match="expired: read the job again"):
        links.check(asked(links.link(AD, seconds=-60)))


def test_what_a_file_is_called_is_safe_in_a_header(links: MediaLinks) -> None:
    """Words of a brief become a file name of plain characters."""
    link = links.link(AD, called='A "watch"\r\nSet-Cookie: x/../../étui ')
    assert re.fullmatch(r"[\w.-]+", asked(link).called, re.ASCII)
    links.check(asked(link))


def test_the_secret_of_the_settings_signs(links: MediaLinks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines that share MEDIA_LINK_SECRET open each other's links; without it they do not."""
    monkeypatch.setenv("MEDIA_LINK_SECRET", "of two machines")
    link = MediaLinks.of(Settings.read()).link(AD)
    MediaLinks.of(Settings.read()).check(asked(link))
    with pytest.raises(ArtifactError):
        links.check(asked(link))


def test_those_who_come_together_share_one_key(home: Path) -> None:
    """Whoever comes first makes the key; it is its owner's alone, and nothing else is left in the folder."""
    together = threading.Barrier(8)

    def signed(_: int) -> str:
        together.wait()
        return asked(MediaLinks.of(Settings.read()).link(AD)).signature

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(signed, range(8)))) == 1
    assert [(file.name, file.stat().st_mode & 0o777) for file in home.iterdir()] == [("media-link.key", 0o600)]


def test_a_key_that_is_none_is_told(home: Path) -> None:
    """A file that was emptied must not become a key everybody knows."""
    home.mkdir()
    (home / "media-link.key").touch()
    with pytest.raises(InvalidSetting, match="is no key; remove it"):
        MediaLinks.of(Settings.read())
