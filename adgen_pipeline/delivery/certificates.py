"""Who signs an ad: the team, by C2PA_CERTIFICATE and C2PA_PRIVATE_KEY, or else a certificate that is made here once.

A team's certificate must be fit for C2PA: an end entity's, with `digitalSignature`, and with `emailProtection` or
`documentSigning` among its extended uses; its file holds the chain up to the authority, PEM after PEM.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.keyfile import keep
from adgen_pipeline.settings import Settings

_PEM = serialization.Encoding.PEM
_FILE = "content-credentials.pem"
DEVELOPMENT = "adgen development"
"""Who signs where no certificate is set."""

_AUTHORITY = f"{DEVELOPMENT} authority"
_YEARS = timedelta(days=3650)
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True)
class Signer:
    """A certificate `chain` and its private key, both PEM; `algorithm` as C2PA names it (es256, ps256, ...)."""

    chain: bytes
    key: bytes = field(repr=False)
    algorithm: str
    name: str
    is_teams: bool


def signer_of(settings: Settings) -> Signer:
    """The team's signer, or else the development one, which is made where there is none yet.

    Raises InvalidSetting for a certificate or key that cannot be read, do not belong together, or have run out.
    """
    certificate, key = settings.c2pa_certificate, settings.c2pa_private_key
    if (certificate is None) != (key is None):
        missing = "C2PA_PRIVATE_KEY" if key is None else "C2PA_CERTIFICATE"
        raise InvalidSetting(f"{missing} is not set: a certificate signs together with its private key")
    if certificate is None or key is None:
        pem = _kept(settings.make_home() / _FILE)
        return _signer(pem, pem, is_teams=False, where=f"ADGEN_HOME/{_FILE}")
    return _signer(_read(certificate), _secret(key.get_secret_value()), is_teams=True, where="C2PA_CERTIFICATE")


def _signer(chain: bytes, key: bytes, *, is_teams: bool, where: str) -> Signer:
    try:
        certificates = x509.load_pem_x509_certificates(chain)
    except ValueError as error:
        raise InvalidSetting(
            f"{where} holds no certificate as PEM text; give the chain, the signer's own first"
        ) from error
    try:
        private = serialization.load_pem_private_key(_key_in(key), None)
    except (ValueError, TypeError) as error:
        raise InvalidSetting("C2PA_PRIVATE_KEY holds no private key as PEM text without a password") from error
    own = certificates[0]
    if private.public_key() != own.public_key():
        raise InvalidSetting(f"C2PA_PRIVATE_KEY is not the key of {where}, whose first certificate is {_name(own)}")
    until = own.not_valid_after_utc
    if not own.not_valid_before_utc <= datetime.now(UTC) <= until:
        raise InvalidSetting(f"{where}: the certificate of {_name(own)} is valid until {until:%Y-%m-%d}; renew it")
    pem = b"".join(certificate.public_bytes(_PEM) for certificate in certificates)
    return Signer(pem, _as_pem(private), _algorithm(private), _name(own), is_teams)


def _key_in(pem: bytes) -> bytes:
    """The private key of a file that may hold certificates, too."""
    start = max(pem.find(b"-----BEGIN PRIVATE KEY"), pem.find(b"-----BEGIN EC PRIVATE"), pem.find(b"-----BEGIN RSA"))
    return pem[max(start, 0) :]


def _algorithm(key: object) -> str:
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise InvalidSetting(
        "C2PA_PRIVATE_KEY: this kind of key cannot sign content credentials; use P-256, RSA or Ed25519"
    )


def _name(certificate: x509.Certificate) -> str:
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := certificate.subject.get_attributes_for_oid(kind):
            return str(found[0].value)
    return certificate.subject.rfc4514_string()


def _read(certificate: Path) -> bytes:
    try:
        return certificate.read_bytes()
    except OSError as error:
        raise InvalidSetting(f"C2PA_CERTIFICATE: {certificate} cannot be read ({error.strerror})") from error


def _secret(setting: str) -> bytes:
    """The key's PEM text; no message repeats the setting, which may be the key itself, its first line lost."""
    if "-----BEGIN" in setting:
        return setting.encode()
    try:
        return Path(setting).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise InvalidSetting(f"C2PA_PRIVATE_KEY is no PEM text, and no file that can be read ({reason})") from None


def _kept(file: Path) -> bytes:
    """The development signer in `file`; where there is none, a new one, by whichever process comes first."""
    try:
        if not file.exists():
            keep(_development(), file)
        return file.read_bytes()
    except OSError as error:
        told = f"ADGEN_HOME: the certificate for content credentials, {file}, cannot be kept or read"
        raise InvalidSetting(f"{told} ({error.strerror}); make it yours, or set C2PA_CERTIFICATE") from error


def _development() -> bytes:
    """A signer's certificate, that of the authority made for it, and the signer's key; the authority's key is dropped.

    Nobody trusts it: it shows that the ad is unchanged since it was made here, not who made it.
    """
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(_AUTHORITY, authority, authority, authority=True)
    own = _certificate(DEVELOPMENT, key, authority, authority=False)
    secret = _as_pem(key)
    return own.public_bytes(_PEM) + root.public_bytes(_PEM) + secret


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    """A certificate for `key`, signed `by` the authority, with the uses that C2PA asks for (its trust model, 14.5)."""
    started = datetime.now(UTC) - timedelta(hours=1)
    uses = x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(_distinguished(name))
        .issuer_name(_distinguished(_AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(started)
        .not_valid_after(started + _YEARS)
        .add_extension(x509.BasicConstraints(authority, None), True)
        .add_extension(uses, True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
    )
    if not authority:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return made.sign(by, hashes.SHA256())


def _distinguished(name: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEVELOPMENT)
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _as_pem(key: object) -> bytes:
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(_PEM, pkcs8, plain)  # type: ignore[attr-defined]
