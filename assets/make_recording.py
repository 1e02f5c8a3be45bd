"""Make assets/reader.cast from the program itself: `python assets/make_recording.py`.

The reader runs in a pseudo-terminal on a throw-away copy of the sample library, keys are typed at
a person's pace, and what it draws is written as an asciicast (`asciinema play assets/reader.cast`).
POSIX only.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

COLUMNS, LINES = 110, 30
KEYS = (
    (1.5, "j"), (0.4, "j"), (0.8, " "), (0.8, "s"), (0.9, " "), (0.8, "l"), (0.8, "d"), (1.0, "/"),
    *((0.12, letter) for letter in "streming atention"), (1.2, "\r"), (0.8, "s"), (0.8, "4"),
    (1.0, "t"), *((0.1, letter) for letter in "long-context"), (0.5, "\r"), (1.2, "\x1b"),
    (1.0, "\t"), (1.0, "\t"), (1.2, "u"), (1.2, "q"),
)  # fmt: skip
"""Seconds to wait before each key."""


def record(home: str) -> list[tuple[float, str]]:
    """Type KEYS into the reader; what it drew, with the seconds since the start."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "--home", home],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    start = time.monotonic()
    drawn: list[tuple[float, str]] = []

    def read(until: float) -> None:
        while (left := until - time.monotonic()) > 0:
            if select.select([master], [], [], left)[0]:
                try:
                    data = os.read(master, 1 << 16)
                except OSError:
                    return
                drawn.append((time.monotonic() - start, data.decode(errors="replace")))

    read(time.monotonic() + 2)
    for wait, key in KEYS:
        read(time.monotonic() + wait)
        os.write(master, key.encode())
    read(time.monotonic() + 2)
    process.wait(timeout=10)
    return drawn


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        drawn = record(home)
    head = {"version": 2, "width": COLUMNS, "height": LINES, "title": "sheaf"}
    lines = [json.dumps(head), *(json.dumps([round(at, 3), "o", text]) for at, text in drawn)]
    path = Path(__file__).parent / "reader.cast"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
