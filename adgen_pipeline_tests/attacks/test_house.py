"""A whole deployment under attack: nothing is launched, nothing is read, no secret is left anywhere."""

from pathlib import Path
from typing import Any

from adgen_pipeline_tests.attacks.house import standing
from adgen_pipeline_tests.attacks.living import live
from adgen_pipeline_tests.attacks.playing import play
from adgen_pipeline_tests.attacks.requests import ESCAPE, FORGED, attacks
from adgen_pipeline_tests.attacks.traces import leaks


def test_the_list_and_the_canaries(tmp_path: Path, postgres: Any) -> None:
    """Each attack of the list is refused and launches nothing; colleagues are let in after it; and then no secret
    stands in any log, table, file, answer, message or command line, but for where it belongs."""
    with standing(tmp_path, postgres) as house:
        seen = live(house)
        broken = [str(played) for played in play(house, attacks()) if not played.held]
        assert not broken, "\n".join(broken)
        assert house.api("GET", "/api/v1/jobs").status_code == 200 and house.runs() >= 2
        told = house.up.log.read_bytes() + b"".join(log.read_bytes() for log in house.up.home.glob("logs/*"))
        assert ESCAPE.encode() not in told and not any(line.startswith(FORGED.encode()) for line in told.splitlines())
    assert leaks(house, seen) == []
