"""What is deleted when its keeping is over, on disk and in both databases, and what is not."""

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import RemoteInstigatorOrigin, RemoteRepositoryOrigin
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, TickData, TickStatus

from adgen_pipeline.api.app import create_app
from adgen_pipeline.defs.keeping import cancel_unfinished
from adgen_pipeline.defs.sensors import resume_crashed_ads
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.reports import report_of
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storage.remote import TRIAL
from adgen_pipeline.upkeep import media
from adgen_pipeline.upkeep.alone import UnderWay, alone
from adgen_pipeline.upkeep.retention import Retention
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.defs.crashes import HERE
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab, serving
from adgen_pipeline_tests.s3 import S3
from adgen_pipeline_tests.upkeep.aging import age, age_files, age_runs

_OTHER = "Create an ad for a bicycle that folds"
_DAYS = {"KEEP_RUNS_DAYS": "7", "KEEP_MEDIA_DAYS": "30", "KEEP_LEDGER_DAYS": "90"}


def _keep(monkeypatch: pytest.MonkeyPatch, **days: str) -> Settings:
    for name in _DAYS:
        monkeypatch.setenv(name, days.get(name, ""))
    return Settings.read()


def _deleted(settings: Settings) -> dict[str, int]:
    found: dict[str, int] = {}
    with Retention.opened(settings) as upkeep:
        promised = {kind.name: kind.found.count for kind in upkeep.found() if kind.found.count}
        for kind, count in upkeep.delete():
            found[kind] = found.get(kind, 0) + count
        assert not any(kind.found.count for kind in upkeep.found())
    done = {kind: count for kind, count in found.items() if count}
    assert done == promised
    return done


def _files(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file()}


