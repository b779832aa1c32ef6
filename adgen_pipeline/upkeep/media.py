"""Our copies of files that no ad within its keeping needs any more, here and in a remote store."""

from datetime import datetime, timedelta

from adgen_pipeline.ledger import Ledger
from adgen_pipeline.storage.folders import Stored
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.upkeep.kinds import Gone

NAME = "media"
_AT_ONCE = 200
_OVERLAP = timedelta(minutes=1)
"""A call's file is kept before its row is written: looks go back behind the one before."""


def expired_media(store: MediaStore, ledger: Ledger, before: datetime) -> list[Stored]:
    """The files that go. One without any row in the ledger has a keeping of its own, from when it was stored.

    The SHA-256 of all files that stay are held in memory: about 150 bytes each.
    """
    kept, now = ledger.keeping.files_kept(before), ledger.keeping.now()
    seconds = (now - before).total_seconds()
    return [file for file in store.names() if file.age > seconds and _sha256(file) not in kept]


def delete_media(store: MediaStore, ledger: Ledger, before: datetime) -> Gone:
    """Delete them. Their jobs learn of it first; a file that an ad has taken up or stored in the meantime stays.

    An ad that takes a file up in the very moment of its deletion fails of it, and buys it again when it goes on.
    """
    began = ledger.keeping.now()
    seconds = (began - before).total_seconds()
    going = expired_media(store, ledger, before)
    ledger.keeping.forget_files({_sha256(file) for file in going}, before)
    for start in range(0, len(going), _AT_ONCE):
        taken = ledger.keeping.files_taken_since(began - _OVERLAP)
        some = [file for file in going[start : start + _AT_ONCE] if _sha256(file) not in taken]
        yield NAME, sum(store.delete(file.name, seconds) for file in some)


def _sha256(file: Stored) -> str:
    return file.name.partition(".")[0]
