"""SimilarPapers: finds, in a thread, the papers most similar to one; the newest request wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.catalog.catalog import Catalog, StoredPaper
from tui.core.progress import Cancelled
from tui.library.library import Library
from tui.ui.background import Background

COUNT = 12
"""Papers that are found."""


class SimilarPapers:
    """Keeps the papers similar to one paper, the last for which they were found."""

    def __init__(self, library: Library, background: Background, found: Callable[[], None]) -> None:
        """`found` is called on the event loop when `get` has something new."""
        self._library = library
        self._background = background
        self._found = found
        self.ready = False
        """Whether the index has all papers; until then `find` does nothing."""
        self._requested: int | None = None
        """The row that is searched for now."""
        self._row: int | None = None
        self._papers: Sequence[StoredPaper] = ()

    def get(self, row: int) -> Sequence[StoredPaper] | None:
        """Return the papers similar to that of a catalog row, best first; None if unknown."""
        return self._papers if row == self._row else None

    def find(self, row: int) -> None:
        """Find the papers similar to that of `row`, unless they are known or being found."""
        if self.ready and row not in (self._requested, self._row):
            self._requested = row
            self._background.run(lambda: self._search(row), "similar", "finding similar papers")

    def _search(self, row: int) -> None:
        """Run in a thread."""
        try:
            hits = self._library.search.find_similar(row, COUNT, lambda: self._requested != row)
        except Cancelled:  # the cursor has gone on
            return
        catalog = Catalog(self._library.catalog.path)
        try:
            papers = list(catalog.get_many([int(each) for each in hits.rows]))
        finally:
            catalog.close()
        self._background.call(lambda: self._set_papers(row, papers))

    def _set_papers(self, row: int, papers: Sequence[StoredPaper]) -> None:
        if row == self._requested:
            self._requested, self._row, self._papers = None, row, papers
            self._found()
