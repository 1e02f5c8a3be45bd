"""The trials with real processes: killed writers, and writers all at once.

    python tests/faults/run.py           the short form, a few seconds
    python tests/faults/run.py --full    600 kills; 4 writers for 30 seconds

Prints what happened as JSON, and ends with 1 if anything acknowledged was lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults import killed_writers


def main() -> int:
    """Run the trials."""
    parser = argparse.ArgumentParser(description="Kill writers, and let many write at once.")
    parser.add_argument("--full", action="store_true", help="600 kills, and 30 s of 4 writers")
    parser.add_argument("--kills", type=int, help="how many kills instead")
    parser.add_argument("--seconds", type=float, help="how long the writers write instead")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rounds = options.kills if options.kills is not None else 600 if options.full else 24
    seconds = options.seconds if options.seconds is not None else 30.0 if options.full else 1.0
    with tempfile.TemporaryDirectory(prefix="sheaf-faults-") as folder:
        killed = killed_writers.kills(Path(folder) / "kills", rounds, options.seed)
        together = killed_writers.writers(Path(folder) / "writers", seconds, 4, options.seed)
    print(json.dumps({"kills": killed, "writers": together}, indent=1))
    return 1 if killed["wrong"] or together["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
