"""Log lines: what they carry, and what cannot be made of them."""

import json
import logging
import logging.config
import subprocess
import sys
import threading
from contextvars import copy_context
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import dagster as dg
import pytest
from uvicorn.config import LOGGING_CONFIG

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.launch import generate_ad_job
from adgen_pipeline.observability import about, fields
from adgen_pipeline.settings import environment_with
from adgen_pipeline_tests.defs.crashes import BRIEF
from adgen_pipeline_tests.lab import Lab, failure
from adgen_pipeline_tests.observability.kept import written

FORGED = 'a watch\n2026-01-01T00:00:00 INFO all is well\r\x1b[2K\x1b]0;owned\x07\x9b31m\u2028{"level": "INFO"}\u202e'
SECRET = "s3cret-of-the-team"


def test_a_json_line_tells_when_where_what_and_at_which_cost(home: Path) -> None:
    """Time in UTC, what the code around it was working on, and what the line says itself; money is a number."""
    with written("json") as lines, about(job="j1", stage="composition", scene=None):
        logging.getLogger("adgen.calls").info("bought", extra={"cost": Decimal("0.07"), "attempt": 2, "password": "x"})
    (line,) = lines.json
    assert datetime.fromisoformat(line.pop("time")).tzinfo == UTC
    about_it = {"job": "j1", "stage": "composition", "attempt": 2, "cost": 0.07}
    assert line == {"level": "INFO", "logger": "adgen.calls", "message": "bought", **about_it}


def test_what_is_worked_on_ends_with_its_block_and_goes_into_threads_by_a_copy() -> None:
    """As the executor starts the threads of steps."""
    seen = {}
    with about(job="j1"):
        with about(scene="scene_01"):
            known = copy_context()
            thread = threading.Thread(target=known.run, args=(lambda: seen.update(fields()),))
            thread.start()
            thread.join()
        assert dict(fields()) == {"job": "j1"}
    assert seen == {"job": "j1", "scene": "scene_01"} and not fields()


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_nobody_forges_a_line_or_steers_a_terminal(home: Path, log_format: str) -> None:
    """Not by the message, its arguments, an error's words, a field, or the path of a request."""
    with written(log_format) as lines, about(request_id=FORGED):
        logging.config.dictConfig(LOGGING_CONFIG)
        logging.getLogger("uvicorn.error").warning(FORGED)
        logging.getLogger("uvicorn.error").warning("prompt: %s", FORGED)
        access = logging.getLogger("uvicorn.access")
        access.handlers = access.handlers or [*logging.getLogger("uvicorn").handlers]
        access.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", f"/{FORGED}", "1.1", 404)
        try:
            raise ValueError(FORGED)
        except ValueError:
            logging.getLogger("uvicorn.error").exception("failed")
    begins = "{" if log_format == "json" else ("WARNING:", "ERROR:", "INFO:", "    ")
    assert len(lines.text) >= 3 and all(line.startswith(begins) for line in lines.text)
    assert not any(character in "\n".join(lines.text) for character in "\x1b\x07\x9b\r\u2028\u202e")
    if log_format == "json":
        assert [line["message"] for line in lines.json][:1] == [FORGED] and lines.json[0]["request_id"] == FORGED


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_no_secret_and_no_query_of_a_url_is_written(home: Path, log_format: str) -> None:
    """Whoever logs it: a setting's value, a password in a URL, a signature, a token in a header."""
    settings = {"VIDEO_GEN_TOKEN": SECRET, "DATABASE_URL": f"postgresql://ads:{SECRET}-2%21@db/ads"}
    with written(log_format, **settings) as lines:
        logging.getLogger("third.party").addHandler(logging.StreamHandler(sys.stderr))
        logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
        for told in (
            SECRET,
            f"{SECRET}-2!",
            "https://me:pw@host/a.mp4?signature=abc",
            "Authorization: Bearer abcdefgh",
        ):
            logging.getLogger("third.party").warning("failed with %s", told)
    text = "\n".join(lines.text)
    assert "failed with" in text and "https://host/a.mp4?..." in text
    assert not any(told in text for told in (SECRET, "pw@", "signature", "abcdefgh"))


def test_a_run_tells_of_each_call_with_its_cost(lab: Lab, home: Path) -> None:
    """From the threads of its steps: job, stage and scene on every line of a step; a failure with code and cost."""
    lab.on("/generate-video", failure(400, "no\nsuch thing", cost=0.11))
    with (
        written("json") as lines,
        open_instance() as opened,
        dg.execute_job(dg.reconstructable(generate_ad_job), opened, run_config=BRIEF) as run,
    ):
        assert not run.success
    bought = [line for line in lines.json if line["logger"] == "adgen.calls" and line["level"] == "INFO"]
    parsed = next(line for line in bought if line["stage"] == "prompt_parsing")
    assert (parsed["job"], parsed["run"], parsed["service"], parsed["cost"]) == (
        run.run_id,
        run.run_id,
        "prompt_parser",
        0.03,
    )
    assert {line["scene"] for line in bought if line["stage"] == "image_generation"} >= {"scene_01"}
    (lost,) = [line for line in lines.json if line["logger"] == "adgen.calls" and line["level"] == "WARNING"]
    assert (lost["code"], lost["cost"], lost["attempt"]) == ("VIDEO_GENERATION_FAILED", 0.11, 1)
    failed = next(line for line in lines.json if line["logger"] == "adgen.run" and line["level"] == "ERROR")
    assert failed["stage"] == "video_generation" and failed["scene"].startswith("scene_") and failed["job"]
    assert failed["code"] == "VIDEO_GENERATION_FAILED" and failed["cost"] == 0.11


def test_processes_of_dagster_log_as_ours(home: Path) -> None:
    """What their own commands say, which set their logs up by themselves."""
    script = """
import logging
from adgen_pipeline.observability import observe
observe("daemon")
from dagster._utils.log import configure_loggers
configure_loggers()
logging.getLogger("dagster.daemon").info("a heartbeat")
"""
    known = environment_with({"ADGEN_HOME": str(home), "LOG_FORMAT": "json"})
    done = subprocess.run([sys.executable, "-c", script], env=known, capture_output=True, text=True)
    assert not done.stdout and json.loads(done.stderr)["logger"] == "dagster.daemon", done
