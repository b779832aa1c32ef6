"""deploy/host/adgen-host: releases side by side, and the way back. The whole, with real releases: host_drill."""

import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from adgen_pipeline.cli import main
from adgen_pipeline_tests.deploy.commands import parsed
from adgen_pipeline_tests.host_drill import CHECKOUT, SCRIPT

_SYSTEMCTL = """
case "$1" in
  show) echo adgen-code.service adgen-daemon.service adgen-worker@1.service; exit ;;
  is-active) shift; told=inactive
    for unit; do case $unit in -*) ;; *) [ -e "{down}/$unit" ] || told=active ;; esac; done
    echo $told; [ $told = active ]; exit ;;
esac
echo "$@" >> {log}
"""
"""As the real one: asked about several units, it says yes if any of them is active."""

_ADGEN = """
import os, pathlib, sys
words = sys.argv[1:]
if words[0] == "doctor":
    words += [os.environ["DAGSTER_URL"], os.environ["API_URL"]]
pathlib.Path(r"{log}").open("a").write(" ".join(words) + chr(10))
if words[0] == "db" and "{tables}":
    pathlib.Path(r"{mark}").write_text("{tables}")
if words[0] == "doctor" and {broken}:
    sys.exit("failure  api: health")
"""
_MARK = "print(*__import__('pathlib').Path(r'{mark}').read_text().split())\n"


class Releases:
    """A host of whose releases each is a few lines, which say what they are asked to do."""

    def __init__(self, folder: Path):
        self.folder, self.log, self.mark = folder, folder / "log", folder / "mark"
        self.down = folder / "down"
        self.down.mkdir()
        self.mark.write_text("0004 12")
        systemctl = folder / "systemctl"
        systemctl.write_text(f"#!/bin/sh\n{_SYSTEMCTL.format(log=self.log, down=self.down)}")
        systemctl.chmod(0o755)
        folders = {
            "PREFIX": "opt",
            "ETC": "etc",
            "STATE": "state",
            "RUN": "run",
            "BACKUPS": "backups",
            "UNITS": "units",
        }
        self.environment = {name: str(folder / at) for name, at in folders.items()}
        self.environment |= {"SYSTEMCTL": str(systemctl), "SERVICE_USER": "root", "PYTHON": sys.executable}
        self.environment |= {
            "EXTRAS": "",
            "VENV_OPTIONS": "--without-pip",
            "VERIFY_SECONDS": "0",
            "PATH": os.environ["PATH"],
        }
        self.environment |= {"PIP_OPTIONS": "--no-deps --no-index --ignore-installed", "BACKUP_COMMAND": "mkdir"}
        pip = Path(shutil.__file__).parent / "site-packages"
        self.environment["PYTHONPATH"] = str(Path(pytest.__file__).parents[1] if not pip.is_dir() else pip)

    def wheel(self, version: str, *, broken: bool = False, loads: bool = True, tables: str = "") -> str:
        """A release; `broken`: it is not well. Its `db upgrade` leaves the mark `tables`."""
        path = self.folder / f"adgen_pipeline-{version}-py3-none-any.whl"
        info = f"adgen_pipeline-{version}.dist-info"
        files = {
            "adgen_pipeline/__init__.py": "",
            "adgen_pipeline/definitions.py": "" if loads else "raise ImportError('half a release')",
            "adgen_pipeline/cli/__init__.py": "",
            "adgen_pipeline/cli/__main__.py": _ADGEN.format(log=self.log, mark=self.mark, broken=broken, tables=tables),
            "adgen_pipeline/deployment/__init__.py": "",
            "adgen_pipeline/deployment/bookmark.py": _MARK.format(mark=self.mark),
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: adgen-pipeline\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": "",
        }
        with zipfile.ZipFile(path, "w") as made:
            for name, content in files.items():
                made.writestr(name, content)
        return str(path)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """By a root whose umask lets nobody else read."""
        self.log.write_text("")
        command = ["bash", str(SCRIPT), *words]
        return subprocess.run(command, env=self.environment, umask=0o027, capture_output=True, text=True, check=False)

    @property
    def current(self) -> str:
        """The version that runs."""
        return (self.folder / "opt" / "current").resolve().name.partition("-")[0]

    def done(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path)


