"""The systemd units: what systemd itself says of them, without being started."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from adgen_pipeline_tests.deploy.commands import accepted, of_units
from adgen_pipeline_tests.host_drill import CHECKOUT

UNITS = CHECKOUT / "deploy" / "systemd"
DAEMONS = [unit.name for unit in sorted(UNITS.glob("*.service"))]
_EXPOSED = re.compile(r"exposure level for \S+: ([\d.]+)")

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as a host has them, their programs in place."""
    programs = tmp_path / "opt" / "current" / "venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "adgen"):
        (programs / name).symlink_to(sys.executable)
    folder = shutil.copytree(UNITS, tmp_path / "units")
    for file in [*folder.glob("*.service"), *folder.glob("*/*.conf")]:
        file.write_text(file.read_text().replace("/opt/adgen", str(tmp_path / "opt")))
    return folder


def _analyzed(command: str, folder: Path, *options: str) -> tuple[int, str]:
    files = [str(file) for ending in ("service", "target", "timer") for file in folder.glob(f"*.{ending}")]
    words = ["systemd-analyze", command, *options, *(files if command == "verify" else [])]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


@needs_systemd
def test_systemd_understands_them(installed: Path) -> None:
    """Every name and value, and each program is there; one misspelled name is complained of."""
    assert _analyzed("verify", installed) == (0, "")
    unit = installed / "adgen-api.service"
    unit.write_text(unit.read_text().replace("MemoryMax=", "MemoryMaximum="))
    assert "MemoryMaximum" in _analyzed("verify", installed)[1]


@needs_systemd
@pytest.mark.parametrize("name", ["adgen-code.service", "adgen-ui.service", "adgen-backup.service"])
def test_they_are_confined(installed: Path, name: str) -> None:
    """systemd's own measure of what a service could do, from 0 to 10; without our drop-in it is above 9."""
    file = installed / name
    exposed = _EXPOSED.search(_analyzed("security", installed, "--offline=true", str(file))[1])
    shutil.rmtree(installed / "adgen-.service.d")
    bare = _EXPOSED.search(_analyzed("security", installed, "--offline=true", str(file))[1])
    assert exposed and float(exposed[1]) <= 1.5 and bare and float(bare[1]) > 9


def test_its_words_are_those_of_its_command(installed: Path) -> None:
    """Every option, by the command itself; Dagster's own, which know no LOG_FORMAT and no SENTRY_DSN, by ours."""
    started = {name: accepted(words) for name, words in of_units(UNITS)}
    assert len(started) == len(DAEMONS) and started["adgen-backup.service"] == "adgen backup create"
    assert started["adgen-daemon.service"] == "daemon run" and started["adgen-code.service"] == "code-server start"
    unit = installed / "adgen-retention.service"
    unit.write_text(unit.read_text().replace("retention --delete", "retention --deleet"))
    with pytest.raises(click.NoSuchOption):
        list(map(accepted, dict(of_units(installed)).values()))


def test_the_ui_is_guarded_and_on_loopback() -> None:
    """No unit starts Dagster's bare webserver, and none listens beyond loopback."""
    told = {name: (UNITS / name).read_text() for name in DAEMONS}
    assert not [name for name, words in told.items() if "dagster-webserver" in words or "dagster_webserver" in words]
    assert not [name for name, words in told.items() if "0.0.0.0" in words]
    for name in ("adgen-ui.service", "adgen-api.service"):
        assert "--host 127.0.0.1" in told[name]
    assert "adgen ui " in told["adgen-ui.service"]


def test_runs_are_not_asked_to_cancel() -> None:
    """A SIGTERM would cancel the ads under way: they get their time, and what is left is killed, and goes on later."""
    code = (UNITS / "adgen-code.service").read_text()
    assert "KillSignal=SIGKILL" in code and "draining ${DRAIN_SECONDS}" in code and "TimeoutStopSec=15min" in code


def test_dagster_logs_and_reports_as_we_do() -> None:
    """Its own commands know nothing of LOG_FORMAT and SENTRY_DSN: code server and daemon are started by ours."""
    for name in ("adgen-code.service", "adgen-daemon.service"):
        assert "-m adgen_pipeline.deployment.dagster_process" in (UNITS / name).read_text()


SERVED = [name for name in DAEMONS if "Type=oneshot" not in (UNITS / name).read_text()]
"""Those that run for good."""


@pytest.mark.parametrize("name", SERVED)
def test_none_stays_down(name: str) -> None:
    """A database or broker that is away for an hour: each is started again, however often, and none is given up
    because another has failed (Requires=)."""
    told = _told(name)
    assert told["StartLimitIntervalSec"] == ["0"] and "StartLimitBurst" not in told
    assert not {"Requires", "BindsTo", "Requisite"} & set(told)
    assert told["Restart"] == (["always"] if "worker" in name else ["on-failure"]) and told["RestartSec"] == ["5"]


def test_a_database_that_comes_up_later_is_waited_for() -> None:
    """For as long as systemd has patience with a start, less what else that takes."""
    told = _told("adgen-code.service")
    (waits,) = re.findall(r"-m adgen_pipeline\.deployment\.preparing (\d+)$", told["ExecStartPre"][0])
    assert 60 <= int(waits) <= int(told["TimeoutStartSec"][0]) - 60


@pytest.mark.parametrize("name", SERVED)
def test_it_goes_with_the_target(name: str) -> None:
    """Stopped and restarted with it, workers like the rest: none runs on with the code of before, which is deleted."""
    told = _told(name)
    assert told["PartOf"] == told["WantedBy"] == ["adgen.target"]


def test_workers_end_after_the_ads() -> None:
    """Ads that are given time to end need them; systemd stops in the reverse order of the start."""
    assert _told("adgen-worker@.service")["Before"] == _told("adgen-studio.service")["Before"] == ["adgen-code.service"]


@pytest.mark.skipif(not shutil.which("systemctl"), reason="systemctl is not on this machine")
def test_what_is_disabled_stays_off(tmp_path: Path) -> None:
    """By the real systemctl, in a folder: the target wants what is enabled, and names nothing by itself."""
    units = shutil.copytree(UNITS, tmp_path / "etc" / "systemd" / "system")
    for words in (
        ["enable", "adgen.target", *SERVED[:-1], "adgen-worker@1.service"],
        ["disable", "adgen-daemon.service"],
    ):
        subprocess.run(["systemctl", f"--root={tmp_path}", *words], check=True, capture_output=True)
    wanted = {link.name for link in (units / "adgen.target.wants").iterdir()}
    assert wanted == {*SERVED[:-1], "adgen-worker@1.service"} - {"adgen-daemon.service"}
    assert set(_told("adgen.target")) == {"Description", "WantedBy"}


def _told(name: str) -> dict[str, list[str]]:
    """What the unit's file says, by key."""
    told: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", (UNITS / name).read_text(), re.M):
        told.setdefault(key, []).append(value)
    return told


def test_secrets_stand_in_one_file() -> None:
    """Of root's: no unit sets one."""
    assert "EnvironmentFile=/etc/adgen/env" in (UNITS / "adgen-.service.d" / "hardening.conf").read_text()
    for name in DAEMONS:
        assert not re.search(r"(TOKEN|SECRET|PASSWORD)\w*=", (UNITS / name).read_text()), name
