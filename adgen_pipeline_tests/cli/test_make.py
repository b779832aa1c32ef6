"""`adgen make` as people meet it: bad input, failures on the way, and an ad at the end."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus

from adgen_pipeline.cli.main import main
from adgen_pipeline.cli.options import brief_from, brief_options
from adgen_pipeline.contracts.brief import BrandGuidelines, Brief, Words
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.lab import Lab, Misbehaviour, envelope, failure, says, storyboard

PROMPT = "Create a luxury watch ad"


BAD = [
    (["abc"], "prompt", "'abc'", "10 to 500"),
    (["a b c"], "prompt", "'a b c'", "10 to 500"),
    (["x" * 600], "prompt", "600 characters", "10 to 500"),
    (["x " * 300], "prompt", "600 characters", "10 to 500"),
    ([" " * 20], "prompt", "blank", "10 to 500"),
    ([PROMPT, "--duration", "5"], "duration", "'5'", "15 to 60"),
    ([PROMPT, "--duration", "300"], "duration", "'300'", "15 to 60"),
    ([PROMPT, "--duration", "29.5"], "duration", "'29.5'", "whole seconds"),
    ([PROMPT, "--duration", "thirty"], "duration", "'thirty'", "whole seconds"),
    ([PROMPT, "--aspect-ratio", "21:9"], "aspect_ratio", "'21:9'", '"16:9", "9:16" or "1:1"'),
    ([PROMPT, "--primary-color", "gold"], "brand_guidelines.primary_color", "'gold'", "#RRGGBB"),
    ([PROMPT, "--max-cost", "-1"], "max_cost", "'-1'", "above 0"),
    ([PROMPT, "--button", "x" * 101], "words.call_to_action", "101 characters", "button's words"),
    ([PROMPT, "--headline", " "], "words.headline", "is blank", "first scene's headline"),
    (["missing.yaml"], "brief", "'missing.yaml'", "not there"),
    (["briefs/nosuch"], "brief", "'briefs/nosuch'", "not there"),
    (["watch_ad_for_everyone"], "brief", "'watch_ad_for_everyone'", "not there"),
    (["/"], "brief", "'/'", "is a folder"),
    ([PROMPT, "-o", "ad.mov"], "--output", "'ad.mov'", ".mp4"),
]

BAD_FILES = [
    ("", "brief", "is empty", "prompt:"),
    ("prompt: [unclosed", "brief", "is not YAML", "line"),
    ("- a\n- b\n", "brief", "is a list", "prompt:"),
    (f"prompt: {PROMPT}\ncolour: red\n", "colour", "'red'", "use one of: prompt, duration"),
    (f"prompt: {PROMPT}\nbrand_guidelines: {{hue: 3}}\n", "brand_guidelines.hue", "3", "primary_color"),
    (f"prompt: {PROMPT}\nscenes: [{{index: 2, duration: long}}]\n", "scenes[1].duration", "'long'", "Seconds"),
]


@pytest.mark.parametrize(("words", "field", "value", "way_out"), BAD, ids=lambda x: str(x)[:30])
def test_bad_input(adgen: Callable[..., Ended], words: list[str], field: str, value: str, way_out: str) -> None:
    """Exit code 2; the field, the value and the way out; nothing is started."""
    ended = adgen("make", *words)
    assert ended.code == 2
    assert field in ended.told and value in ended.told and way_out in ended.told


@pytest.mark.parametrize(("text", "field", "value", "way_out"), BAD_FILES, ids=lambda x: str(x)[:30])
def test_bad_files(
    adgen: Callable[..., Ended], tmp_path: Path, text: str, field: str, value: str, way_out: str
) -> None:
    """The same for what stands in a brief's file: broken, empty, unknown fields."""
    (tmp_path / "brief.yaml").write_text(text)
    ended = adgen("make", str(tmp_path / "brief.yaml"))
    assert ended.code == 2
    assert field in ended.told and value in ended.told and way_out in ended.told


def test_an_output_that_cannot_be_written_is_told_before_anything_is_bought(
    adgen: Callable[..., Ended], lab: Lab, tmp_path: Path
) -> None:
    """A file where a folder should be, and a folder where a file should be: exit code 2, no call made."""
    (tmp_path / "file").touch()
    for output in (tmp_path / "file" / "ad.mp4", tmp_path):
        ended = adgen("make", PROMPT, "-o", str(output))
        assert ended.code == 2 and "--output" in ended.told and str(output)[:40] in ended.told
    assert not lab.calls


