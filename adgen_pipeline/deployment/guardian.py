"""Ends what is left if `adgen up` itself is killed: `python -m adgen_pipeline.deployment.guardian FOLDER`.

It reads the process groups of the parts from `adgen up`, a number a line. When that pipe ends, whatever the reason, it
kills them and removes the deployment's folder. The runs in them go on with the next start, as after a power cut.
"""

import os
import shutil
import signal
import sys
from contextlib import suppress

ALL_ENDED = "ended"


def kill_group(group: int) -> None:
    """SIGKILL to all its processes that are left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def main() -> None:
    """Until the pipe ends. Signals are for `adgen up` to heed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: list[int] = []
    for line in sys.stdin:
        if line.strip() == ALL_ENDED:
            groups.clear()  # their numbers may be others' by now
        else:
            groups.append(int(line))
    for group in groups:
        kill_group(group)
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
