"""How soon the REST API answers, while ads run and thousands have ended before.

The API is `adgen api`, a process of its own, over a whole deployment on the same machine: webserver, daemon, the runs'
processes, and the fake services in the real-life profile. As many ads run as are asked for; one front end an ad looks
at it once a second, and meanwhile more ads are created, which wait in the queue. What is measured is what a front end
waits, HTTP and all. The past is one real ad, written again under other ids.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from adgen_pipeline_tests.ports import free_port
from adgen_pipeline_tests.postgres import new_database, running_postgres
from benchmarks import fakes, instances, rivals
from benchmarks.history import Past
from benchmarks.history_postgres import write_past
from benchmarks.instances import ADS, START_SECONDS, Deployment, Home
from benchmarks.measure import Explained, end_on_signals, machine, say
from benchmarks.processes import end_tree
from benchmarks.profiles import PROFILES, REAL_LIFE, prompt_for

SCENES = 4
TARGETS = {"create": 500.0, "status": 100.0, "event": 2000.0}
"""Milliseconds for 95 % of the answers, as the contract has them; a change shows within 2 s."""

EXPLAINED = Explained(
    "api",
    __doc__ or "",
    rows={
        "status": "GET /api/v1/jobs/{job_id} of an ad that runs",
        "done": "the same of an ad that ended long ago",
        "list": "GET /api/v1/jobs, the newest 20",
        "create": "POST /api/v1/generate-ad, a new ad each",
        "health": "GET /health, which asks database and Dagster",
        "event": "a change of a paid call, from when the ledger has it until a listener of the ad's events hears it",
    },
    columns={
        "answers": "how many were measured",
        "median": "ms from request to answer; half took no longer",
        "p95": "ms that 95 % took no longer than",
        "max": "ms of the slowest",
        "target": "ms for the p95, as the contract has it",
        "errors": "answers above 299; there must be none",
    },
)


class Answers:
    """What was measured, by kind: milliseconds, and how many went wrong."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.errors: dict[str, int] = {}
        self._lock = threading.Lock()

    def ask(self, kind: str, call: Callable[[], httpx.Response]) -> httpx.Response:
        """Do it, and note how long it took."""
        began = time.perf_counter()
        reply = call()
        took = 1000 * (time.perf_counter() - began)
        with self._lock:
            self.times.setdefault(kind, []).append(took)
            self.errors[kind] = self.errors.get(kind, 0) + (reply.status_code > 299)
        return reply

    def note(self, kind: str, took: float) -> None:
        """It took so many milliseconds."""
        with self._lock:
            self.times.setdefault(kind, []).append(took)

    def figures(self, kind: str) -> dict[str, float | int | None]:
        """As in the table."""
        times = sorted(self.times.get(kind, [0.0]))
        cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
        known: dict[str, float | int | None] = {"answers": len(times), "median": cuts[9], "p95": cuts[18]}
        return known | {"max": times[-1], "target": TARGETS.get(kind), "errors": self.errors.get(kind, 0)}


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    end_on_signals()
    about = machine()
    found: dict[str, Any] = {}
    for database in options.databases:
        answers = _measured(database, options)
        found[database] = {kind: answers.figures(kind) for kind in EXPLAINED.rows}
        title = f"REST answers, {options.running} ads running, {options.history} before them, {database}"
        EXPLAINED.report(title, [[kind, *row.values()] for kind, row in found[database].items()])
    asked = {name: getattr(options, name) for name in ("history", "running", "seconds")}
    EXPLAINED.keep({"machine": about, **asked, "databases": found})


def _options() -> argparse.Namespace:
    parser = EXPLAINED.parser()
    parser.add_argument("--history", type=int, default=10_000, help="finished ads (default %(default)s)")
    parser.add_argument("--running", type=int, default=20, help="ads at once (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=30, help="of measuring (default %(default)s)")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"])
    parser.add_argument("--quick", action="store_true", help="100 ads before, 3 running, 10 s, SQLite")
    options = parser.parse_args()
    if options.quick:
        options.history, options.running, options.seconds, options.databases = 100, 3, 10, ["sqlite"]
    return options


def _measured(database: str, options: argparse.Namespace) -> Answers:
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name,
        fakes.running(REAL_LIFE) as services,
        _home(Path(name, "home"), database, services, options.running) as home,
    ):
        model = _past(home, options.history)
        with instances.deployed(home, ADS) as deployment, _api(home, deployment) as url:
            return _under_load(url, deployment, model, options)


