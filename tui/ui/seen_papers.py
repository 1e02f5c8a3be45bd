"""SeenPapers: records which new papers have been on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.library.library import Library
from tui.state import Change


class SeenPapers:
    """Records a new paper as seen if it is on the screen at two moments in succession.

    It stays new for the reader that shows it, so that no list changes under the user's eyes.
    """

    def __init__(self, library: Library, submit: Callable[[Change], None]) -> None:
        """`submit` changes the store at once and saves in the background."""
        self._library = library
        self._submit = submit
        self._before: frozenset[int] = frozenset()
        """New papers that were on the screen at the last moment, by their catalog rows."""

    def look(self, rows: Sequence[int]) -> None:
        """Take the catalog rows of the papers that are on the screen at this moment."""
        marks = self._library.rows
        after = [row for row in rows if row > marks.last_visited_row]
        if not after:
            self._before = frozenset()
            return
        unseen = marks.unseen_keys(after)
        stayed = [key for row, key in unseen.items() if row in self._before]
        self._before = frozenset(unseen)
        self.record(stayed)

    def record(self, keys: Sequence[str]) -> None:
        """Record papers as seen."""
        if keys:
            self._library.rows.seen_here.update(keys)
            fields = {key: {"seen": True} for key in keys}
            self._submit(Change.of("seen", papers=fields, silent=True))
