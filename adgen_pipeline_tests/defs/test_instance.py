"""Dagster's home, as it is opened."""

import resource

import pytest

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.errors import LedgerError


@pytest.mark.sqlite_files("Dagster's files in the state folder")
def test_a_disk_without_room_is_told(home: object) -> None:
    """Where the home is first made: which folder, and how to look; with room again it is made after all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # bytes a file, as little as a full disk has
    try:
        with pytest.raises(LedgerError, match=rf"the Dagster home {home}/dagster cannot be used: .*`df -h"):
            open_instance()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with open_instance() as instance:
        assert instance.get_runs_count() == 0
