"""Giving up a search that nobody waits for any more."""

from __future__ import annotations

from collections.abc import Callable


class Cancelled(Exception):
    """The search was given up: `cancelled()` turned true."""


class Check:
    """Called between pieces of work of a few milliseconds; raises Cancelled."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def __call__(self) -> None:
        if self._cancelled():
            raise Cancelled
