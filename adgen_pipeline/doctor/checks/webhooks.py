"""The receiver at WEBHOOK_URL: found and listening; nothing is sent to it."""

from collections.abc import Iterator

from adgen_pipeline.doctor.asking import Unreached, connect
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.downloads import shown

_MENDS = {
    "name": "# .env: WEBHOOK_URL=: mend the host",
    "connection": "start the receiver, or mend host and port in WEBHOOK_URL; news is kept, and sent once it is there",
    "certificate": "renew the receiver's certificate; an authority of your own: SSL_CERT_FILE=/etc/ssl/certs/...",
}


def look(examined: Examined) -> Iterator[Finding]:
    """Nothing where nobody is told."""
    url = str(examined.settings.webhook_url) if examined.settings.webhook_url else None
    if url is None:
        return
    try:
        connect(url)
    except Unreached as error:
        # News is kept in the outbox for days and tried again, but for a name that nobody knows or a bad certificate.
        judged = warning if error.step == "connection" else failure
        yield judged("receiver", f"{shown(url)}: {error}", _MENDS.get(error.step, "read the receiver's log"))
        return
    yield ok("receiver", f"{shown(url)} listens")
