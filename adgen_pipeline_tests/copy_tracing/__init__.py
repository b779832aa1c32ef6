"""Whether an ad says only what its brief says: briefs of many kinds, the claims in an ad's words, and a report.

    briefs     two hundred briefs, put together of products, people, offers, tones, proofs, slips and odd phrasing
    claims     the words that claim something, and what they may be traced to
    report     every claim of the ads of many briefs, traced or not; `python -m adgen_pipeline_tests.copy_tracing`

It knows nothing of the parser's own vocabulary: what the parser overlooks must not be overlooked here as well.
"""
