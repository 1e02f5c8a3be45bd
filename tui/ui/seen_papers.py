"""SeenPapers: which new papers have been on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from tui.library.library import Library
from tui.state import Change


class SeenPapers:
    """Collects the new papers that were on the screen at two moments in succession.

    They stay new until the reader is left, so that no list changes under the user's eyes; then
    `change` records them. A reader that is killed leaves them new.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._before: frozenset[int] = frozenset()
        """New papers that were on the screen at the last moment, by their catalog rows."""
        self._rows: set[int] = set()

    def look(self, rows: Sequence[int]) -> None:
        """Take the catalog rows of the papers that are on the screen at this moment."""
        new = frozenset(row for row in rows if row > self._library.rows.last_visited_row)
        self._rows |= new & self._before
        self._before = new

    def change(self) -> Change | None:
        """Return the change that records the papers as seen; None if there are none."""
        store, catalog = self._library.store, self._library.catalog
        keys = catalog.keys_of(sorted(self._rows)).values()
        fields = {key: {"seen": True} for key in keys if not store.mark(key).seen}
        return Change.of("seen", papers=fields, silent=True) if fields else None
