"""Real processes, killed and side by side, in the short form of `run.py`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its workers")
def test_nothing_acknowledged_is_lost() -> None:
    seed = random.randrange(10_000)
    ran = subprocess.run(
        [sys.executable, str(RUN), "--seed", str(seed)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"seed {seed}\n{ran.stdout[:3000]}\n{ran.stderr}"
    found = json.loads(ran.stdout)
    assert found["kills"]["acknowledged"] > 10
    assert found["writers"]["acknowledged"] > 10
