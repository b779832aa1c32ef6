"""What retention speaks of: kinds of things that are kept for so many days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adgen_pipeline.ledger import Expired
from adgen_pipeline.storage.folders import Stored


@dataclass(frozen=True)
class Kind:
    """Things of one kind that go: what they are, which setting says so, and since when they need not be kept."""

    name: str
    setting: str
    before: datetime
    found: Expired

    def as_data(self) -> dict[str, Any]:
        """For programs: bytes of content, moments as ISO 8601."""
        return {"kind": self.name, "setting": self.setting, "before": self.before.isoformat()} | {
            "count": self.found.count,
            "bytes": self.found.size,
            "oldest": self.found.oldest.isoformat() if self.found.oldest else None,
            "newest": self.found.newest.isoformat() if self.found.newest else None,
        }


Gone = Iterator[tuple[str, int]]
"""A kind, and how many of it are gone, each time that some more are."""


def files_measured(files: Sequence[Stored], now: datetime) -> Expired:
    """How many files, their bytes and their age."""
    ages = [file.age for file in files]
    return Expired(
        count=len(files),
        size=sum(file.size for file in files),
        oldest=now - timedelta(seconds=max(ages)) if ages else None,
        newest=now - timedelta(seconds=min(ages)) if ages else None,
    )
