"""Which files are whole by now: two looks, some seconds apart, found them the same."""

import json

from adgen_pipeline.intake.places import Found

SETTLE_SECONDS = 4.0
"""A little less than the time between two looks of the sensor: a file is taken in at the second look."""


class Seen:
    """What earlier looks found: by name, the state of a file and since when it is so (epoch seconds)."""

    def __init__(self, remembered: str | None = None):
        self._since: dict[str, tuple[str, float]] = {}
        for name, (state, since) in json.loads(remembered or "{}").items():
            self._since[name] = state, since

    def look(self, files: list[Found], now: float) -> list[Found]:
        """Take in what lies there at `now`; returns the files that have not changed for long enough."""
        known = self._since
        self._since = {each.name: (each.state, _since(known.get(each.name), each, now)) for each in files}
        return [each for each in files if now - self._since[each.name][1] >= SETTLE_SECONDS]

    def remembered(self) -> str:
        """As text, for the next look."""
        return json.dumps(self._since)


def _since(known: tuple[str, float] | None, found: Found, now: float) -> float:
    return known[1] if known and known[0] == found.state and known[1] <= now else now
