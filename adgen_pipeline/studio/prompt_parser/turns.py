"""The turn that a brief tells: a problem that ends, or a change from one state to another, in its own words."""

import re
from typing import NamedTuple

from adgen_pipeline.studio.prompt_parser.vocabulary import PROPER

_LONGEST_SIDE = 4
"""Words in "messy cables": a longer side of a change makes no headline."""

_LONGEST_PROBLEM = 8

_SIDE = rf"[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,{_LONGEST_SIDE - 1}}}?"
_END = r"(?=\s+(?:in|within|after|with|by|for|at|on)\b|\s*(?:[.,;:!?]|$)|\s+and\b)"
_WITHIN = (
    r"(?P<within>\s+(?:in|within|after) (?:just |only )?(?:\d+|an?|one|two|three|four|five|six|seven|ten) [a-z]+)?"
)
_CHANGES = tuple(
    re.compile(pattern + _END + _WITHIN, re.IGNORECASE)
    for pattern in (
        rf"\bfrom (?P<before>{_SIDE}) to (?P<after>{_SIDE})",
        rf"\bturn(?:s|ing|ed)? (?P<before>{_SIDE}) into (?P<after>{_SIDE})",
        rf"\bbefore:? (?P<before>{_SIDE})[,;.]? (?:and )?after:? (?P<after>{_SIDE})",
    )
)
_FORM = re.compile(r"\bbefore[- ]?(?:/|and|&|to|-)[- ]?after\b", re.IGNORECASE)
_IDIOMS = re.compile(
    r"\b(?:start|head|door|farm|field|seed|bean|day|dawn|dusk|morning|time|place|side|top|cover|beginning|end to|"
    r"room|home|city|coast|generation|one|anywhere|here|scratch|work|office|person|kitchen|desk|studio|street|"
    r"beach|mother|father|hand|face|page|week|month|year)s?\b",
    re.IGNORECASE,
)
"""Sides of "from door to door" and "from day to night", which tell a way and no change."""

_PROBLEM = re.compile(
    r"(?:^|(?<=[.!?;]\s))(?P<problem>(?:tired of|sick of|fed up with|struggling with|stop|no more|never again|"
    r"forget(?: about)?|say goodbye to|goodbye,?|done with)\s[^.!?;:,]+)(?=[.!?;,]|$)",
    re.IGNORECASE,
)
_NO_PROBLEM = re.compile(r"\b(?:stop by|no more than|video|ad|music|text|faces|logos?|shots?)\b", re.IGNORECASE)


_CHANGED = re.compile(r"(?:^|[.,;:!?]\s+)([a-z]{3,}s) $", re.IGNORECASE)
"""What a change befalls: "kitchens" of "kitchens from greasy to gleaming"."""


class Change(NamedTuple):
    """ "messy", "tidy" and "in two hours" of "from messy to tidy in two hours"; `words` is the whole of it."""

    before: str
    after: str
    within: str
    words: str
    of: str = ""


BARE = Change("before", "after", "", "")
"""Where a brief asks for before and after, and says of neither what it is."""


def change_in(text: str) -> Change | None:
    """The change that `text` tells; a way ("from Leeds to York", "from nine to five") is none."""
    for pattern in _CHANGES:
        for match in pattern.finditer(text):
            before, after = match["before"].strip(), match["after"].strip()
            if not (_IDIOMS.search(before) or any(map(_is_name, (before, after)))):
                changed = _CHANGED.search(text[: match.start()]) if match[0].lower().startswith("from") else None
                within, of = (match["within"] or "").strip(), changed[1] if changed else ""
                return Change(before, after, within, match[0].strip(), of)
    return BARE if _FORM.search(text) else None


def _is_name(side: str) -> bool:
    return side[0].isupper() or side.split()[0].lower() in PROPER


def problem_in(text: str) -> str | None:
    """The sentence of `text` that names a trouble to be rid of: "Stop wasting time on spreadsheets"."""
    for match in _PROBLEM.finditer(text):
        problem = match["problem"].strip()
        if len(problem.split()) <= _LONGEST_PROBLEM and not _NO_PROBLEM.search(problem):
            return problem
    return None
