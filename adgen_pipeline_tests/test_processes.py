"""Who a process is, and whether it has ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from adgen_pipeline import processes
from adgen_pipeline.processes import is_gone, this_process

_TELL = "from adgen_pipeline.processes import this_process; print(this_process(), flush=True); input()"


@contextmanager
def _other() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process and its identity."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", _TELL], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout
        yield other, other.stdout.readline().strip()
        other.kill()


def test_a_living_process_is_not_gone():
    """Neither this one nor another that runs is taken for dead."""
    with _other() as (_, identity):
        assert not is_gone(this_process())
        assert not is_gone(identity)


def test_a_killed_process_is_gone_at_once():
    """Killed is gone, also before its parent has looked; nobody has to wait for a lease."""
    with _other() as (other, identity):
        os.kill(other.pid, signal.SIGKILL)
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(identity)
        other.wait()
        assert is_gone(identity)


def test_a_number_used_again_is_another_process():
    """The same process number with another start is not the process that was meant."""
    *rest, start = this_process().split("/")
    assert is_gone("/".join([*rest, str(int(start) - 1)]))


def test_a_machine_started_anew_has_none_of_its_processes():
    """After a restart of the machine all its earlier processes are gone."""
    machine, _, *rest = this_process().split("/")
    assert is_gone("/".join([machine, "another-boot", *rest]))


def test_what_cannot_be_known_is_not_called_gone():
    """Processes of other machines and namespaces, and texts that name no process, are left alone."""
    machine, boot, namespace, pid, _ = this_process().split("/")
    assert not is_gone("/".join(["elsewhere", boot, namespace, pid, "1"]))
    assert not is_gone("/".join([machine, boot, "42", pid, "1"]))
    assert not is_gone("somebody")


def test_a_container_that_takes_anothers_place_knows_what_died_with_it(monkeypatch: pytest.MonkeyPatch):
    """A container made anew has another name and another namespace, so that it could not tell; with ADGEN_PLACE, its
    predecessor's processes are gone, its own and those of other places are not."""
    monkeypatch.setenv("ADGEN_PLACE", "code")
    processes._identity.cache_clear()
    try:
        assert not is_gone(this_process())
        assert this_process().startswith("code/")
        *rest, _, start = this_process().split("/")
        assert is_gone("/".join([*rest, str(2**22), start])), "no process has that number here"
        assert not is_gone("/".join(["studio", *rest[1:], str(2**22), start]))
    finally:
        processes._identity.cache_clear()
