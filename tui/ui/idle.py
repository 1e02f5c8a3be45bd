"""Python's search for reference cycles, moved to moments when nobody waits for the screen.

A screen makes some thousand short-lived cycles a key. Found in the midst of typing they cost a
frame or two each time; found half a second after the last key they cost nobody anything.
"""

from __future__ import annotations

import gc
import time

REST = 0.4
"""Seconds after the last key from which somebody may be said to look, not type."""
FEW, MANY = 5_000, 2_000_000
"""Objects not worth a search; and so many that it is made whoever waits."""


class Idle:
    """Searches when told that there is time."""

    def __init__(self) -> None:
        self._last = 0.0

    def begin(self) -> None:
        """From now on nothing is searched by itself; what is there now never is."""
        gc.freeze()
        gc.disable()

    def end(self) -> None:
        gc.enable()
        gc.unfreeze()

    def busy(self) -> None:
        """A key or click has come."""
        self._last = time.monotonic()

    def tidy(self) -> None:
        """Search, if it is worth while and nobody is typing."""
        made = gc.get_count()[0]
        resting = time.monotonic() - self._last > REST
        if made > MANY or (resting and made > FEW):
            gc.collect()
