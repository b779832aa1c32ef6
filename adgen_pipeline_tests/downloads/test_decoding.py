import gzip
import zlib

import pytest

from adgen_pipeline.downloads.decoding import decoded


@pytest.mark.parametrize(
    ("pack", "encoding"), [(gzip.compress, "gzip"), (gzip.compress, "X-GZIP"), (zlib.compress, "deflate")]
)
def test_a_packed_body_is_unpacked_in_small_pieces(pack: object, encoding: str) -> None:
    """Ten kilobytes that are ten megabytes never stand in memory as a whole."""
    assert callable(pack)
    pieces = list(decoded([pack(bytes(10_000_000))], encoding))
    assert sum(map(len, pieces)) == 10_000_000 and max(map(len, pieces)) <= 1 << 16
