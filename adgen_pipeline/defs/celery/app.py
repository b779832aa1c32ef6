"""The Celery application: dagster-celery's, with the settings that survive a lost worker."""

import ssl
from typing import Any

from celery import Celery
from dagster_celery.make_app import make_app

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.settings import Settings

QUEUE = "adgen"
"""Where steps wait; an op's tag `dagster-celery/queue` names another."""

STEP_TASK = "adgen.step"
_KEPT_SECONDS = 86_400
"""How long the broker keeps what it was told of a step: its run listens all the time."""

_SOCKET_SECONDS = 10.0
_MIN_REDELIVERY_SECONDS = 3600.0
"""Redis's own default; a step may wait for another ad's call, or for its budget, beyond any deadline."""


_PATIENT = {
    "result_backend_always_retry": True,
    "result_backend_max_retries": 60,
    "result_backend_base_sleep_between_retries_ms": 250,
    "result_backend_max_sleep_between_retries_ms": 5000,
}
"""A step that is over waits up to five minutes for a broker to tell it to; a worker that could not would break down."""


def celery_app(settings: Settings, *, patient: bool = False) -> Celery:
    """The application for the broker of `settings`, which also keeps the signs and results of steps.

    `patient`: for workers, who wait for a broker that is away; a run tells of it instead.

    The settings are read on each side; nothing of them stands in a message, a run's configuration or an event.
    """
    assert settings.broker_url is not None  # the settings refuse celery without one
    url = settings.broker_url.get_secret_value()
    app = make_app({"broker": url, "backend": url, "config_source": _config(settings, encrypted="rediss:" in url[:7])})
    app.conf.update(_PATIENT if patient else {})
    app.conf.task_queues, app.conf.task_routes = None, {STEP_TASK: {"queue": QUEUE}}
    app.conf.task_default_priority = None  # Redis keeps a list a priority; which ad goes first is Dagster's queue's
    return app


def redelivery_seconds(settings: Settings) -> float:
    """After how long Redis gives out a message again that nobody has acknowledged: twice the longest deadline."""
    return max(_MIN_REDELIVERY_SECONDS, *(2 * settings.service(stage).deadline for stage in STAGES))


def _config(settings: Settings, *, encrypted: bool) -> dict[str, Any]:
    redelivery = {"visibility_timeout": redelivery_seconds(settings)}
    certificates = {"ssl_cert_reqs": ssl.CERT_REQUIRED} if encrypted else None
    return {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "broker_transport_options": redelivery | {"socket_keepalive": True, "health_check_interval": 25},
        "result_backend_transport_options": redelivery | {"retry_policy": {"max_retries": 3, "interval_max": 0.5}},
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_use_ssl": certificates,
        "redis_backend_use_ssl": certificates,
        "redis_socket_timeout": _SOCKET_SECONDS,
        "redis_socket_connect_timeout": _SOCKET_SECONDS,
        "result_expires": _KEPT_SECONDS,
        "task_default_queue": QUEUE,
        "task_ignore_result": False,
        "accept_content": ["json"],
        "worker_hijack_root_logger": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
    }
