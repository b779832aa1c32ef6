"""What leaves the house with an ad: its captions, the manifest of what it was made from, and its content credentials.

Belongs here: what is told of a finished ad, inside its file and beside it. Does not: making it, and paying for it.

delivering   puts it all together and keeps it     captions     WebVTT for an ad whose composition made none
manifest     what each scene was made from         credentials  signing by C2PA, and reading it back
disclosure   how the pictures came about           certificates who signs: the team, or a certificate made here
"""

from adgen_pipeline.delivery.certificates import signer_of
from adgen_pipeline.delivery.credentials import Credentials, read_credentials
from adgen_pipeline.delivery.delivering import Parts, check_signing, deliver

__all__ = ["Credentials", "Parts", "check_signing", "deliver", "read_credentials", "signer_of"]