@contextmanager
def _home(folder: Path, database: str, services: fakes.Fakes, running: int) -> Iterator[Home]:
    room = {"MAX_CONCURRENT_JOBS": str(running), "API_CREATES_PER_MINUTE": "100000"}
    settings = rivals.settings(services) | room
    if database == "sqlite":
        yield Home.made(folder, settings)
        return
    with running_postgres(durable=True) as server:
        ledger, storage = instances.on_postgres(new_database(server))
        yield Home.made(folder, settings | ledger, **storage)


def _past(home: Home, ads: int) -> str:
    """One real ad, and so many copies of it; its id."""
    with fakes.running(PROFILES["short"]) as quick:
        made = Home(home.folder, home.settings | quick.settings())
        with instances.deployed(made, ADS) as deployment:
            model = deployment.launch(ADS, rivals.brief(prompt_for(0, SCENES)))
            deployment.wait(model)
    say(f"writing {ads} finished ads")
    url = home.settings.get("DATABASE_URL")
    write_past(url, model, ads) if url else Past(model, 0, ads).write_into(home.folder)
    return model


@contextmanager
def _api(home: Home, deployment: Deployment) -> Iterator[str]:
    """`adgen api` on a free port, ready."""
    port, log = free_port(), home.folder / "api.log"
    command = [sys.executable, "-m", "adgen_pipeline.cli", "api", "--port", str(port)]
    env = home.environment | {"DAGSTER_URL": deployment.url}
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=env, stdout=file, stderr=file, start_new_session=True)
    try:
        url, until = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
        while not _is_healthy(url):
            if time.monotonic() > until or process.poll() is not None:
                sys.exit(f"The API did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.2)
        yield url
    finally:
        end_tree(process)


def _is_healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _under_load(url: str, deployment: Deployment, model: str, options: argparse.Namespace) -> Answers:
    answers = Answers()
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
        jobs = [_created(http, number) for number in range(1, options.running + 1)]
        _wait_until_running(http, jobs)
        say(f"{len(jobs)} ads run; measuring for {options.seconds:g} s")
        until = time.monotonic() + options.seconds
        people = [threading.Thread(target=_front_end, args=(url, answers, job, until)) for job in jobs]
        people += [threading.Thread(target=_listener, args=(url, answers, job, until)) for job in jobs]
        for person in people:
            person.start()
        _others(http, answers, model, until)
        for person in people:
            person.join()
    return answers


def _created(http: httpx.Client, number: int, ask: Callable[..., httpx.Response] | None = None) -> str:
    brief = rivals.brief(prompt_for(number, SCENES))
    send = lambda: http.post("/api/v1/generate-ad", json=brief)  # noqa: E731
    reply = ask("create", send) if ask else send()
    return str(reply.raise_for_status().json()["job_id"])


def _wait_until_running(http: httpx.Client, jobs: list[str]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        page = http.get("/api/v1/jobs", params={"status": "processing", "limit": 100}).json()
        if set(jobs) <= {job["job_id"] for job in page["jobs"]}:
            return
        time.sleep(0.5)
    sys.exit(f"Not all of {len(jobs)} ads had begun after {START_SECONDS:g} s.")


def _front_end(url: str, answers: Answers, job_id: str, until: float) -> None:
    """Somebody who looks at an ad once a second."""
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
        while time.monotonic() < until:
            answers.ask("status", lambda: http.get(f"/api/v1/jobs/{job_id}"))
            time.sleep(1.0)


def _listener(url: str, answers: Answers, job_id: str, until: float) -> None:
    """Somebody who hears of an ad's changes; those of before are not counted."""
    began = datetime.now(UTC)
    with (
        contextlib.suppress(httpx.ReadTimeout),
        httpx.stream("GET", f"{url}/api/v1/jobs/{job_id}/events", timeout=20, trust_env=False) as events,
    ):
        kind = ""
        for line in events.iter_lines():
            heard = datetime.now(UTC)
            field, _, value = line.partition(": ")
            if field == "event":
                kind = value
            elif field == "data" and kind == "call":
                changed = datetime.fromisoformat(json.loads(value)["updated_at"])
                if changed > began:
                    answers.note("event", 1000 * (heard - changed).total_seconds())
            if time.monotonic() > until:
                return


def _others(http: httpx.Client, answers: Answers, model: str, until: float) -> None:
    """What else is asked meanwhile: new ads, the list, an old ad, health."""
    number = 1000
    while time.monotonic() < until:
        number += 1
        _created(http, number, answers.ask)
        answers.ask("list", lambda: http.get("/api/v1/jobs"))
        answers.ask("done", lambda: http.get(f"/api/v1/jobs/{model}"))
        answers.ask("health", lambda: http.get("/health"))
        time.sleep(1.0)


if __name__ == "__main__":
    main()
