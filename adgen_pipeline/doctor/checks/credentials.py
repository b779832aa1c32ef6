"""The certificate that signs ads' content credentials."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from cryptography import x509

from adgen_pipeline.delivery.certificates import signer_of
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.errors import InvalidSetting

_SOON = timedelta(days=30)


def look(examined: Examined) -> Iterator[Finding]:
    """Valid, with its key, and for how long."""
    settings = examined.settings
    if settings.c2pa_certificate is None and settings.c2pa_private_key is None:
        yield ok("certificate", "a development certificate, which nobody else trusts: C2PA_CERTIFICATE sets the team's")
        return
    try:
        signer = signer_of(settings)
    except InvalidSetting as error:
        yield failure(
            "certificate", error.message, "# .env: C2PA_CERTIFICATE=, C2PA_PRIVATE_KEY=: see docs/provenance.md"
        )
        return
    until = x509.load_pem_x509_certificates(signer.chain)[0].not_valid_after_utc
    told = f"{signer.name}'s, with its key, is valid until {until:%Y-%m-%d}"
    if until < datetime.now(UTC) + _SOON:
        yield warning("certificate", told, "have it renewed, and put the new chain where C2PA_CERTIFICATE says")
    else:
        yield ok("certificate", told)
