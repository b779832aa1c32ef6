"""A team's certificate as its authority would give it, for tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PEM = serialization.Encoding.PEM


def write_certificate(folder: Path, *, valid_until: datetime | None = None, purpose: bool = True) -> tuple[Path, Path]:
    """The files of a certificate chain and its key, by an authority called Test Trust, for the team Nordlicht Ltd."""
    authority, key = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())
    until = valid_until or datetime.now(UTC) + timedelta(days=30)
    root = _certificate("Test Trust", authority, authority, until, authority=True, purpose=False)
    own = _certificate("Nordlicht Ltd", key, authority, until, authority=False, purpose=purpose)
    chain, secret = folder / "certificate.pem", folder / "certificate.key"
    chain.write_bytes(own.public_bytes(PEM) + root.public_bytes(PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain))
    return chain, secret


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    until: datetime,
    *,
    authority: bool,
    purpose: bool,
) -> x509.Certificate:
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("Test Trust"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=60))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(authority, None), True)
        .add_extension(
            x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False), True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
    )
    if purpose:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return made.sign(by, hashes.SHA384())


def _named(name: str) -> x509.Name:
    kinds = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    return x509.Name([x509.NameAttribute(kind, name) for kind in kinds])
