"""What an ad is the occasion of: a sale that has a name, an opening, work that is offered."""

import re

_SALES = (
    r"summer|winter|spring|autumn|season|christmas|easter|diwali|eid|ramadan|holi|new year|mother's day|father's day|"
    r"valentine's day|halloween|clearance|closing|flash|january|boxing day|holiday|anniversary"
)
_HIRING = r"(?:we(?:'re| are)|now) hiring|join our team"
_JOBS = (
    r"developers?|engineers?|designers?|nurses?|managers?|chefs?|cooks?|waiters?|drivers?|teachers?|assistants?|"
    r"baristas?|carers?|electricians?|mechanics?|accountants?|cleaners?|staff|apprentices?|volunteers?"
)
_OCCASION = re.compile(
    r"\b(?:black friday|cyber monday|(?:(?:big|grand|huge|end of) )?"
    rf"(?:{_SALES})(?: clearance)? (?:sale|offer|special)|"
    rf"grand (?:re-?)?opening|{_HIRING})\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    rf"\b(?:{_HIRING}|(?:is|are) hiring|"
    rf"looking (?:for|to hire) (?:an? )?(?:[\w-]+ ){{0,3}}(?:{_JOBS})|"
    r"job (?:ad|opening)s?|vacanc(?:y|ies))\b",
    re.IGNORECASE,
)


def occasion_in(text: str) -> str | None:
    """What an offer is called, or what there is to announce: "Black Friday", "Summer sale", "We're hiring"."""
    found = _OCCASION.search(text)
    return found[0] if found else None


def is_hiring(text: str) -> bool:
    """Whether `text` offers work."""
    return bool(_WORK.search(text))
