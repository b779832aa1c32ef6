"""One server for all services that are broken."""

from collections.abc import Iterator

import pytest

from adgen_pipeline_tests.conformance.exemplary import Door, a_door


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """A server behind which one service takes another's place."""
    with a_door() as door:
        yield door