def test_shellcheck() -> None:
    """Finds nothing."""
    told = subprocess.run([Path(sys.executable).with_name("shellcheck"), SCRIPT], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


def test_a_host_through_its_releases(releases: Releases) -> None:
    """Installed with secrets of its own; updated after a back-up; back by itself from a release that is not well, and
    not even stopped for one that cannot be loaded; three are kept."""
    down = releases.down / "adgen-daemon.service"
    down.touch()
    ended = releases.run("install", releases.wheel("1.0"))
    assert ended.returncode == 1 and "\ninactive adgen-daemon.service\n" in ended.stdout, "one of several is enough"
    down.unlink()
    env = releases.folder / "etc" / "env"
    secrets = [line.partition("=")[2] for line in env.read_text().splitlines() if "TOKEN" in line or "SECRET" in line]
    assert stat.S_IMODE(env.stat().st_mode) == 0o600 and len(set(secrets)) == 4 and min(map(len, secrets)) >= 43
    units = releases.folder / "units"
    assert f"{releases.folder}/opt/current/venv/bin/adgen api" in (units / "adgen-api.service").read_text()
    assert "\nRuntimeDirectory=run\n" in (units / "adgen-code.service").read_text()
    confined = units / "adgen-.service.d" / "hardening.conf"
    assert f"\nReadWritePaths=-{releases.folder}/state\n" in confined.read_text()
    for_all = [releases.folder / "opt" / "current" / "venv", releases.folder / "etc" / "workspace.yaml", confined]
    assert [path.stat().st_mode & 0o044 for path in for_all] == [0o044] * 3, "whatever the umask"
    # By mistake: UI_URL is for the name that people know.
    env.write_text(env.read_text() + "DAGSTER_URL=https://dagster.example.com\nAPI_URL=https://ads.example.com\n")

    assert releases.run("update", releases.wheel("1.1")).returncode == 0 and releases.current == "1.1"
    stopped, upgraded, reloaded, started, looked = releases.done()
    assert stopped.startswith("stop adgen.target") and stopped.endswith("adgen-worker@1.service")
    assert (upgraded, reloaded, started) == ("db upgrade", "daemon-reload", "start adgen.target")
    assert looked.startswith("doctor") and looked.endswith("http://127.0.0.1:3000 http://127.0.0.1:8000"), "no proxy"
    assert [folder.name[:10] for folder in (releases.folder / "backups").iterdir()] == ["before-1.1"]

    ended = releases.run("update", releases.wheel("1.2", broken=True))
    assert ended.returncode == 1 and releases.current == "1.1"
    # The stand-in for 1.1 finds itself well, the one for 1.2 does not.
    assert "failure  api: health" in ended.stdout and "1.2" in ended.stderr and "runs again" in ended.stderr

    ended = releases.run("update", releases.wheel("1.3", loads=False))
    assert ended.returncode == 1 and "half a release" in ended.stderr and "1.1" in ended.stderr
    assert not releases.done() and releases.current == "1.1", "nothing was stopped"

    assert releases.run("update", releases.wheel("1.4")).returncode == 0
    assert sorted(r.name[:3] for r in (releases.folder / "opt" / "releases").iterdir()) == ["1.1", "1.2", "1.4"]
    assert releases.run("rollback").returncode == 0 and releases.current == "1.1"


def test_the_way_back_from_changed_tables(releases: Releases) -> None:
    """The state of before is restored while nothing was bought since; else that would be forgotten, and all stops."""
    releases.run("install", releases.wheel("1.0"))
    before, saved = releases.mark.read_text(), shutil.copy(releases.mark, releases.folder / "saved")
    restore = releases.folder / "restore"
    restore.write_text(f"#!/bin/sh\ncp {saved} {releases.mark}\n")
    restore.chmod(0o755)
    releases.environment["RESTORE_COMMAND"] = str(restore)

    ended = releases.run("update", releases.wheel("1.1", broken=True, tables="0005 12"))
    assert ended.returncode == 1 and "runs again" in ended.stderr and releases.current == "1.0"
    assert releases.mark.read_text() == before

    ended = releases.run("update", releases.wheel("1.2", broken=True, tables="0005 15"))
    assert ended.returncode == 1 and "3 calls were bought since" in ended.stderr and releases.current == "1.2"
    assert releases.mark.read_text() == "0005 15" and releases.done()[-1].startswith("stop")


def test_a_place_that_systemd_cannot_give_is_refused(releases: Releases) -> None:
    """Its RuntimeDirectory= is directly below /run; nothing is made for another."""
    path = f"{releases.folder}:{os.environ['PATH']}"
    releases.environment |= {"SYSTEMCTL": "systemctl", "PATH": path, "RUN": "/srv/run"}
    ended = releases.run("install", releases.wheel("1.0"))
    assert ended.returncode == 1 and "RUN=/srv/run" in ended.stderr and "RUN=/run/adgen" in ended.stderr
    assert not releases.done() and not (releases.folder / "units").exists()


def test_what_it_asks_of_adgen_is_known() -> None:
    """Each line of the script that runs a command of ours, by the command itself."""
    lines = re.findall(r'adgen_of "\$[^"]*" ([a-z][^|&;>\n]*)', SCRIPT.read_text())
    asked = [re.sub(r'"\$\w+"', "1", line.replace('"$@"', "")).split() for line in lines]
    assert {parsed(main, tuple(words)) for words in asked} >= {
        "backup create",
        "backup restore",
        "db upgrade",
        "doctor",
    }


def test_people_and_programs_have_names_of_their_own_for_the_ui() -> None:
    """No page tells to put the proxy into DAGSTER_URL, by which programs ask for the UI on this host."""
    told = {page.name: page.read_text() for page in (CHECKOUT / "docs").glob("*.md")}
    assert not [name for name, words in told.items() if "DAGSTER_URL=https" in words]
    assert "`UI_URL=https://" in told["hosts.md"]


def test_it_says_what_it_does(releases: Releases) -> None:
    """Without words, and for what is no release."""
    assert "adgen-host update SOURCE" in releases.run().stdout
    ended = releases.run("install", str(CHECKOUT / "README.md"))
    assert ended.returncode == 1 and "no wheel, no sdist and no checkout" in ended.stderr
