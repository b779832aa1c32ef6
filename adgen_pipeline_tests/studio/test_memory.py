"""What a render has freed goes back to the system."""

import subprocess
import sys
from pathlib import Path

import pytest

HELD = """
import sys
import numpy as np
from adgen_pipeline.studio.memory import give_back, keep_no_pictures

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 >> 20

def full_of_holes(count, size):
    blocks = [np.ones(size, np.uint8) for _ in range(count)]
    return [block for number, block in enumerate(blocks) if number % 2]

keep_no_pictures() if sys.argv[1] == "pictures" else None
np.ones(30 << 20, np.uint8)  # glibc keeps blocks of this size from now on, if it is let
before = resident()
kept = full_of_holes(20, 8 << 20) if sys.argv[1] == "pictures" else full_of_holes(1600, 100_000)
give_back() if sys.argv[1] == "trimmed" else None
print(resident() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")
@pytest.mark.parametrize("way", ["pictures", "trimmed"])
def test_holes_go_back(way: str) -> None:
    """Half of 160 MB in blocks is freed, every other one: large ones are gone by themselves, small ones when asked."""
    done = subprocess.run([sys.executable, "-c", HELD, way], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100
