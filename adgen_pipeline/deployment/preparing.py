"""What is done before any part starts: `python -m adgen_pipeline.deployment.preparing`.

A process that ends again, since `adgen up` has no use for Dagster's 100 MiB. Prints the Dagster home, its
tables made, and after it what became of runs whose process died without a word.
"""

import sys

from adgen_pipeline.defs.instance import open_instance, prepare_home
from adgen_pipeline.defs.outcomes import end_the_dead
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings


def main() -> None:
    """Exit code 2 and the reason on stderr where a setting forbids it."""
    try:
        open_ledger(Settings.read()).close()  # tables of another version are told of here, and not by each part
        with open_instance() as instance:
            print(prepare_home())
            for run in end_the_dead(instance):
                print(run.told)
    except AdgenError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
