"""An ad in a real ledger, on SQLite and on a real Postgres, taken on call by call."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import AdgenError, ServiceRejected
from adgen_pipeline.ledger import Ledger, Wanted, open_ledger
from adgen_pipeline.ledger.schema import jobs
from adgen_pipeline.reports import JobReport, JobStatus, RunState, report_of
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.lab import storyboard
from adgen_pipeline_tests.postgres import new_database

BRIEF = {"prompt": "Create an ad for a luxury watch", "duration": 15}
NOW = datetime.now(UTC)
COSTS = {"prompt_parsing": "0.03", "image_generation": "0.05", "video_generation": "0.25", "composition": "0.07"}
SERVICES = {
    "prompt_parsing": "prompt_parser",
    "image_generation": "image_gen",
    "video_generation": "video_gen",
    "composition": "composition",
}
FILES = {
    "prompt_parsing": (),
    "image_generation": ("image_url",),
    "video_generation": ("video_url",),
    "composition": ("video_url", "thumbnail_url"),
}
COMPOSED = {
    "video_url": "http://c.example/ad.mp4",
    "thumbnail_url": "http://c.example/ad.jpg",
    "duration": 15.0,
    "resolution": "1080x1920",
    "file_size_mb": 2.5,
}


class Ad:
    """One job of the ledger, and what is done to it."""

    def __init__(self, ledger: Ledger, job_id: str = "ad", brief: dict[str, Any] | None = None):
        self.ledger, self.job_id, self.brief = ledger, job_id, brief or BRIEF
        self.source: str | None = None

    def begin(self) -> "Ad":
        self.ledger.begin_job(self.job_id, Decimal(10), self.brief)
        return self

    def claim(self, stage: str, scene: str | None = None, ceiling: str = "0.60") -> int:
        key = f"{self.job_id} {stage} {scene}"
        wanted = Wanted(
            job_id=self.job_id,
            stage=stage,
            scene=scene,
            service=SERVICES[stage],
            key=key,
            request_hash=self.source or key,
            body=b"{}",
            ceiling=Decimal(ceiling),
        )
        return self.ledger.claim(wanted, "me").call.id

    def buy(self, stage: str, scene: str | None = None) -> "Ad":
        call = self.claim(stage, scene)
        results = {"prompt_parsing": storyboard((5.0, 5.0, 5.0)), "composition": COMPOSED}
        self.ledger.answered(call, "me", Decimal(COSTS[stage]), {"result": results.get(stage, {})})
        self.ledger.settle(call, "me", {name: artifact(f"{stage} {scene} {name}") for name in FILES[stage]})
        return self

    def fail(self, stage: str, scene: str | None = None, error: AdgenError | None = None) -> "Ad":
        refused = ServiceRejected("the prompt was refused", service=SERVICES[stage], stage=stage)
        self.ledger.fail(self.claim(stage, scene), "me", Decimal(0), error or refused)
        return self

    def buy_all(self) -> "Ad":
        self.begin().buy("prompt_parsing")
        for stage in ("image_generation", "video_generation"):
            for number in (1, 2, 3):
                self.buy(stage, f"scene_0{number}")
        return self.buy("composition")

    def end(self, outcome: str, at: datetime | None = None, **known: Any) -> "Ad":
        """What the ledger is told when an ad has ended for good."""
        values = {"outcome": outcome, "ended_at": at or datetime.now(UTC)} | known
        with self.ledger._database.write() as connection:
            connection.execute(sa.update(jobs).where(jobs.c.job_id == self.job_id).values(values))
        return self

    def report(self, state: RunState | None = None, *, per_scene: bool = True) -> JobReport:
        return report_of(self.ledger, self.job_id, state, link, per_scene=per_scene)


def link(kept: Artifact, *, called: str = "") -> str:
    return f"https://ads.example/{kept.sha256}"


def artifact(name: str) -> Artifact:
    return Artifact(sha256=name.replace(" ", "-"), size=7, media_type="video/mp4", source_url="", width=2, height=2)


def run(status: JobStatus, **known: Any) -> RunState:
    """The newest run of the ad, an hour old unless said otherwise."""
    usual: dict[str, Any] = {"run_id": "run", "created_at": NOW - timedelta(hours=1), "updated_at": NOW}
    return RunState(status=status, **usual | known)


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name an empty database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "postgres":
        monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
    return Settings.read()


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with open_ledger(settings) as ledger:
        yield ledger


@pytest.fixture
def ad(ledger: Ledger) -> Ad:
    return Ad(ledger).begin()


@pytest.fixture
def another(ledger: Ledger) -> Callable[..., Ad]:
    """One more ad in the same ledger."""
    return lambda job_id, **brief: Ad(ledger, job_id, BRIEF | brief)
