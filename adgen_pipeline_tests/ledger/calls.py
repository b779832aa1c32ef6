"""What the ledger's tests ask for, and real processes that ask at the same moment."""

import multiprocessing
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, ServiceUnavailable
from adgen_pipeline.ledger import Call, Ledger, Wanted, open_ledger
from adgen_pipeline.settings import Settings

CEILING = Decimal("0.60")
CLIP = Artifact(
    sha256="ab" * 32, size=7, media_type="video/mp4", source_url="http://v.example/1", width=2, height=2, duration=5.0
)
LOST = ServiceUnavailable("the answer was lost", service="video_gen", stage="video_generation")
GONE = ArtifactError("the file is gone")


def wanted(key: str = "clip", **changed: Any) -> Wanted:
    """A clip of the job `ad`, at most $0.60."""
    usual: dict[str, Any] = {
        "job_id": "ad",
        "stage": "video_generation",
        "scene": "scene_01",
        "service": "video_gen",
        "key": key,
        "request_hash": f"hash of {key}",
        "body": b'{"scene_prompt":"a watch"}',
        "ceiling": CEILING,
    }
    return Wanted(**usual | changed)


def buy(ledger: Ledger, key: str = "clip", cost: str = "0.25", **changed: Any) -> Call:
    """Claim, answer and settle a call."""
    call = ledger.claim(wanted(key, **changed), "me").call
    ledger.answered(call.id, "me", Decimal(cost), {"video_url": "http://v.example/1"})
    return ledger.settle(call.id, "me", {"video_url": CLIP})


def race(settings: Settings, runner: Callable[..., Any], *arguments: Any, processes: int = 8) -> list[Any]:
    """What `runner(ledger, number, *arguments)` returned in each of so many processes: they open the ledger at one
    moment, and run at another."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["adgen_pipeline_tests.ledger.calls", "alembic.command", "pytest"])
    start, results = context.Barrier(processes), context.Queue()
    where = (settings.home, settings.database_url)
    runners = [
        context.Process(target=_run, args=(where, start, results, runner, number, arguments))
        for number in range(processes)
    ]
    for process in runners:
        process.start()
    found = [results.get(timeout=60) for _ in runners]
    for process in runners:
        process.join()
        process.close()
    results.close()
    results.join_thread()
    return found


def _run(where: Any, start: Any, results: Any, runner: Callable[..., Any], number: int, arguments: Any) -> None:
    home, database_url = where
    settings = Settings(adgen_home=home, database_url=database_url)
    start.wait()
    try:
        with open_ledger(settings) as ledger:
            start.wait()
            results.put(runner(ledger, number, *arguments))
    except Exception as error:
        results.put(f"process {number} ended by {error!r}")
        raise
