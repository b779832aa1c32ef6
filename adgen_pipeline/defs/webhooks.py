"""The sensor that delivers what waits in the outbox."""

import threading

import dagster as dg

from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import Courier

_WAIT_SECONDS = 2.0
"""How long a look waits for answers. Dagster's daemon has its sensors look one after the other: what takes longer is
answered in the background."""

_lock = threading.Lock()
_couriers: list[Courier] = []


@dg.sensor(
    minimum_interval_seconds=5,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Delivers webhooks: what became of ads, to the callback_url of their brief and to WEBHOOK_URL.",
)
def deliver_webhooks(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """It launches nothing; what it delivered is the reason it gives. `adgen webhooks` lists the deliveries."""
    courier = _courier(Settings.read())
    told = [str(attempted) for attempted in courier.deliver(_WAIT_SECONDS)]
    waiting = [f"{courier.under_way} more under way."] if courier.under_way else []
    return dg.SkipReason("\n".join(told + waiting) or "Nothing is due.")


def _courier(settings: Settings) -> Courier:
    """One a process, as long as the settings stay what they are: its attempts outlast a look."""
    with _lock:
        if not _couriers or _couriers[-1].settings != settings:
            _couriers[:] = [Courier(settings)]
        return _couriers[-1]
