"""An ad in the making, as a person at a terminal gets it: how it is getting on, what it came to, and the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from adgen_pipeline.cli.display import Display
from adgen_pipeline.cli.output import default_target, save
from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.errors import QualityCheckFailed

Maker = Callable[[Callable[[Any], None]], FinishedAd]
"""Makes an ad and tells its progress to the function it is given."""


def make_and_save(out: Console, make: Maker, target: Path | None) -> None:
    """Show how `make` gets on and write its ad to `target` (None: in `ads`); one that fails its checks is written, too.

    Raises what `make` raises.
    """
    display = Display(out)
    try:
        with display.live():
            ad = make(display.tell)
    except QualityCheckFailed as error:
        _close(display, error.ad, target)
        raise
    _close(display, ad, target)


def _close(display: Display, ad: FinishedAd, target: Path | None) -> None:
    display.close(ad, save(ad, target or default_target(ad.job_id)))
