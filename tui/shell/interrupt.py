"""Ctrl+C for commands that wait for the network: what has come is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl+C sets; a second one ends the program."""
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def interrupted(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    try:
        signal.signal(signal.SIGINT, interrupted)
    except ValueError:  # not the main thread, which is where signals go
        yield stop
        return
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
