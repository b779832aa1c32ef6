"""One lab for all its tests: what is loaded and encoded once serves them all."""

from collections.abc import Iterator

import pytest

from adgen_pipeline_tests.chaos.lanes import Lanes, lanes


@pytest.fixture(scope="package")
def lab_lanes() -> Iterator[Lanes]:
    """Lanes for two schedules at a time."""
    with lanes(2) as opened:
        yield opened
