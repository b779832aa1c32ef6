"""The sensor that looks into the inbox."""

import time

import dagster as dg

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.intake import open_inbox, take_in_all
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings


@dg.sensor(
    minimum_interval_seconds=5,  # the daemon looks no more often
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Takes in the briefs that lie in INBOX (.csv, .yaml, .json); `launch_commissions` launches them. A file goes "
        "to done/, or, with a report, to set_aside/ where something is to be mended."
    ),
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """What a look did stands in the tick; the files it saw, for the next look, in the cursor."""
    try:
        place = open_inbox(Settings.read())
        with open_ledger(Settings.read()) as ledger:
            taken = take_in_all(place, ledger, context.cursor, time.time())
    except AdgenError as error:
        return dg.SkipReason(error.message)
    context.update_cursor(taken.remembered)
    return dg.SkipReason("\n".join(taken.told) or f"Nothing new in {place.shown}.")