def test_old_ads_leave_nothing_but_their_totals(place: Settings, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run, events, steps' outputs, files and rows of an old ad go; those of a new one stay, and what was spent; the
    old one's brief buys anew."""
    old = make()
    new = make(prompt=_OTHER, seed=5)
    with instance() as opened, open_ledger(place) as ledger:
        spent = ledger.records.standing()
        age(place, opened, 100, [old.job_id])
        needed = ledger.keeping.files_kept(ledger.keeping.now().replace(year=2000))
        kept = _files(place.home / "runs" / new.job_id)
    deleted = _deleted(_keep(monkeypatch, **_DAYS))
    assert deleted["runs with their events"] == 1 and deleted["jobs in the ledger"] == 1
    assert deleted["their calls"] == 8 and deleted["media"] >= 1 and deleted["steps' outputs"] > 5
    with instance() as opened, open_ledger(Settings.read()) as ledger:
        assert opened.get_run_ids() == [new.job_id]
        assert not list((place.home / "dagster").rglob(f"{old.job_id}*"))
        assert not opened.get_records_for_run(old.job_id).records
        assert len(opened.get_records_for_run(new.job_id).records) > 100
        assert ledger.records.standing() == spent and [job.job_id for job in ledger.jobs()] == [new.job_id]
        still = ledger.keeping.files_kept(ledger.keeping.now().replace(year=2000))
    there = {name.partition(".")[0] for name in _files(place.media_folder)}
    assert there == still < needed
    assert not (place.home / "runs" / old.job_id).exists() and _files(place.home / "runs" / new.job_id) == kept
    assert make(prompt=_OTHER, seed=5).total_cost == 0
    assert make().total_cost == old.total_cost


def test_a_bucket_keeps_what_is_still_needed(
    place: Settings, lab: Lab, s3: S3, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files and steps' outputs of an old ad go from there, too; the bucket holds those of the new one alone."""
    files, old = s3.files(), make()
    age_files(s3.folder / "buckets" / bucket, 100)
    s3.stop()  # it would not look again how old they are
    s3.start()
    with instance() as opened:
        age(place, opened, 100, [old.job_id])
    before = set(files.find(f"{bucket}/ads/runs"))
    new = make(prompt=_OTHER, seed=5)
    deleted = _deleted(_keep(monkeypatch, **_DAYS))
    assert deleted["media"] >= 1 and deleted["cached media"] >= 1 and deleted["steps' outputs"] == len(before) > 5
    with open_ledger(place) as ledger:
        needed = ledger.keeping.files_kept(ledger.keeping.now().replace(year=2000))
    assert not before & set(files.find(bucket))
    assert needed == {Path(file).stem for file in files.find(f"{bucket}/ads") if "/runs/" not in file} - {TRIAL}
    assert make(prompt=_OTHER, seed=5).total_cost == 0 and new.total_cost > 0


def test_an_ad_whose_files_are_deleted_says_so(
    home: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch, adgen: Callable[..., Ended]
) -> None:
    """The ledger still has it: its report and its page warn and lead to no file that is gone; its brief is paid for
    again, and so it is made whole."""
    old = make()
    assert "<video" in _page(old.job_id) and "Download" in _page(old.job_id)
    settings = _keep(monkeypatch, KEEP_MEDIA_DAYS="30")
    with instance() as opened:
        age(settings, opened, 40, [old.job_id])
    assert set(_deleted(settings)) == {"media"}
    with open_ledger(settings) as ledger:
        report = report_of(ledger, old.job_id, None, lambda artifact, called="": artifact.sha256)
        assert report.status == "completed" and "KEEP_MEDIA_DAYS" in report.warnings[-1]
        assert f"adgen resume {old.job_id}" in report.warnings[-1]
    page = _page(old.job_id)
    assert "Deleted on " in page and "after KEEP_MEDIA_DAYS" in page
    assert "<video" not in page and "/media/" not in page and "Download" not in page
    told = adgen("resume", old.job_id)
    assert told.code == 0, told
    with open_ledger(settings) as ledger:
        report = report_of(ledger, old.job_id, None, lambda artifact, called="": artifact.sha256)
        assert report.warnings == [] and report.cost.total > old.total_cost


def _page(job_id: str) -> str:
    app = create_app(Settings.read())
    with app.state.api, serving(app) as url:
        return httpx.get(f"{url}/ads/{job_id}", headers={"Accept": "text/html"}, trust_env=False).text


def test_what_no_row_speaks_of_goes_by_its_own_age(home: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was stored and never booked, outputs of a run that somebody deleted in the UI, the events it left."""
    made = make()
    settings = _keep(monkeypatch, KEEP_RUNS_DAYS="7", KEEP_MEDIA_DAYS="7")
    stray = settings.media_folder / "00" / f"{'00' * 32}.mp4"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"a file")
    with instance() as opened:
        opened.delete_run(made.job_id)
    left = list((home / "dagster").rglob(f"{made.job_id}.db"))  # on Postgres none
    for file in left:
        file.with_name(f"{made.job_id}.db-shm").write_bytes(b"of a reader that was killed")
        file.with_name(f"{'00' * 16}.db-wal").write_bytes(b"its run and its file have gone")
    assert _deleted(settings) == {}
    for folder in (home / "runs", home / "dagster", stray.parent):
        age_files(folder, 8)
    deleted = _deleted(settings)
    assert deleted["media"] == 1 and deleted["steps' outputs"] > 5
    assert deleted.get("runs with their events", 0) == 2 * len(left)
    assert not any(set(file.parent.iterdir()) - set(file.parent.glob("index.db*")) for file in left)
    assert not stray.exists() and not list((home / "runs").iterdir())


def test_a_file_that_is_stored_again_while_others_are_deleted_stays(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three old files are to go. After the first, an ad stores the second again, and the third is delivered."""
    monkeypatch.setattr(media, "_AT_ONCE", 1)
    settings, store, kept = _keep(monkeypatch), MediaStore.of(Settings.read()), {}
    for words in ("gold", "silver", "bronze"):
        made = tmp_path / f"{words}.vtt"
        made.write_text(f"WEBVTT\n\n00:00.000 --> 00:01.000\n{words}\n")
        kept[made] = store.adopt(made, "captions", "storyboard")
    age_files(store.folder, 60)
    with open_ledger(settings) as ledger:
        deleting = media.delete_media(store, ledger, ledger.keeping.now() - timedelta(days=30))
        assert next(deleting) == ("media", 1)
        stored, delivered = (made for made, artifact in kept.items() if store.has(artifact))
        store.adopt(stored, "captions", "storyboard")
        ledger.begin_job("new", settings.max_cost_per_video)
        ledger.deliver("new", {"captions": kept[delivered]})
        assert list(deleting) == [("media", 0)] * 2
    assert store.has(kept[stored]) and store.has(kept[delivered])


def test_a_teams_own_dagster_loses_nothing_but_our_runs_and_ticks(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its jobs, its assets and its sensors are none of ours, nor are events without a run; it is not written anew."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "team"))
    settings = _keep(monkeypatch, KEEP_RUNS_DAYS="7")
    with instance() as opened:
        known = {"nightly_load": {}, "__ASSET_JOB": {}, "generate_ad": {}, "__ASSET_JOB of ours": {PROCESS_TAG: "x"}}
        runs = [_run(opened, name.partition(" ")[0], tags) for name, tags in known.items()]
        for name in ("their_sensor", resume_crashed_ads.name):
            _tick_twice(opened, name)
        age_runs(opened, 8, runs)
        events = tmp_path / "team" / "history" / "runs" / "somebodys.db"
        events.write_bytes(b"events")
        age_files(events.parent, 8)
    assert _deleted(settings) == {"runs with their events": 2, "ticks": 1}
    with instance() as opened:
        assert set(opened.get_run_ids()) == set(runs[:2]) and events.is_file()
        for job in ("nightly_load", "generate_ad"):
            _run(opened, job, {}, DagsterRunStatus.STARTED)
        cancel_unfinished(opened, "after a restore")
        assert [run.job_name for run in opened.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED]))] == [
            "nightly_load"
        ]


def _run(
    opened: DagsterInstance, job: str, tags: dict[str, str], status: DagsterRunStatus = DagsterRunStatus.SUCCESS
) -> str:
    return opened.add_run(DagsterRun(job_name=job, tags=tags, status=status)).run_id


def _tick_twice(opened: DagsterInstance, sensor: str) -> None:
    """The newest stays: the daemon goes on from it."""
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(HERE, "__repository__"), sensor)
    state = InstigatorState(origin, InstigatorType.SENSOR, InstigatorStatus.RUNNING)
    opened.add_instigator_state(state)
    known = origin.get_id(), sensor, InstigatorType.SENSOR, TickStatus.SKIPPED
    for _ in range(2):
        opened.create_tick(TickData(*known, time.time(), selector_id=state.selector_id))


