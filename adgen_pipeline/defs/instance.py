"""Where Dagster keeps its state: a team's own DAGSTER_HOME, or one below the house's one folder."""

from pathlib import Path

from dagster import DagsterInstance

from adgen_pipeline.settings import CHECKOUT, Settings, dagster_home, use_dagster_home

_PLAIN = "telemetry:\n  enabled: false\n"


def open_instance() -> DagsterInstance:
    """The Dagster instance of this process. A team's own is taken as it is."""
    prepare_home()
    return DagsterInstance.get()


def prepare_home() -> Path:
    """Make sure there is a Dagster home, and make it this process's; ours gets the checkout's dagster.yaml."""
    own = dagster_home()
    if own:
        return own
    home = Settings.read().home / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    config = CHECKOUT / "dagster.yaml" if CHECKOUT else None
    text = config.read_text() if config and config.is_file() else _PLAIN
    target = home / "dagster.yaml"
    if not target.is_file() or target.read_text() != text:
        target.write_text(text)
    use_dagster_home(home)
    return home
