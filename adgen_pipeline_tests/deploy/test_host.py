"""deploy/host/adgen-host: releases side by side, and the way back. The whole, with real releases: host_drill."""

import fcntl
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
import os, pathlib, shutil, signal, sys
words, mark, kept = sys.argv[1:], pathlib.Path(r"{mark}"), pathlib.Path(r"{kept}")
if words[0] == "doctor":
    words += [os.environ.get(name, "") for name in ("DAGSTER_URL", "API_URL")]
pathlib.Path(r"{log}").open("a").write(" ".join(words) + chr(10))
known = "{tables}".split()[0] if "{tables}" else "0004"
if words[0] in ("db", "backup") and words[1] in ("status", "create") and mark.read_text().split()[0] != known:
    sys.exit("tables of another version")
if words[:2] == ["db", "upgrade"] and "{tables}":
    mark.write_text("{tables}")
if words[:2] == ["backup", "create"]:
    shutil.copy(mark, kept)
    print("backup-1: all of it")
if " ".join(words[:2]) == "{cut}" and not pathlib.Path(r"{once}").exists():
    pathlib.Path(r"{once}").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(1)
if words[:2] == ["backup", "restore"]:
    shutil.copy(kept, mark)
if words[0] == "doctor" and {broken}:
    sys.exit("failure  api: health")
