"""What the fault lab can do to a call, by name, and what follows from each for the invariants.

Each POST of a schedule may get one of these; everything else about it (how long, what is cut off) is fixed, so that a
schedule is told by its number alone.
"""

BEFORE_WORK = {
    "busy": "429, at once",
    "busy_later": "429 with Retry-After",
    "down": "503, at once",
    "down_later": "503 with Retry-After",
    "error_free": "500 with an envelope, not billed",
    "page_500_idle": "a bare 500; nothing was done",
    "page_502_idle": "a bare 502; nothing was done",
    "refused": "400 with an envelope, for good, not billed",
    "drop_unread": "the connection is reset before the body is read",
    "drop_accepted": "the connection is reset after the body is read, before the work",
    "away": "the service's process dies before the work and comes back later",
    "kill_arrived": "the caller is SIGKILLed when its POST arrives",
}
"""Nothing is done and nothing billed."""

BAD_ANSWERS = {
    "error_billed": "500 with an envelope, billed",
    "failed_billed": "success: false with a transient code, billed",
    "refused_billed": "success: false with a permanent code, billed",
    "not_json": "an answer that is not JSON",
    "wrong_types": "a result of wrong types",
    "missing_fields": "a result without its fields",
    "nan_cost": "cost: NaN",
    "negative_cost": "cost: -1",
    "missing_cost": "no cost at all",
    "html_media": "an HTML page where the media should be",
    "cut_media": "media that is cut off in the middle",
}
"""The work is billed, and the answer is no good; a service that honours keys repeats it."""

AFTER_WORK = {
    "delay": "the answer takes a while",
    "stall": "the answer takes longer than the caller waits",
    "page_500": "a bare 500 after the work",
    "page_502": "a bare 502 after the work",
    "page_504": "a bare 504 after the work",
    "page_408": "a bare 408 after the work",
    "drop_charged": "the connection is reset after the work: the answer is lost",
    "truncated": "half an answer",
    "drip": "an answer that comes a byte at a time",
    "away_charged": "the service's process dies after the work and comes back later",
    "kill_charged": "the caller is SIGKILLed after the charge, before the answer",
    "kill_answered": "the caller is SIGKILLed when the answer is out",
    "late_media": "media that answers 503 for a while",
    "accepted": "202; done later",
    "accepted_rough": "202; polls fail in between",
    "accepted_away": "202; the service's process dies and comes back before it is done",
}
"""The work is done, billed and good; the way to the caller is not."""

KINDS = BEFORE_WORK | BAD_ANSWERS | AFTER_WORK

TRANSIENT = ("busy", "busy_later", "down", "down_later", "error_free", "drop_unread", "page_502_idle")
"""What may happen to any call on any day."""

HIDES_PRICE = {"not_json", "nan_cost", "negative_cost", "missing_cost"}
"""Answers from which nobody could tell what was billed."""

FAILS_FOR_GOOD = {"refused", *BAD_ANSWERS} - {"error_billed", "failed_billed"}
"""What a caller may rightly end by."""
