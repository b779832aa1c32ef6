"""What every process that loads the definitions pays for."""

import subprocess
import sys

SERVERS = {"fastapi", "starlette", "uvicorn"}
DRAWING = {"skia", "numpy", "scipy"}
VOICE = {"hibari", "onnxruntime"}


def test_the_definitions_need_nothing_of_what_the_studio_draws_and_serves_with() -> None:
    """The studio is a process of its own: its libraries, and Dagster's server side, stay out of the runs."""
    tell = "import sys, adgen_pipeline.definitions; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(
        subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "dagster" in loaded
    assert not loaded & (SERVERS | DRAWING | VOICE | {"grpc"})
