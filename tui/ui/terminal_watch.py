"""Ends the process when its terminal is gone.

A closed terminal usually ends its programs with SIGHUP. A reader that ignores it, as under `nohup`,
would wait forever to draw, because Textual's writing thread has ended, and would use a whole core
to read from a terminal that always answers with the end of the input.
"""

from __future__ import annotations

import os
import sys
import threading
import time

INTERVAL = 2.0
"""Seconds between two looks at the terminal: the store saves what is pending in far less."""
STATUS = 129
"""The exit status of a program that SIGHUP has ended."""


def end_without_terminal() -> None:
    """Watch the terminal of the standard input in a thread; do nothing if it is none."""
    if sys.stdin.isatty():
        threading.Thread(target=_watch, name="terminal", daemon=True).start()


def _watch() -> None:
    descriptor = sys.stdin.fileno()
    while os.isatty(descriptor):
        time.sleep(INTERVAL)
    time.sleep(INTERVAL)  # for what is being saved; everything that was saved is in the journal
    os._exit(STATUS)
