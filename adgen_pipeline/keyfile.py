"""Secrets that are made on this machine once, and kept in files for their owner alone."""

import os
import tempfile
from pathlib import Path


def keep(secret: bytes, file: Path) -> None:
    """Write `secret` to `file`, where it is seen whole or not at all; one that is there already stays.

    Whichever of several processes comes first decides. Raises OSError where the folder cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=file.parent)  # for its owner alone: 0600
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(secret)
        try:
            os.link(temporary, file)
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink()
