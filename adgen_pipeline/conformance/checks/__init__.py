"""The checks, each a function of the bench: it returns what was found in order, or raises a remark.

answering   a good request: envelope, result, price, media, our additions
refusing    bad requests and strangers
keying      the same key again, with another body, while it works, twice at once, after a restart
polling     202, polls after the end, cancelling
"""
