"""Content credentials read without the library that wrote them: boxes, CBOR and the signature, by the specification.

After C2PA 2.1 (https://spec.c2pa.org): JUMBF boxes in a `uuid` box, a claim in CBOR, COSE_Sign1 over it, the hash of
each assertion, and the hash of the whole file without the boxes that are excluded. Run as a program it prints a table.
"""

import hashlib
import json
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_HASHES = {-7: hashes.SHA256(), -35: hashes.SHA384(), -36: hashes.SHA512()}
_CERTIFICATES = 33


@dataclass(frozen=True)
class Box:
    """A box of `content`: its kind, where it begins, where its content begins, where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


@dataclass(frozen=True)
class Read:
    """What was found: the claim, its assertions, who signed, and which of the checks hold."""

    claim: dict[str, Any]
    assertions: dict[str, Any]
    signer: x509.Certificate
    signature_holds: bool
    assertions_hold: bool
    file_holds: bool


def boxes(content: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes of an MP4 or of JUMBF, one after the other."""
    end = len(content) if end is None else end
    while start < end:
        size, kind = struct.unpack(">I4s", content[start : start + 8])
        inside = start + 8
        if size == 1:
            size, inside = int.from_bytes(content[start + 8 : start + 16]), start + 16
        size = size or end - start
        yield Box(kind, start, inside, start + size)
        start += size


def read(path: Path) -> Read:
    """Read and check the credentials of the MP4 at `path`."""
    content = path.read_bytes()
    ours = next(box for box in boxes(content) if box.kind == b"uuid" and content[box.inside :][:16] == _C2PA)
    body = content[ours.inside + 16 : ours.end]
    found = dict(_labelled(body[body.index(b"jumb") - 4 :], ""))
    claim_at = next(label for label in found if label.endswith("/c2pa.claim.v2"))
    manifest = claim_at.removesuffix("/c2pa.claim.v2")
    claim_bytes = _content(found[claim_at])
    claim = cbor2.loads(claim_bytes)
    signer, holds = _signature(cbor2.loads(_content(found[f"{manifest}/c2pa.signature"])), claim_bytes)
    links = [*claim["created_assertions"], *claim.get("gathered_assertions", [])]
    stated = {link["url"].rpartition("/")[2]: link for link in links}
    kept = {name: found[f"{manifest}/c2pa.assertions/{name}"] for name in stated}
    assertions = {name: _decoded(box) for name, box in kept.items()}
    return Read(
        claim=claim,
        assertions=assertions,
        signer=signer,
        signature_holds=holds,
        assertions_hold=all(hashlib.sha256(kept[name][8:]).digest() == stated[name]["hash"] for name in kept),
        file_holds=_file_hash(content, ours) == assertions["c2pa.hash.bmff.v3"]["hash"],
    )


def _labelled(content: bytes, path: str) -> Iterator[tuple[str, bytes]]:
    """Every JUMBF superbox by its path of labels."""
    for box in boxes(content):
        if box.kind != b"jumb":
            continue
        first = next(boxes(content, box.inside, box.end))
        label = content[first.inside + 17 : first.end].split(b"\0")[0].decode()
        yield f"{path}/{label}", content[box.start : box.end]
        yield from _labelled(content[first.end : box.end], f"{path}/{label}")


def _content(superbox: bytes) -> bytes:
    description, content = list(boxes(superbox, 8))[:2]
    assert description.kind == b"jumd"
    return superbox[content.inside : content.end]


def _decoded(superbox: bytes) -> Any:
    text = _content(superbox)
    return json.loads(text) if text[:1] == b"{" else cbor2.loads(text)


def _signature(message: Any, claim: bytes) -> tuple[x509.Certificate, bool]:
    """The signer's certificate, and whether it signed the claim (RFC 9052, 4.4)."""
    protected, unprotected, _, signature = message.value
    header = cbor2.loads(protected)
    chain = header.get(_CERTIFICATES) or unprotected.get("x5chain") or unprotected[_CERTIFICATES]
    signer = x509.load_der_x509_certificate(chain if isinstance(chain, bytes) else chain[0])
    signed = cbor2.dumps(["Signature1", protected, b"", claim])
    half = len(signature) // 2
    pair = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    key = signer.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(pair, signed, ec.ECDSA(_HASHES[header[1]]))
    return signer, True


def _file_hash(content: bytes, ours: Box) -> bytes:
    """SHA-256 over every top box but the credentials and ftyp, free, skip, mfra; each after its place in the file."""
    told = hashlib.sha256()
    for box in boxes(content):
        if box.start == ours.start or box.kind in (b"ftyp", b"free", b"skip", b"mfra"):
            continue
        told.update(box.start.to_bytes(8))
        told.update(content[box.start : box.end])
    return told.digest()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        seen = read(Path(name))
        print(f"{name}: signed by {seen.signer.subject.rfc4514_string()}")
        print(f"  signature {seen.signature_holds}, assertions {seen.assertions_hold}, file {seen.file_holds}")
        print(f"  {seen.assertions['c2pa.actions.v2']['actions'][0]}")
