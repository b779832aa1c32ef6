"""Undoes a body's Content-Encoding in small pieces, so that its real size is seen before it is there.

We ask for none (`Accept-Encoding: identity`), but not every server listens.
"""

import zlib
from collections.abc import Iterable, Iterator

import httpcore

from adgen_pipeline.downloads.network import Refused

_PIECE = 1 << 16
_EITHER_HEADER = zlib.MAX_WBITS | 32  # gzip or zlib, whichever comes


def decoded(body: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The pieces of `body`, unpacked, none larger than 64 kB or what came at once.

    Raises Refused for an encoding we do not know or that is broken, httpcore.ReadError for one that ends too early.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return iter(body)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _unpacked(body, encoding)
    raise Refused(f"it came packed as {encoding[:20]!r}, although it was asked for as it is")


def _unpacked(body: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_EITHER_HEADER)
    try:
        for packed in body:
            while packed:
                yield unpacking.decompress(packed, _PIECE)
                packed = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error as error:
        raise Refused(f"it is not the {encoding} data it says it is") from error
    if not unpacking.eof or unpacking.unused_data:
        raise httpcore.ReadError(f"its {encoding} data are not whole")
