"""Which studio this is: another code draws other pictures."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> str:
    """A hash over the studio's sources, equal for equal ones."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
