"""From the inbox into the ledger: each ad once, whatever is killed in between, and a report of the rest."""

import csv
import io
import json
import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline.intake import Inbox, open_inbox, take_in_all
from adgen_pipeline.intake.places import InboxUnusable
from adgen_pipeline.ledger import Commission, Ledger, open_ledger
from adgen_pipeline.settings import Settings

WATCH, SHOE = "Create an ad for a luxury watch", "Create an ad for a running shoe"
SPRING = f"prompt,duration,brand\n{WATCH},15,Aurum\n{SHOE},99,Strider\n{SHOE},20,Strider\n".encode()


class Killed(BaseException):
    """The process ends here."""


class Shop:
    """An inbox with its ledger, and looks at it, each later than the one before."""

    def __init__(self, place: Inbox, ledger: Ledger):
        self.place, self.ledger = place, ledger
        self._now, self._remembered = 1000.0, ""

    def look(self, times: int = 1) -> list[str]:
        told: list[str] = []
        for _ in range(times):
            self._now += 5.0
            taken = take_in_all(self.place, self.ledger, self._remembered, self._now)
            self._remembered = taken.remembered
            told += taken.told
        return told

    def drop(self, name: str, content: bytes = SPRING) -> list[str]:
        self.place.write(name, content)
        return self.look(2)

    def wanted(self) -> list[Commission]:
        return self.ledger.commissions.waiting()

    def lies_in(self, folder: str) -> list[str]:
        found = Settings.read().inbox_place
        if "://" not in found:
            return sorted(path.name for path in Path(found, folder).glob("*"))
        place: Any = self.place
        listed = place._files.ls(place._at(folder), detail=False)
        return sorted(path.rpartition("/")[2] for path in listed)

    def read(self, path: str) -> str:
        found = self.place.read(path, 10**6)
        assert found is not None
        return found.decode("utf-8-sig")


@pytest.fixture
def shop() -> Iterator[Shop]:
    """The default inbox and ledger."""
    with open_ledger(Settings.read()) as ledger:
        yield Shop(open_inbox(Settings.read()), ledger)


def test_the_good_rows_are_wanted_and_the_bad_ones_reported(shop: Shop) -> None:
    """With row, field, value and the way out: a line, a page for people, the same for programs, the rows to mend."""
    assert shop.drop("spring.csv") == ["spring.csv: 2 ads, 1 set aside"]
    first, second = sorted(shop.wanted(), key=lambda each: each.origin)
    assert (first.origin, first.variant) == ("inbox: spring.csv, row 2", "row 2")
    assert first.brief == {"prompt": WATCH, "duration": 15, "brand_guidelines": {"name": "Aurum"}}
    assert first.batch == second.batch and str(first.batch).startswith("spring-")
    names = {name.partition(".")[2]: name for name in shop.lies_in("set_aside")}
    assert set(names) == {"csv", "bad-rows.csv", "report.json", "report.txt"}
    page = shop.read(f"set_aside/{names['report.txt']}")
    assert "row 3, duration: '99' does not fit: Length of the ad: whole seconds from 15 to 60." in page
    found = json.loads(shop.read(f"set_aside/{names['report.json']}"))
    assert (found["ads"], found["problems"][0]["where"], found["problems"][0]["field"]) == (2, "row 3", "duration")
    rows = list(csv.DictReader(io.StringIO(shop.read(f"set_aside/{names['bad-rows.csv']}"))))
    assert [(row["prompt"], row["duration"], row["brand"]) for row in rows] == [(SHOE, "99", "Strider")]
    assert rows[0]["problem"].startswith("row 3, duration: '99' does not fit")


def test_mended_rows_are_made_and_no_others(shop: Shop) -> None:
    """By the file of bad rows, or by the whole file under its name: what was made of it is not made again."""
    shop.drop("spring.csv")
    (name,) = [name for name in shop.lies_in("set_aside") if "bad-rows" in name]
    mended = shop.read(f"set_aside/{name}").replace(",99,", ",30,").encode()
    assert shop.drop("mended.csv", mended) == ["mended.csv: 1 ad"]
    assert shop.drop("spring.csv", SPRING.replace(b"99", b"45")) == ["spring.csv: 1 ad, 2 made before"]
    assert len(shop.wanted()) == 4


def test_the_same_file_once_more_buys_nothing_and_says_so(shop: Shop) -> None:
    """Also when it is dropped much later; under another name it does."""
    good = f"prompt\n{WATCH}\n".encode()
    assert shop.drop("a.csv", good) == ["a.csv: 1 ad"] and shop.lies_in("set_aside") == []
    assert shop.drop("a.csv", good) == ["a.csv: taken in before, as it is; nothing is made of it again"]
    (page,) = [name for name in shop.lies_in("set_aside") if name.endswith(".txt")]
    assert "To have them made once more, drop the file under another name." in shop.read(f"set_aside/{page}")
    assert len(shop.wanted()) == 1
    assert shop.drop("b.csv", good) == ["b.csv: 1 ad"] and len(shop.wanted()) == 2


def test_the_same_brief_twice_in_a_file_is_two_ads(shop: Shop) -> None:
    """As the file says; the report tells of it."""
    assert shop.drop("a.csv", f"prompt\n{WATCH}\n{SHOE}\n{WATCH}\n".encode()) == ["a.csv: 3 ads"]
    (page,) = [name for name in shop.lies_in("done") if name.endswith(".txt")]
    assert "The same brief more than once" in shop.read(f"done/{page}") and "row 2, row 4" in shop.read(f"done/{page}")


