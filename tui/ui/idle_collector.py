"""IdleCollector: searches for reference cycles only while the user types nothing.

A screen makes some thousand short-lived cycles for each key. A search while the user types delays a
frame or two; half a second after the last key it is not noticed.
"""

from __future__ import annotations

import gc
import time

REST = 0.4
"""Seconds after the last key from which the user is assumed to read, not to type."""
MIN_WHEN_IDLE, MIN_WHEN_BUSY = 5_000, 200_000
"""New objects from which a search for cycles is made: while the user reads, while the user types.

200,000 objects are 30 MB and 600 keys; a search among them takes 40 ms."""


class IdleCollector:
    """Replaces Python's automatic garbage collection."""

    def __init__(self) -> None:
        self._last_input = 0.0

    def start(self) -> None:
        """Turn the automatic collection off; objects that exist now are never searched."""
        gc.freeze()
        gc.disable()

    def stop(self) -> None:
        """Turn the automatic collection on again."""
        gc.enable()
        gc.unfreeze()

    def note_input(self) -> None:
        """Note that a key or click has come."""
        self._last_input = time.monotonic()

    def collect_if_idle(self) -> None:
        """Search, if it is worth while and the user is not typing."""
        count = gc.get_count()[0]
        is_idle = time.monotonic() - self._last_input > REST
        if count > MIN_WHEN_BUSY or (is_idle and count > MIN_WHEN_IDLE):
            gc.collect()
