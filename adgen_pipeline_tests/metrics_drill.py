"""A small deployment, watched by a real Prometheus: every expression of the dashboard and every alert, evaluated.

    python -m adgen_pipeline_tests.metrics_drill --ads 30 --pictures docs/images

`adgen up` with the lab as its services makes the ads. Some of the answers are failures, lost answers and refusals, some
ads have no budget, and nobody takes the webhooks. Prometheus and its promtool (on Debian: apt-get install
--no-install-recommends prometheus) scrape the API by the example configuration, bearer token included. With --pictures
the dashboard's panels are drawn from that data, simply: Grafana itself is not run here.
"""

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import yaml
from PIL import Image

from adgen_pipeline_tests.browser import chromium
from adgen_pipeline_tests.deployment.upped import Up, upped
from adgen_pipeline_tests.lab import Lab, failure, running_lab, says
from adgen_pipeline_tests.observability.deploy import ALERTS, CONFIG, dashboard_expressions, evaluated
from adgen_pipeline_tests.observability.drawn import WIDTH, drawn
from adgen_pipeline_tests.ports import free_port

_TOKEN = "a-token-of-the-drill"
_PATIENCE = 1500.0  # seconds
_SCRAPES = 2.0  # seconds
_LOOK_BACK = 60.0  # seconds that are scraped on when the last ad has ended


@dataclass(frozen=True)
class Drill:
    """What came of it. `silent` names the expressions of the dashboard that gave no data, `firing` the alerts that
    were pending or firing; `lint` is what promtool says of the metrics, rules and configuration."""

    ads: int
    completed: int
    failed: int
    scrapes: int
    series: int
    scrape_seconds: float
    expressions: int
    silent: list[str]
    firing: list[str]
    lint: str
    seconds: float

    def table(self) -> str:
        """For people."""
        return "\n".join(f"{name:15} {value}" for name, value in asdict(self).items())


def drill(ads: int, pictures: Path | None) -> Drill:
    """Make so many ads, and look at them as Prometheus does."""
    began = time.monotonic()
    with TemporaryDirectory() as name, running_lab(latency={"/generate-video": 3.0, "/compose": 2.0}) as lab:
        folder = Path(name)
        with upped(folder, folder / "home", _settings(lab)) as up, _prometheus(folder, up) as url:
            _make(lab, up, ads)
            time.sleep(_LOOK_BACK)
            if pictures:
                _photograph(url, pictures, time.monotonic() - began)
            return _judged(url, up, ads, folder, time.monotonic() - began)


def _settings(lab: Lab) -> dict[str, str]:
    nobody = f"http://127.0.0.1:{free_port()}/hooks"
    room = {"MAX_CONCURRENT_JOBS": "3", "API_CREATES_PER_MINUTE": "1000", "API_TOKENS": _TOKEN}
    return lab.environment() | room | {"WEBHOOK_URL": nobody, "LOG_FORMAT": "json"}


@contextmanager
def _prometheus(folder: Path, up: Up) -> Iterator[str]:
    """One of its own, on loopback, by the example configuration; yields its URL."""
    token, config, port = folder / "token", yaml.safe_load(CONFIG.read_text()), free_port()
    token.write_text(_TOKEN)
    config["global"] |= {"scrape_interval": f"{_SCRAPES:g}s", "scrape_timeout": f"{_SCRAPES:g}s"}
    config["rule_files"] = [str(ALERTS)]
    job = config["scrape_configs"][0]
    job["authorization"]["credentials_file"] = str(token)
    job["static_configs"] = [{"targets": [up.api_url.removeprefix("http://")]}]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    words = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb"]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen([*words, f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _make(lab: Lab, up: Up, ads: int) -> None:
    """Ads in words of their own; every tenth call of a kind goes wrong in one of the usual ways."""
    wrong = (failure(503, "busy"), failure(400, "no such scene", cost=0.11), says("bad gateway", 502))
    with httpx.Client(base_url=up.api_url, headers={"Authorization": f"Bearer {_TOKEN}"}, timeout=60) as http:
        for number in range(ads):
            if number % 5 == 4:
                lab.on("/generate-video", wrong[number // 5 % len(wrong)])
            brief = {"prompt": f"Create an ad for the watch number {number}", "duration": 15}
            poor = {"max_cost": 0.5} if number % 10 == 7 else {}
            assert http.post("/api/v1/generate-ad", json=brief | poor).status_code == 201
        until = time.monotonic() + _PATIENCE
        while (left := _open(http)) and time.monotonic() < until:
            print(f"{left} ads under way", file=sys.stderr)
            time.sleep(5)


def _open(http: httpx.Client) -> int:
    told = [http.get("/api/v1/jobs", params={"status": of, "limit": 1}).json() for of in ("queued", "processing")]
    return sum(each["total"] for each in told)


def _judged(url: str, up: Up, ads: int, folder: Path, seconds: float) -> Drill:
    expressions = dashboard_expressions()
    rules = httpx.get(f"{url}/api/v1/rules").json()["data"]["groups"][0]["rules"]
    jobs = {row["metric"].get("outcome"): float(row["value"][1]) for row in evaluated(url, "adgen_jobs")}
    return Drill(
        ads=ads,
        completed=int(jobs["completed"]),
        failed=int(jobs["failed"]),
        scrapes=int(_number(url, "count_over_time(up[1h])")),
        series=int(_number(url, "scrape_samples_scraped")),
        scrape_seconds=round(_number(url, "max_over_time(scrape_duration_seconds[1h])"), 3),
        expressions=len(expressions),
        silent=[expression for expression in expressions if not evaluated(url, expression)],
        firing=[rule["name"] for rule in rules if rule["state"] != "inactive"],
        lint=_lint(up, folder),
        seconds=round(seconds),
    )


def _number(url: str, expression: str) -> float:
    return float(evaluated(url, expression)[0]["value"][1])


def _lint(up: Up, folder: Path) -> str:
    """What promtool says: nothing where all is well."""
    text = httpx.get(f"{up.api_url}/metrics", headers={"Authorization": f"Bearer {_TOKEN}"}).text
    asked: list[tuple[list[str], str | None]] = [
        (["check", "metrics"], text),
        (["check", "rules", str(ALERTS)], None),
        (["check", "config", str(folder / "prometheus.yml")], None),
    ]
    done = [subprocess.run(["promtool", *words], input=given, capture_output=True, text=True) for words, given in asked]
    return "; ".join(each.stdout + each.stderr for each in done if each.returncode)


def _photograph(url: str, folder: Path, seconds: float) -> None:
    """The dashboard's panels, drawn by a browser from what Prometheus gives for them."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": 800})
        page.set_content(drawn(url, seconds))
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(folder / "monitoring.png", optimize=True)


def main() -> None:
    """Run it, print the table, write the JSON; exit code 1 where something is silent or promtool complains."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ads", type=int, default=30)
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of Prometheus' graphs")
    options = parser.parse_args()
    found = drill(options.ads, options.pictures)
    print(found.table())
    if options.json:
        options.json.write_text(json.dumps(asdict(found), indent=2))
    sys.exit(bool(found.silent or found.lint))


if __name__ == "__main__":
    main()
