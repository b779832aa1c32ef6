import os
import subprocess
import sys
from pathlib import Path


def test_speaking_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    """The voice's runtime writes no device id and no report queue: nothing is kept to be sent."""
    say = "from adgen_pipeline.studio.composition.voice_door import Hibari; Hibari()('Hello there.', seed=0)"
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "XDG_CACHE_HOME") and not k.startswith("ORT_")}
    subprocess.run([sys.executable, "-c", say], env=kept | {"HOME": str(tmp_path)}, check=True, timeout=120)
    assert list(tmp_path.rglob("*")) == []
