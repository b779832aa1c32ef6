"""The schedule of the standing campaigns: every minute it looks which of them want ads."""

import dagster as dg

from adgen_pipeline.campaigns.standing import look
from adgen_pipeline.defs.jobs import generate_ad
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings


@dg.schedule(
    job=generate_ad,
    cron_schedule="* * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=(
        "Every minute: writes down the ads that standing campaigns want, one set a campaign and tick. The sensor "
        "launch_commissions launches them, and `adgen campaigns` shows them. New and changed files count at once."
    ),
)
def standing_campaigns(context: dg.ScheduleEvaluationContext) -> dg.SkipReason:
    """It launches nothing itself: what is written down once is launched once, whatever is restarted in between."""
    settings, preview = Settings.read(), _is_preview(context)
    with open_ledger(settings) as ledger:
        looked = look(ledger, settings.campaigns_folder, context.scheduled_execution_time, preview=preview)
    for problem in looked.problems:
        context.log.warning(f"A campaign's file is passed over: {problem}")
    nothing = f"No campaign in {settings.campaigns_folder} is due."
    return dg.SkipReason(f"{'Preview, nothing is written: ' if preview else ''}{looked.text or nothing}")


def _is_preview(context: dg.ScheduleEvaluationContext) -> bool:
    """Whether somebody tries the schedule out in the UI: the daemon keeps its logs under its tick's number, and a
    preview, which is no tick, under the time it is for."""
    key = context.log_key
    return bool(key and key[-1] == f"{context.scheduled_execution_time:%Y%m%d_%H%M%S}")
