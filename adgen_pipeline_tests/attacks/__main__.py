"""The drill: plays the whole list against a deployment of its own, and searches it for every secret.

    python -m adgen_pipeline_tests.attacks --json .adgen/attacks.json

Prints a line an attack: what was asked, the HTTP status (0: the connection was closed), what came of it. Exit code 1
where an attack was not refused, launched a run, or a secret was found where it has no business.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from adgen_pipeline_tests.attacks.house import standing
from adgen_pipeline_tests.attacks.living import live
from adgen_pipeline_tests.attacks.playing import Played, play
from adgen_pipeline_tests.attacks.requests import attacks
from adgen_pipeline_tests.attacks.traces import leaks
from adgen_pipeline_tests.postgres import running_postgres


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="where the answers are written to, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="adgen-attacks-") as folder, running_postgres() as server:
        played, found, secrets = _drill(Path(folder), server)
    print(f"{len(played)} attacks, {sum(one.held for one in played)} refused, {sum(one.runs for one in played)} runs")
    print(f"{secrets} secrets searched for, found out of place: {', '.join(found) or 'none'}")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps({"attacks": [_told(one) for one in played], "leaks": found}, indent=1) + "\n")
    sys.exit(bool(found) or not all(one.held for one in played))


def _drill(folder: Path, server: object) -> tuple[list[Played], list[str], int]:
    played = []
    with standing(folder, server) as house:
        print("An ad is made, two fail, pages are looked at ...", flush=True)
        seen = live(house)
        for one in play(house, attacks()):
            played.append(one)
            print(one, flush=True)
    return played, leaks(house, seen), len(house.canaries.words)


def _told(one: Played) -> dict[str, object]:
    attack = {name: value for name, value in asdict(one.attack).items() if name in ("kind", "name", "door", "method")}
    return attack | {"status": one.status, "runs": one.runs, "harm": one.harm, "held": one.held}


if __name__ == "__main__":
    main()
