"""The guarded download: the one way a file comes into the house.

    transfer     download and is_offered: one URL, bounded in bytes and seconds
    patience     what is tried again, and what went wrong, in plain words
    redirects    one GET, hop by hop; what a URL must look like
    network      connections to checked addresses alone, none of them outlasting its deadline
    beforehand   what would be refused, told before its name is resolved
    addresses    which addresses are nobody's business, and which hosts may be there all the same
    decoding     a packed body, unpacked piece by piece

Belongs here: who may be asked, how much and how long. Does not: what the file is, which is seen where it is kept.
"""

from adgen_pipeline.downloads.network import Outside
from adgen_pipeline.downloads.patience import PAUSES
from adgen_pipeline.downloads.redirects import shown
from adgen_pipeline.downloads.transfer import MAX_BYTES, MAX_SECONDS, Download, download, is_offered

__all__ = ["MAX_BYTES", "MAX_SECONDS", "PAUSES", "Download", "Outside", "download", "is_offered", "shown"]