def test_a_brief_needs_no_ending(adgen: Callable[..., Ended], tmp_path: Path) -> None:
    """What lies there is read, whatever its name; it never becomes the prompt."""
    (tmp_path / "my brief").write_text("prompt: short")
    ended = adgen("make", str(tmp_path / "my brief"))
    assert ended.code == 2 and "prompt: 'short'" in ended.told


@pytest.mark.parametrize("command", [["make", PROMPT], ["home"], ["studio"], ["up"], ["ui"]], ids=lambda c: c[0])
def test_a_home_that_cannot_be_written(
    adgen: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """Every command names the setting and the folder."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "file" / "home"))
    ended = adgen(*command)
    assert ended.code == 2 and "ADGEN_HOME" in ended.told and "choose a folder" in ended.told


@pytest.mark.sqlite_files("whether the files of runs are made")
def test_the_home_for_dagsters_own_commands(adgen: Callable[..., Ended], home: Path) -> None:
    """It is printed with its tables made: `dagster dev` starts several processes that would all make them."""
    ended = adgen("home")
    assert ended.code == 0 and ended.told.strip() == str(home / "dagster")
    assert (home / "dagster" / "history" / "runs.db").is_file()


def test_retries_are_told_while_they_wait(
    adgen: Callable[..., Ended], lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person sees which service is asked again, why, and when."""
    monkeypatch.setattr("adgen_pipeline.clients.base.RETRY_DELAYS", (0.0, 0.0, 0.0))
    lab.on("/parse", failure(503, "warming up"))
    ended = adgen("make", PROMPT, "--duration", "15")
    assert ended.code == 0 and "Prompt parser warming up (HTTP 503); try 2 of 4 in 0 s" in ended.told


def test_a_bad_setting_is_bad_input(adgen: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting is named, with its value."""
    monkeypatch.setenv("VIDEO_GEN_URL", "nowhere")
    ended = adgen("make", PROMPT)
    assert ended.code == 2 and "VIDEO_GEN_URL: 'nowhere'" in ended.told


def test_what_to_refresh_can_be_said_on_the_command_line(adgen: Callable[..., Ended], lab: Lab) -> None:
    """As the help writes it; the named call is bought again, and nothing else."""
    adgen("make", PROMPT, "--duration", "15")
    ended = adgen("make", PROMPT, "--duration", "15", "--reuse", "{refresh: [composition]}")
    assert ended.code == 0 and [len(lab.of(path)) for path in ("/parse", "/generate-video", "/compose")] == [1, 3, 2]
    assert "reuse: '{refresh: '" in adgen("make", PROMPT, "--reuse", "{refresh: ").told


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("MEDIA_STORE", "/proc/nowhere", "MEDIA_STORE: '/proc/nowhere' cannot be written"),
        ("MEDIA_STORE", "nosuch://bucket", "MEDIA_STORE: nosuch://bucket"),
        ("DATABASE_URL", "postgresql://me:s3cret@127.0.0.1:1/ads", "Connection refused"),
    ],
)
def test_a_ledger_or_store_that_cannot_be_used_is_told_before_a_run(
    adgen: Callable[..., Ended], lab: Lab, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str
) -> None:
    """In its own words, without its password, and nothing is bought."""
    monkeypatch.setenv(setting, value)
    ended = adgen("make", PROMPT, "--duration", "15")
    assert ended.code in (1, 2) and told in ended.told and "s3cret" not in ended.told and "run " not in ended.told
    assert not lab.calls


def no_clip(name: str) -> Misbehaviour:
    def answer(call: object) -> object:
        url = f"{call.headers['host']}"
        return envelope({"video_url": f"http://{url}/media/{name}", "duration": 5.0, "resolution": "36x64"}, 0.25)

    return answer  # type: ignore[return-value]


FAILURES: list[tuple[str, Misbehaviour, str]] = [
    ("/parse", says("<html>Welcome to nginx!</html>"), "Welcome to nginx"),
    ("/parse", failure(200, "the moon is full", code="PROMPT_PARSING_FAILED"), "the moon is full"),
    ("/parse", lambda call: envelope(storyboard(())), "0 scenes"),
    ("/parse", lambda call: envelope(storyboard((5.0, 5.0))), "do not add up"),
    ("/parse", says('{"success": true, "result": {}, "cost": NaN, "processing_time": 1}'), "NaN"),
    ("/generate-video", no_clip("nothing.mp4"), "HTTP 404"),
    ("/generate-video", no_clip("9.jpg"), "not an MP4 video"),
]


@pytest.mark.parametrize(("path", "answer", "told"), FAILURES, ids=[told for _, _, told in FAILURES])
def test_failures_on_the_way(adgen: Callable[..., Ended], lab: Lab, path: str, answer: Misbehaviour, told: str) -> None:
    """Exit code 1; the service, what it said, and what was spent; no traceback."""
    lab.on(path, answer, always=True)
    ended = adgen("make", PROMPT, "--duration", "15")
    assert ended.code == 1
    assert told in ended.told
    assert {"/parse": "Prompt parser", "/generate-video": "Video generation"}[path] in ended.told
    if path == "/generate-video":
        assert "Spent so far: 0.93 USD." in ended.told  # 0.03 + 3 x 0.05 + 3 x 0.25
    assert "Dependencies for step" not in ended.told and "`adgen resume " in ended.told


def test_a_url_nobody_listens_on(adgen: Callable[..., Ended], lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address and the reason are told, after the retries that the contract asks for; no silent fall-back."""
    monkeypatch.setattr("adgen_pipeline.clients.base.RETRY_DELAYS", (0.0, 0.0, 0.0))
    monkeypatch.setenv("PROMPT_PARSER_URL", "http://127.0.0.1:9")
    ended = adgen("make", PROMPT)
    assert ended.code == 1 and "http://127.0.0.1:9 cannot be reached" in ended.told
    assert not lab.calls


def test_a_drawing_library_without_its_system_library(home: Path, tmp_path: Path) -> None:
    """Exit code 1, and the line that mends it."""
    (tmp_path / "broken" / "skia").mkdir(parents=True)
    missing = "raise ImportError('libEGL.so.1: cannot open shared object file')"
    (tmp_path / "broken" / "skia" / "__init__.py").write_text(missing)
    process = subprocess.run(
        [sys.executable, "-m", "adgen_pipeline.cli", "make", PROMPT, "--duration", "15", "--draft"],
        cwd=tmp_path,
        env=os.environ | {"ADGEN_HOME": str(home), "PYTHONPATH": str(tmp_path / "broken")},
        stderr=subprocess.PIPE,
        timeout=120,
    )
    told = process.stderr.decode()
    assert process.returncode == 1 and "Traceback" not in told
    assert "libEGL.so.1" in told and "apt-get install -y libegl1 libgl1" in told


def test_an_ad_of_the_embedded_studio(adgen: Callable[..., Ended], tmp_path: Path) -> None:
    """Progress, a closing table with stages, seconds and cost, and the file where it was asked for."""
    target = tmp_path / "out" / "ad.mp4"
    ended = adgen(
        "make", PROMPT, "--duration", "15", "--aspect-ratio", "1:1", "--draft",
        "--primary-color", "#1E6FFF", "--brand-name", "Aurum", "-o", str(target),
    )  # fmt: skip
    assert ended.code == 0, ended.told
    assert re.search(r"20\.0 %.*prompt_parsing", ended.told) and re.search(r"100\.0 %.*composition", ended.told)
    for stage in ("prompt_parsing", "image_generation", "video_generation", "composition", "total"):
        assert stage in ended.told
    assert "nothing is charged" in ended.told and str(target) in ended.told.replace("\n", "")
    assert target.read_bytes()[4:8] == b"ftyp"


def test_the_options_are_the_briefs_fields() -> None:
    """Every field that fits on a command line has an option with the field's own words."""
    offered = {p.name: p for p in main.commands["make"].params if p.name not in ("brief_or_prompt", "output")}
    parts = ("prompt", "scenes", "brand_guidelines", "words")
    fields = {k: v for k, v in Brief.model_fields.items() if k not in parts}
    fields |= {{"name": "brand_name"}.get(k, k): v for k, v in BrandGuidelines.model_fields.items()}
    fields |= {{"call_to_action": "button"}.get(k, k): v for k, v in Words.model_fields.items()}
    assert set(offered) == set(fields)
    for name, option in offered.items():
        assert getattr(option, "help", None) == fields[name].description
    assert callable(brief_options)


def test_options_win_over_the_file_field_by_field(tmp_path: Path) -> None:
    """Words and the brand's guidelines keep what no option names; the button's words are not the brand's."""
    file = tmp_path / "brief.yaml"
    file.write_text(
        f"{{prompt: {PROMPT}, words: {{headline: One., call_to_action: Buy}}, brand_guidelines: {{name: A}}}}"
    )
    made = brief_from(str(file), {"button": "Try it", "call_to_action": "Shop", "duration": None})
    assert made.words.model_dump() == {"headline": "One.", "call_to_action": "Try it"}
    assert (made.brand_guidelines.name, made.brand_guidelines.call_to_action) == ("A", "Shop")
    assert brief_from(PROMPT, {"headline": "Two."}).words.headline == "Two."


@pytest.mark.dear
def test_two_ads_at_once_keep_to_themselves(lab: Lab, home: Path, tmp_path: Path) -> None:
    """Two commands at the same time in one state folder: each ad has its own scenes and words throughout."""
    lab.latency["/generate-video"] = 1.0
    environment = os.environ | lab.environment() | {"ADGEN_HOME": str(home)}
    prompts = ["An ad for a crimson kettle", "An ad for a silver bicycle"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "adgen_pipeline.cli", "make", prompt, "--duration", "15", "-o", f"{n}.mp4"],
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.PIPE,
        )
        for n, prompt in enumerate(prompts)
    ]
    told = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    keys: dict[str, set[str]] = {}
    for call in lab.of("/generate-video"):
        keys.setdefault(call.body["scene_prompt"].split(", shot")[0], set()).add(call.headers["idempotency-key"])
    assert {prompt: len(found) for prompt, found in keys.items()} == dict.fromkeys(prompts, 3)


