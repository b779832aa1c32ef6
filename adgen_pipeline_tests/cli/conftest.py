"""The command `adgen` in this process."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from adgen_pipeline.cli.main import main


@dataclass
class Ended:
    code: int
    told: str


@pytest.fixture
def adgen(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """The command in this process; what it says goes to the real stderr."""

    def run(*words: str) -> Ended:
        result = CliRunner().invoke(main, list(words))
        told = result.output + capfd.readouterr().err
        assert "Traceback" not in told and not (result.exception and not isinstance(result.exception, SystemExit)), told
        return Ended(result.exit_code, told)

    return run