def test_a_file_of_which_nothing_can_be_used_is_set_aside_whole(shop: Shop) -> None:
    """With its report; the other files of the look are made."""
    for name, content in (("a.json", b'[{"prompt": "Create'), ("b.xlsx", b"PK"), ("c.yaml", WATCH.encode())):
        shop.place.write(name, content)
    shop.place.write("d.yaml", f"prompt: {WATCH}".encode())
    told = shop.look(2)
    assert told == ["a.json: set aside whole", "b.xlsx: set aside whole", "c.yaml: 0 ads, 1 set aside", "d.yaml: 1 ad"]
    assert len(shop.lies_in("set_aside")) == 9 and len(shop.lies_in("done")) == 1


@pytest.mark.parametrize("kind", ["folder", "store"])
@pytest.mark.parametrize("at", ["taken in", "reported", "moved"])
def test_a_kill_between_any_two_steps_changes_nothing(
    kind: str, at: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ads are wanted once, the file ends where it belongs with its report, and drops of it are known."""
    if kind == "store":
        monkeypatch.setenv("INBOX", f"memory://{uuid.uuid4()}/inbox")
    with open_ledger(Settings.read()) as ledger:
        shop = Shop(open_inbox(Settings.read()), ledger)
        with monkeypatch.context() as patched:
            place, intakes = type(shop.place), type(ledger.intakes)
            points = {"taken in": (place, "write"), "reported": (place, "move"), "moved": (intakes, "moved")}
            shop.place.write("spring.csv", SPRING)
            shop.look()
            patched.setattr(*points[at], _killed)
            with pytest.raises(Killed):
                shop.look()
        told = Shop(shop.place, ledger).look(3)
        assert told == ([] if at == "moved" else ["spring.csv: 2 ads, 1 set aside"])
        assert len(shop.wanted()) == 2 and len(shop.lies_in("set_aside")) == 4 and not shop.place.files()
        assert ledger.intakes.still_there() == []
        assert shop.drop("spring.csv") == ["spring.csv: taken in before, as it is; nothing is made of it again"]


def _killed(*_: Any) -> None:
    raise Killed


def test_a_file_that_cannot_be_moved_is_told_of_and_made_once(shop: Shop, home: Path) -> None:
    """Its folder cannot be made; the ledger knows the file, and the next one is taken in all the same."""
    shop.place.write("a.csv", f"prompt\n{WATCH}\n".encode())
    shop.place.write("b.csv", f"prompt\n{SHOE}\n".encode())
    (home / "inbox" / "done").symlink_to("nowhere")
    told = shop.look(3)
    assert len(told) == 4 and len(shop.wanted()) == 2
    assert all("cannot be moved" in line and "nothing of it is made twice" in line for line in told)
    (home / "inbox" / "done").unlink()
    assert shop.look() == ["a.csv: 1 ad", "b.csv: 1 ad"] and len(shop.wanted()) == 2


def test_a_file_that_is_written_again_while_it_is_taken_in_stays(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds by then is taken in next; nothing of either is lost, or made twice."""
    take_in, place = shop.ledger.intakes.take_in, shop.place

    def and_somebody_writes(*known: Any) -> Any:
        place.write("a.csv", f"prompt\n{WATCH}\n{SHOE}\n".encode())
        return take_in(*known)

    with monkeypatch.context() as patched:
        patched.setattr(shop.ledger.intakes, "take_in", and_somebody_writes)
        assert shop.drop("a.csv", f"prompt\n{WATCH}\n".encode()) == ["a.csv: 1 ad; it has changed since"]
    assert [each.name for each in place.files()] == ["a.csv"]
    assert shop.look(2) == ["a.csv: 1 ad, 1 made before"]
    assert sorted(each.brief["prompt"] for each in shop.wanted()) == [WATCH, SHOE]


def test_two_daemons_at_once_want_each_ad_once(shop: Shop) -> None:
    """They read the same files at the same moment; whoever comes second finds them gone, or known."""
    for n in range(20):
        shop.place.write(f"file {n:02d}.csv", f"prompt\n{WATCH} {n}\nshort\n".encode())
    told: list[str] = []

    def look() -> None:
        with open_ledger(Settings.read()) as ledger:
            told.extend(Shop(open_inbox(Settings.read()), ledger).look(2))

    both = [threading.Thread(target=look) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(shop.wanted()) == 20 and not shop.place.files() and len(shop.lies_in("set_aside")) == 80
    assert {line.partition(": ")[2] for line in told} == {"1 ad, 1 set aside"}
    pages = [shop.read(f"set_aside/{name}") for name in shop.lies_in("set_aside") if name.endswith(".txt")]
    assert len(pages) == 20 and all("row 3, prompt: 'short' has 5 characters" in page for page in pages)


def test_odd_names(shop: Shop, home: Path) -> None:
    """Long ones, ones with dots and blanks; one that is not UTF-8 is left alone."""
    brief = f"prompt: {WATCH}".encode()
    assert shop.drop(f"{'ä' * 100}.yaml", brief)[0].endswith(": 1 ad")
    assert shop.drop(f"{'x' * 225}.yml", brief)[0].endswith(": 1 ad")
    assert shop.drop("..spring .. 1.yaml", brief) == []
    assert shop.drop("spring .. 1.yaml", brief) == ["spring .. 1.yaml: 1 ad"]
    Path(os.fsdecode(os.fsencode(home / "inbox") + b"/caf\xe9.yaml")).write_bytes(brief)
    assert shop.look(3) == [] and len(shop.lies_in("done")) == 3


def test_an_inbox_that_is_not_there_is_told_of(shop: Shop, home: Path) -> None:
    """It may be a share that comes back."""
    (home / "inbox").rmdir()
    with pytest.raises(InboxUnusable, match="make that folder"):
        shop.look()
