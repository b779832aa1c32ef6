"""How many ads run at once: MAX_CONCURRENT_JOBS, written where Dagster's queue reads it.

Dagster takes a plain number there, and nothing from the environment.
"""

from typing import Any

import yaml

_HEADER = "# Written anew at each start, from {source} and MAX_CONCURRENT_JOBS: change it there.\n"


def with_limit(text: str, ads: int, source: str) -> str:
    """The dagster.yaml `text` with room for `ads` at once, unless it says itself how its queue is run.

    `source` is the file the text comes from, for those who read the result.
    """
    config: dict[str, Any] = yaml.safe_load(text) or {}
    room = {"max_concurrent_runs": ads}
    if "concurrency" in config:  # Dagster's newer words; it refuses both at once
        concurrency = config["concurrency"] or {}
        config["concurrency"] = concurrency | {"runs": room | (concurrency.get("runs") or {})}
    elif "run_coordinator" not in config:
        config["run_queue"] = room | (config.get("run_queue") or {})
    return _HEADER.format(source=source) + yaml.safe_dump(config, sort_keys=False)
