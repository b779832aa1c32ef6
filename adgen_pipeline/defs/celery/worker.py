"""The process that takes steps: Celery's own worker, with our settings and our definitions."""

import logging
import multiprocessing
import os
import platform
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from celery import signals
from redis.exceptions import RedisError

from adgen_pipeline.defs.celery.app import QUEUE, celery_app
from adgen_pipeline.defs.celery.signs import Signs
from adgen_pipeline.defs.celery.step import register
from adgen_pipeline.defs.celery.transport import outlive_the_broker
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.errors import AdgenError, ErrorCode, InvalidSetting
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore

_CHECKING_SECONDS = 60.0
_NOBODY = "nobody-has-this-name"


def work(settings: Settings, *, steps: int, name: str | None, queues: tuple[str, ...], module: str) -> int:
    """Take steps, `steps` at once, until told to end; those under way are finished then. Returns the exit code.

    `module` holds the definitions. Raises AdgenError naming what cannot be reached: before that, no step is taken.
    """
    if settings.step_executor != "celery":
        told = f"STEP_EXECUTOR: '{settings.step_executor}' hands out no steps; set it to celery here and where runs are"
        raise InvalidSetting(f"{told} launched")
    _check_in_a_fork(settings)
    signals.setup_logging.connect(_leave_logs_alone)
    outlive_the_broker()
    app = celery_app(settings, patient=True)
    register(app, module)
    import_module(module).defs.get_repository_def().load_all_definitions()  # once, for all that are forked from us
    worker = app.Worker(
        hostname=f"{name or f'adgen-{os.getpid()}'}@{platform.node()}",
        concurrency=steps,
        queues=list(queues) or [QUEUE],
        pool="prefork",
        optimization="fair",
        without_gossip=True,
        without_mingle=True,
        loglevel=logging.getLevelName(settings.log_level),
    )
    worker.start()
    return int(worker.exitcode or 0)


def _leave_logs_alone(**_: Any) -> None:
    """Somebody who listens is all that keeps Celery from making logs its own."""


def _check_in_a_fork(settings: Settings) -> None:
    """Whether database, store and broker can be reached. What that opens would not survive the forks to come."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_tell_what_fails, args=(settings, there))
    process.start()
    there.close()
    told = here.recv() if here.poll(_CHECKING_SECONDS) else f"no answer within {_CHECKING_SECONDS:g} s"
    process.join(1)
    process.kill()
    if told:
        error = AdgenError(f"This worker cannot begin: {told}")
        error.code = ErrorCode.SERVICE_UNAVAILABLE
        raise error


def _tell_what_fails(settings: Settings, end: Connection) -> None:
    try:
        open_ledger(settings).close()
        MediaStore.of(settings)
        with open_instance():
            pass
        Signs(celery_app(settings)).of(_NOBODY)
        end.send("")
    except RedisError as error:
        end.send(f"BROKER_URL: the broker cannot be reached ({type(error).__name__}); start it, or mend the URL")
    except AdgenError as error:
        end.send(error.message)
    except Exception as error:
        end.send(f"Dagster's storage cannot be opened ({type(error).__name__}): look at DAGSTER_HOME and DATABASE_URL")
