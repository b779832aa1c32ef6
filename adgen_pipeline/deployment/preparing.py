"""What is done before any part starts: `python -m adgen_pipeline.deployment.preparing [SECONDS]`.

A process that ends again, since `adgen up` has no use for Dagster's 100 MiB. Prints the Dagster home, its
tables made, and after it what became of runs whose process died without a word. A database that is away is waited for
SECONDS (0): a host may be up before its database.
"""

import sys
import time

from adgen_pipeline.defs.instance import open_instance, prepare_home
from adgen_pipeline.defs.outcomes import end_the_dead
from adgen_pipeline.errors import AdgenError, LedgerUnavailable
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings

_PAUSE_SECONDS = 1.0
"""Between two tries to reach a database that is away."""


def patiently_opened(settings: Settings, seconds: float) -> Ledger:
    """The ledger, once its database can be reached. Says on stderr that it waits.

    Raises LedgerUnavailable after `seconds`, and at once what waiting does not mend: a wrong password, other tables.
    """
    until, is_told = time.monotonic() + seconds, False
    while True:
        try:
            return open_ledger(settings)
        except LedgerUnavailable as error:
            if time.monotonic() >= until:
                raise
            if not is_told:
                print(f"{error}; waiting for it, {seconds:g} s at most", file=sys.stderr, flush=True)
                is_told = True
            time.sleep(_PAUSE_SECONDS)


def main() -> None:
    """Exit code 1 and the reason on stderr where a setting forbids it, or the database stays away."""
    try:
        # Tables of another version are told of here, and not by each part.
        patiently_opened(Settings.read(), float(sys.argv[1]) if len(sys.argv) > 1 else 0.0).close()
        with open_instance() as instance:
            print(prepare_home())
            for run in end_the_dead(instance):
                print(run.told)
    except AdgenError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
