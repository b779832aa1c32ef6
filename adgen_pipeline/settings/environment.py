"""What is read from the environment, or set in it, beside the model: nobody else touches it."""

import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from pydantic import SecretStr

from adgen_pipeline.settings.model import Settings, env_file


def secret(name: str) -> SecretStr | None:
    """What the environment's variable `name` holds, or the secret setting of that name (also in `.env`), or None."""
    given = os.environ.get(name)
    setting = getattr(Settings.read(), name.lower(), None)
    return SecretStr(given) if given else setting if isinstance(setting, SecretStr) else None


def names_given() -> tuple[frozenset[str], frozenset[str]]:
    """The names, in capitals, that are set in the environment and in `.env`: names alone, no values."""
    file = env_file()
    in_file = dotenv_values(file, interpolate=False) if file.is_file() else {}
    return frozenset(map(str.upper, os.environ)), frozenset(name.upper() for name in in_file)


def dagster_home() -> Path | None:
    """A team's own DAGSTER_HOME, or None."""
    home = os.environ.get("DAGSTER_HOME")
    return Path(home).expanduser() if home else None


def environment_with(more: Mapping[str, str]) -> dict[str, str]:
    """What a process finds in its environment that this one starts with `more` set."""
    return {**os.environ, **more}


def let_processes_find(folder: Path) -> None:
    """Let each Python that this process starts find the packages in `folder`, too."""
    known = os.environ.get("PYTHONPATH", "")
    if str(folder) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), known)))


def use_dagster_home(folder: Path) -> None:
    """Make `folder` the Dagster home of this process and those it starts."""
    os.environ["DAGSTER_HOME"] = str(folder)


def forbid_telemetry() -> None:
    """Tell libraries that would report their use to their makers not to; call before they are imported."""
    os.environ.update(ORT_DISABLE_TELEMETRY="1", ORT_TELEMETRY_DISABLED="1")
