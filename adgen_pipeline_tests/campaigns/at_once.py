"""Makes commissions side by side, each in a process of its own, as a daemon's runs are: python -m ... KEY KEY"""

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from adgen_pipeline.defs.launch import make_commissioned
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.settings import Settings

_fork = multiprocessing.get_context("fork")  # of a process that has everything loaded, and no threads


def make_at_once(ads: Sequence[Commission]) -> list[str]:
    """Each by a run of its own, all begun at the same moment; the errors of those that failed."""
    command = [sys.executable, "-m", "adgen_pipeline_tests.campaigns.at_once", *(ad.key for ad in ads)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    return [json.loads(line)["error"] for line in told.stdout.splitlines() if line.startswith('{"error"')]


def _make(key: str, begin: Any) -> None:
    with open_ledger(Settings.read()) as ledger:
        wanted = ledger.commissions.get(key)
    begin.wait()
    try:
        make_commissioned(wanted, lambda progress: None)
    except AdgenError as error:
        print(json.dumps({"error": error.message}), flush=True)


if __name__ == "__main__":
    keys = sys.argv[1:]
    begin = _fork.Barrier(len(keys))
    runs = [_fork.Process(target=_make, args=(key, begin)) for key in keys]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    sys.exit(any(run.exitcode for run in runs))
