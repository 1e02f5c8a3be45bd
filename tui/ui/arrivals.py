"""Arrivals: announces papers that have come in, and counts those not announced yet."""

from __future__ import annotations

from collections.abc import Callable

from tui.library.library import Library
from tui.ui.status_bar import StatusBar


class Arrivals:
    """The papers that have come in since the reader started or last announced some."""

    def __init__(self, library: Library, status: StatusBar, key_of: Callable[[str], str]) -> None:
        """`key_of` returns the key of a command."""
        self._library = library
        self._status = status
        self._key_of = key_of
        self._last = library.catalog.last_row
        """The last row that has been announced."""
        self._before = self._last
        """The last row before those that the status line announces now."""

    def count(self) -> int:
        """Return how many papers to announce; 0 if none came since the last announcement.

        Papers that the status line announces at this moment are counted again.
        """
        last = self._library.catalog.last_row
        if last <= self._last:
            return 0
        return last - (self._before if self._status.is_announcing else self._last)

    def announce(self, text: str, count: int) -> None:
        """Show `text`; if `count` papers have come in, name the key that shows them."""
        if not self._status.is_announcing:
            self._before = self._last
        self._last = self._library.catalog.last_row
        if count:
            self._status.announce(f"{text} · {self._key_of('first')} shows them")
        else:
            self._status.end_announcement()
            self._status.message(text)