def test_renders_of_the_studio_go_by_their_age(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the keys that they were asked for under."""
    settings = _keep(monkeypatch, KEEP_MEDIA_DAYS="3")
    for job, days in (("ab" * 32, 4), ("cd" * 32, 2)):
        service = home / "studio" / "video_gen"
        for file in (service / "jobs" / job / "clip.mp4", service / "keys" / f"{job}.json"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"x")
        age_files(service / "jobs" / job, days)
    assert _deleted(settings) == {"studio's renders": 1}
    assert _files(home / "studio") == {"clip.mp4", f"{'cd' * 32}.json"}


@pytest.mark.sqlite_files("their size")
def test_sqlite_files_shrink(home: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room of deleted rows goes back to the disk, also the second time, when pages are given back one by one."""
    settings = _keep(monkeypatch, KEEP_LEDGER_DAYS="1")
    for _ in range(2):
        with open_ledger(settings) as ledger:
            for number in range(60):
                ledger.begin_job(f"job {number}", settings.max_cost_per_video, {"prompt": os.urandom(4000).hex()})
                ledger.end_job(f"job {number}", "failed", "run")
        with instance() as opened:
            age(settings, opened, 2, [f"job {number}" for number in range(60)])
        with Retention.opened(settings) as upkeep:
            before = upkeep.bytes()[str(home / "ledger.db")]
            assert sum(count for _, count in upkeep.delete()) == 60
            assert upkeep.bytes()[str(home / "ledger.db")] < before - 400_000


def test_one_at_a_time_and_only_when_asked(
    place: Settings, monkeypatch: pytest.MonkeyPatch, adgen: Callable[..., Ended]
) -> None:
    """Without a setting there is nothing to do; without --delete nothing is changed; a second one is refused."""
    with pytest.raises(InvalidSetting, match="KEEP_RUNS_DAYS, KEEP_MEDIA_DAYS, KEEP_LEDGER_DAYS: none is set"):
        _deleted(place)
    settings = _keep(monkeypatch, KEEP_LEDGER_DAYS="1")
    with open_ledger(settings) as ledger, instance() as opened:
        ledger.begin_job("old", settings.max_cost_per_video)
        ledger.end_job("old", "failed", "run")
        age(settings, opened, 2, ["old"])
        shown = adgen("retention")
        assert "jobs in the ledger" in shown.told and "Nothing was changed" in shown.told and len(ledger.jobs()) == 1
        told = json.loads(adgen("retention", "--json").told)
        assert [kind["count"] for kind in told["found"] if kind["kind"] == "jobs in the ledger"] == [1]
        with alone(settings), pytest.raises(UnderWay), Retention.opened(settings) as upkeep:
            list(upkeep.delete())
        assert "Deleted: 1 jobs in the ledger" in adgen("retention", "--delete").told and not ledger.jobs()
