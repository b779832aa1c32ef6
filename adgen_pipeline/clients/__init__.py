"""One HTTP client a service, over one base: timeouts, retries, polls, errors.

    exchange   one bounded HTTP exchange (the house's door to httpx, beside the guarded download)
    base       one call: attempts, polls, cancel, and the answer checked against the contract
    prompt_parser, image_gen, video_gen, composition   what is particular to each service

Belongs here: HTTP. Does not: money, files, Dagster.
"""
