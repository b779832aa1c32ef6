"""All settings, and the only reader of the environment.

They come from the environment or from one `.env` file: the checkout's own, or, where the package is installed
without a checkout, the working directory's. The environment wins. Every name stands in `.env.example`.

    model        what can be set, and what follows from it
    rules        what a value must look like
    environment  what is read or set beside the model: Dagster's home, children's environments, single secrets
"""

from adgen_pipeline.settings.environment import (
    dagster_home,
    environment_with,
    forbid_telemetry,
    let_processes_find,
    names_given,
    secret,
    use_dagster_home,
)
from adgen_pipeline.settings.model import CHECKOUT, ServiceSettings, Settings, env_file
from adgen_pipeline.settings.rules import WEBHOOK_SECRET_PREFIX

__all__ = [
    "CHECKOUT",
    "WEBHOOK_SECRET_PREFIX",
    "ServiceSettings",
    "Settings",
    "dagster_home",
    "env_file",
    "environment_with",
    "forbid_telemetry",
    "let_processes_find",
    "names_given",
    "secret",
    "use_dagster_home",
]
