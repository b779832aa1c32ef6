"""A command of Dagster's as a process of ours: `python -m adgen_pipeline.deployment.dagster_process daemon run`.

The same as `dagster-daemon run` or `dagster code-server start`, with the same options; but it logs by LOG_FORMAT and
reports its errors by SENTRY_DSN, which Dagster's own commands know nothing of.
"""

import runpy
import sys

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.observability import observe
from adgen_pipeline.settings import Settings

_MODULES = {"daemon": "dagster._daemon", "code-server": "dagster"}
_USAGE = "usage: python -m adgen_pipeline.deployment.dagster_process {daemon,code-server} ARGUMENTS"


def main() -> None:
    """Exit code 2 and the reason on stderr where a setting or the command is wrong; else Dagster's own."""
    words = sys.argv[1:]
    if not words or words[0] not in _MODULES:
        sys.exit(_USAGE)
    try:
        observe(words[0])
    except AdgenError as error:
        sys.exit(str(error))
    module = _MODULES[words[0]]
    sys.argv = [module, *(words[1:] if words[0] == "daemon" else words), *_of_children(words)]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _of_children(words: list[str]) -> list[str]:
    """For processes that Dagster starts in turn: until they load our code they speak a JSON of Dagster's own."""
    is_json = Settings.read().log_format == "json" and "--log-format" not in words
    return ["--log-format", "json"] if is_json else []


if __name__ == "__main__":
    main()
