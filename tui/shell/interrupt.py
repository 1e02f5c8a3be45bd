"""Ctrl+C in commands that wait for the network: it ends the work and keeps the result so far."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Yield an event that the first Ctrl+C sets; a second one ends the program."""
    interrupted = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def interrupt(*_: object) -> None:
        interrupted.set()
        signal.signal(signal.SIGINT, before)

    try:
        signal.signal(signal.SIGINT, interrupt)
    except ValueError:  # not in the main thread, the only one that receives signals
        yield interrupted
        return
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