"""
_QUICK = """#!/bin/sh
for folder; do :; done
mkdir -p "$folder/bin" "$folder/lib"
cat > "$folder/bin/python" <<EOF
#!/bin/sh
for last; do :; done
[ "\\$2" = pip ] && exec {python} -S -m zipfile -e "\\${{last%.whl*}}.whl" "$folder/lib"
PYTHONPATH=$folder/lib exec {python} -S "\\$@"
EOF
chmod +x "$folder/bin/python"
"""
"""As `python -m venv FOLDER`, whose pip unpacks a wheel: in a tenth of the time."""

_MARK = "print(*__import__('pathlib').Path(r'{mark}').read_text().split())\n"


class Releases:
    """A host of whose releases each is a few lines, which say what they are asked to do."""

    def __init__(self, folder: Path):
        self.folder, self.log, self.mark = folder, folder / "log", folder / "state" / "mark"
        self.down = folder / "down"
        self.down.mkdir()
        self.mark.parent.mkdir()
        self.mark.write_text("0004 calls=12/a jobs=3/a")
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

    def wheel(self, version: str, *, broken: bool = False, loads: bool = True, tables: str = "", cut: str = "") -> str:
        """A release; `broken`: it is not well. Its `db upgrade` leaves the mark `tables`, whose revision alone it
        knows; in its command `cut` the power goes, once."""
        path = self.folder / f"adgen_pipeline-{version}-py3-none-any.whl"
        paths = {"log": self.log, "mark": self.mark, "kept": self.folder / "kept", "once": f"{path}.cut"}
        info = f"adgen_pipeline-{version}.dist-info"
        files = {
            "adgen_pipeline/__init__.py": "",
            "adgen_pipeline/definitions.py": "" if loads else "raise ImportError('half a release')",
            "adgen_pipeline/cli/__init__.py": "",
            "adgen_pipeline/cli/__main__.py": _ADGEN.format(**paths, broken=broken, tables=tables, cut=cut),
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


@pytest.fixture
def quick(releases: Releases) -> Releases:
    """The same, where environments and pip are not what is looked at."""
    python = releases.folder / "python"
    python.write_text(_QUICK.format(python=sys.executable))
    python.chmod(0o755)
    releases.environment["PYTHON"] = str(python)
    return releases


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
    stopped, nightly, asked, upgraded, reloaded, started, looked = releases.done()
    assert stopped.startswith("stop adgen.target") and stopped.endswith("adgen-worker@1.service")
    assert nightly == "stop adgen-retention.service adgen-backup.service"
    assert (asked, upgraded, reloaded, started) == ("db status", "db upgrade", "daemon-reload", "start adgen.target")
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


def test_the_way_back_from_changed_tables(quick: Releases) -> None:
    """The state of before is restored while nothing came since; else that would be forgotten, and all stops, until a
    person says that it may be."""
    quick.run("install", quick.wheel("1.0"))
    before, saved = quick.mark.read_text(), shutil.copy(quick.mark, quick.folder / "saved")
    restore = quick.folder / "restore"
    restore.write_text(f"#!/bin/sh\ncp {saved} {quick.mark}\n")
    restore.chmod(0o755)
    quick.environment["RESTORE_COMMAND"] = str(restore)

    same = "0005 calls=12/a jobs=3/a"
    ended = quick.run("update", quick.wheel("1.1", broken=True, tables=same))
    assert ended.returncode == 1 and "runs again" in ended.stderr and quick.current == "1.0"
    assert quick.mark.read_text() == before

    came = "0005 calls=12/b jobs=3/a commissions=1/a"
    ended = quick.run("update", quick.wheel("1.2", broken=True, tables=came))
    assert ended.returncode == 1 and "since: calls, commissions" in ended.stderr and quick.current == "1.2"
    assert quick.mark.read_text() == came and quick.done()[-2].startswith("stop")
    assert quick.run("rollback").returncode == 1 and quick.mark.read_text() == came, "nor does it then"
    quick.environment["FORGET"] = "yes"
    assert quick.run("rollback").returncode == 0 and quick.current == "1.0"
    assert quick.mark.read_text() == before


@pytest.fixture
def changed(quick: Releases) -> str:
    """An installed release with back-ups of its own, and the mark that a newer one leaves, with nothing new in it."""
    del quick.environment["BACKUP_COMMAND"]
    assert quick.run("install", quick.wheel("1.0")).returncode == 0
    return "0005 calls=12/a jobs=3/a"


def test_an_update_that_was_cut_off_in_the_tables_goes_on(quick: Releases, changed: str) -> None:
    """The release that runs refuses them and can make no back-up; that of before still holds, also as the way back."""
    before = quick.mark.read_text()
    assert quick.run("update", quick.wheel("1.1", tables=changed, cut="db upgrade")).returncode == -9
    assert quick.current == "1.0" and quick.mark.read_text() == changed
    assert "to 1.1" in quick.run("status").stdout

    ended = quick.run("update", quick.wheel("1.2", tables=changed, broken=True))
    assert "1.0" in ended.stderr and "runs again" in ended.stderr, ended.stderr
    assert quick.current == "1.0" and quick.mark.read_text() == before

    assert quick.run("update", quick.wheel("1.3", tables=changed, cut="db upgrade")).returncode == -9
    assert quick.run("update", quick.wheel("1.4", tables=changed)).returncode == 0
    assert quick.current == "1.4" and "has not ended" not in quick.run("status").stdout


def test_what_came_into_tables_that_were_cut_off_is_kept(quick: Releases, changed: str) -> None:
    """A newer release makes the back-up then, and where none can be made nothing is said to run that does not."""
    assert quick.run("update", quick.wheel("1.1", tables=changed, cut="db upgrade")).returncode == -9
    quick.mark.write_text("0005 calls=13/b jobs=3/a")
    ended = quick.run("update", quick.wheel("1.2"))
    assert ended.returncode == 0 and (quick.folder / "kept").read_text() == quick.mark.read_text(), ended

    quick.mark.write_text("0006 calls=14/c jobs=3/a")
    ended = quick.run("update", quick.wheel("1.3"))
    assert ended.returncode == 1 and "All is stopped" in ended.stderr and "runs on" not in ended.stderr
    assert not [line for line in quick.done() if line.startswith("start")]


@pytest.mark.parametrize("how", ["rollback", "update"])
def test_a_restoring_that_was_cut_off_goes_on(quick: Releases, changed: str, how: str) -> None:
    """Half a state is no state: no unit starts on it, and the whole one is put back before anything else."""
    before, guard = quick.mark.read_text(), quick.folder / "opt" / ".restoring"
    assert quick.run("update", quick.wheel("1.1", cut="backup restore")).returncode == 0
    assert quick.run("update", quick.wheel("1.2", tables=changed, broken=True)).returncode == -9
    assert guard.exists() and not quick.mark.exists()
    units = quick.folder / "units"
    assert f"ConditionPathExists=!{guard}" in (units / "adgen-.service.d" / "restoring.conf").read_text()

    quick.mark.write_text("0004 calls=0/a jobs=0/a")  # as an installation that knows of nothing
    words, runs, found = (
        (("rollback",), "1.1", before) if how == "rollback" else
        (("update", quick.wheel("1.3", tables=changed)), "1.3", changed)
    )  # fmt: skip
    ended = quick.run(*words)
    assert ended.returncode == 0 and "is put back" in ended.stdout and not guard.exists(), ended.stderr
    assert (quick.current, quick.mark.read_text()) == (runs, found)


def test_what_runs_at_night_is_passed_over_meanwhile(quick: Releases) -> None:
    """Retention and back-up wait for the lock that an update holds, and it is theirs to read."""
    quick.run("install", quick.wheel("1.0"))
    lock = quick.folder / "opt" / ".lock"
    for name in ("retention", "backup"):
        unit = (quick.folder / "units" / f"adgen-{name}.service").read_text()
        (words,) = re.findall("^ExecCondition=(.*)$", unit, re.M)
        assert str(lock) in words and stat.S_IMODE(lock.stat().st_mode) == 0o644
        assert subprocess.run(words.split()).returncode == 0
        with lock.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            assert 0 < subprocess.run(words.split()).returncode < 255, "passed over, and not failed"


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
    plain = [re.sub(r'"\$\{go_on\[@\]\}"', "--go-on", line.replace('"$@"', "")) for line in lines]
    asked = [re.sub(r'"\$\w+"', "1", line).split() for line in plain]
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
