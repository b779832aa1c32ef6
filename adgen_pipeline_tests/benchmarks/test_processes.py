"""What process trees take, of real processes."""

import subprocess
import sys
import time

from benchmarks.processes import birth, end_tree, is_alive, kinds_of, tree
from benchmarks.watch import Watch

_CHILD = "import time\nwhile time.process_time() < 0.6: pass"
_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_CHILD!r}]); print(flush=True); input()"


def test_the_cpu_of_children_that_have_ended_is_counted() -> None:
    """Half a second of work by a child that was over before the last look, and was never looked at."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", _PARENT], text=True, **pipes) as parent:  # type: ignore[call-overload]
        with Watch(parent.pid, every=60.0) as watch:
            parent.stdout.readline()
        parent.communicate("\n")
    assert watch.usage.cpu >= 0.5


def test_what_runs_below_a_code_server_is_a_run() -> None:
    """Also where it is a fork, which says of itself what its parent says. All end with the server."""
    program = "import os, subprocess, sys; os.fork() and subprocess.Popen([sys.executable, '-c', 'input()']); input()"
    server = subprocess.Popen(
        [sys.executable, "-c", program, "api grpc"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        while len(found := tree({server.pid: birth(server.pid)})) < 3:
            assert server.poll() is None
        kinds = kinds_of(found)
        assert kinds.pop(server.pid) == "code server"
        assert sorted(kinds.values()) == ["run", "run"]
    finally:
        end_tree(server)
        assert server.stdin is not None
        server.stdin.close()
    while any(is_alive(pid, process.born) for pid, process in found.items()):
        time.sleep(0.01)  # a kill takes a moment