def test_a_ctrl_c_in_the_clips_ends_the_ad_cleanly(lab: Lab, home: Path, tmp_path: Path) -> None:
    """Exit code 130; the run is CANCELED, nothing is called after it, and no step both failed and materialised."""
    lab.latency["/generate-video"] = 30.0
    process = subprocess.Popen(
        [sys.executable, "-m", "adgen_pipeline.cli", "make", PROMPT, "--duration", "15"],
        cwd=tmp_path,
        env=os.environ | lab.environment() | {"ADGEN_HOME": str(home)},
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 60
    while len(lab.of("/generate-video")) < 3:
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130 and "no further call was made" in told and "Traceback" not in told, told
    assert "Spent so far: 0.18 USD; in doubt: 1.80 USD." in told and "`adgen resume " in told
    assert len(lab.of("/generate-video")) == 3 and not lab.of("/compose")
    with DagsterInstance.from_config(str(home / "dagster")) as opened:
        run = opened.get_runs()[0]
        assert run.status == DagsterRunStatus.CANCELED
        events = [r.event_log_entry.dagster_event for r in opened.get_records_for_run(run.run_id).records]
    failed = {e.step_key for e in events if e and e.event_type == DagsterEventType.STEP_FAILURE}
    made = {e.step_key for e in events if e and e.event_type == DagsterEventType.ASSET_MATERIALIZATION}
    assert failed == {f"video_clips.clip[scene_0{n}]" for n in (1, 2, 3)}
    assert not failed & made


def test_an_ad_that_nobody_could_use_is_saved_and_told_of(
    adgen: Callable[..., Ended], lab: Lab, tmp_path: Path
) -> None:
    """Exit code 1, the file is there, and the message names the rule, what was measured, and the way out."""
    short = {"video_url": f"{lab.url}/media/12.0.mp4"}
    lab.on("/compose", lambda call: envelope(lab.result(call) | short, 0.07))
    ended = adgen("make", "Create an ad for a luxury watch", "--duration", "15", "-o", str(tmp_path / "ad.mp4"))
    assert ended.code == 1 and (tmp_path / "ad.mp4").is_file()
    assert "QUALITY_CHECK_FAILED" in ended.told and "it lasts 12 s; 15 s were ordered" in ended.told
    assert "--stage composition" in ended.told and "adgen resume" not in ended.told


def test_the_ad_is_saved_under_its_very_name(adgen: Callable[..., Ended], lab: Lab, tmp_path: Path) -> None:
    """Capitals included, its manifest beside it; players find no captions there that are another ad's."""
    target, captions = tmp_path / "AD.MP4", tmp_path / "AD.vtt"
    captions.write_text("WEBVTT")
    ended = adgen("make", "Create an ad for a luxury watch", "--duration", "15", "-o", str(target))
    assert ended.code == 0 and sorted(file.name for file in tmp_path.glob("AD.*")) == ["AD.MP4", "AD.manifest.json"]


def test_what_the_checks_warn_of_is_told_at_the_end(adgen: Callable[..., Ended], lab: Lab, tmp_path: Path) -> None:
    """The lab's tiny picture: the ad is there, exit code 0, and one line says what to look at."""
    ended = adgen("make", "Create an ad for a luxury watch", "--duration", "15", "-o", str(tmp_path / "ad.mp4"))
    assert ended.code == 0 and "To look at: size: it has 36x64 pixels; 1080x1920 were ordered" in ended.told
