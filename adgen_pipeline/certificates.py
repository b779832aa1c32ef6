"""Which certificates are trusted where a connection is made by TLS: this machine's and Mozilla's."""

import ssl
from functools import cache

import certifi


@cache
def trusted() -> ssl.SSLContext:
    """Both, for services and files within a company; OpenSSL's SSL_CERT_FILE holds for the machine's.

    One for the whole process: reading them takes some 40 ms, and an ad has four clients and a dozen downloads.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
