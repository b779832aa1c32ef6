"""Money, lengths and moments as people read them."""

from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

_CENT = Decimal("0.01")
_STEPS = ((60, "s"), (60, "min"), (24, "h"), (31, "days"))


def money(amount: Decimal) -> str:
    """USD to the cent; what is less than one, as fine as it is."""
    cents = amount.quantize(_CENT)
    return f"${amount.normalize():f}" if amount and not cents else f"${cents:,}"


def clock(seconds: float) -> str:
    """Seconds of an ad as a player shows them: 0:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def span(seconds: float) -> str:
    """How long something took: 45 s, 3 min 10 s, 2 h 5 min."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{whole} s"
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def ago(moment: datetime, now: datetime) -> str:
    """When something was, as one says it; from a month back on, its date."""
    amount = max(0.0, (now - moment).total_seconds())
    if amount < 10:
        return "just now"
    for size, unit in _STEPS:
        if amount < size:
            whole = int(amount)
            return f"{whole} {'day' if unit == 'days' and whole == 1 else unit} ago"
        amount /= size
    return f"{moment:%d %B %Y}".lstrip("0")


def here(link: str) -> str:
    """A link to this server without scheme and host: whoever looks at its pages may know it by another name."""
    return urlsplit(link)._replace(scheme="", netloc="").geturl()
