"""Who signs, and what is told where nobody can."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adgen_pipeline.delivery.certificates import signer_of
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.delivery.certificate import write_certificate


def _settings(chain: Path, key: Path) -> Settings:
    return Settings(c2pa_certificate=chain, c2pa_private_key=str(key))


def test_the_development_certificate_is_made_once_and_for_its_owner_alone(home: Path) -> None:
    """The second look finds the first's, which nobody else can read."""
    first, second = signer_of(Settings.read()), signer_of(Settings.read())
    assert first == second and not first.is_teams and first.algorithm == "es256"
    (file,) = Settings.read().home.glob("content-credentials.pem")
    assert file.stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in repr(first)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda chain, key: key.write_text("none"), "C2PA_PRIVATE_KEY holds no private key"),
        (lambda chain, key: chain.write_text("none"), "C2PA_CERTIFICATE holds no certificate"),
        (lambda chain, key: chain.unlink(), r"C2PA_CERTIFICATE: .* cannot be read"),
        (lambda chain, key: write_certificate(chain.parent)[1] and key.write_bytes(_another()), "is not the key of"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told_with_its_setting(tmp_path: Path, spoil: object, told: str) -> None:
    """The setting to mend is named; no line of the key is."""
    chain, key = write_certificate(tmp_path)
    spoil(chain, key)  # type: ignore[operator]
    with pytest.raises(InvalidSetting, match=told) as caught:
        signer_of(_settings(chain, key))
    assert "BEGIN" not in caught.value.message


def _another() -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    kind = serialization.PrivateFormat.PKCS8
    return ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, kind, serialization.NoEncryption()
    )


def test_a_certificate_that_has_run_out_is_told_with_its_day(tmp_path: Path) -> None:
    """Before an ad is paid for, not by the reader of the ad."""
    chain, key = write_certificate(tmp_path, valid_until=datetime.now(UTC) - timedelta(days=3))
    with pytest.raises(InvalidSetting, match=r"Nordlicht Ltd is valid until \d{4}-\d\d-\d\d; renew it"):
        signer_of(_settings(chain, key))


@pytest.mark.parametrize("lost", ["MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEH", "a" * 5000, "a\0b"])
def test_a_key_without_its_first_line_is_not_repeated(tmp_path: Path, lost: str) -> None:
    """It would be taken for a file's name, and end in every log."""
    chain, _ = write_certificate(tmp_path)
    with pytest.raises(InvalidSetting, match="C2PA_PRIVATE_KEY is no PEM text") as caught:
        signer_of(Settings(c2pa_certificate=chain, c2pa_private_key=lost))
    assert lost not in caught.value.message and caught.value.__suppress_context__
