"""ListSearch: the searches of the list, and whether the index can answer them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.catalog.catalog import Catalog, StoredPaper
from tui.library.library import Library
from tui.search.session import SearchRequest, SearchSession
from tui.ui.watcher import IndexReady

if TYPE_CHECKING:
    from tui.search.session import SearchResult


MAX_WAIT = 2.0
"""Seconds that a key waits for the answer to what was typed before it."""


class ListSearch:
    """A SearchSession that ignores requests until the index is ready."""

    def __init__(
        self,
        library: Library,
        start: Callable[[Coroutine[Any, Any, None]], object],
        deliver: Callable[[SearchResult], None],
    ) -> None:
        """`start` schedules a coroutine; `deliver` gets the results of the newest requests."""
        self._library = library
        self._catalog: Catalog | None = None
        self._session = SearchSession(
            lambda: library.search,
            self._read_papers,
            lambda request, result: deliver(result),
            start,
        )
        self.ready = False
        """Whether searches can be made."""
        self.complete = False
        """Whether the index has all papers. The first index does not while it is made."""
        self._segments = 0

    def set_index_state(self, event: IndexReady) -> bool:
        """Set how much of the index is made; return whether searches now find more than before."""
        segments = len(self._library.index.snapshot.segments)
        if not event.complete and (self.complete or segments == self._segments):
            return False
        self._segments = segments
        self.ready, self.complete = True, event.complete
        return True

    def submit(self, request: SearchRequest) -> None:
        """Replace the current request; ignored while the index is not ready."""
        if self.ready:
            self._session.submit(request)

    def count(self, queries: Sequence[str], deliver: Callable[[list[int]], None]) -> None:
        """Count the papers of each query when no request is pending."""
        if self.ready:
            self._session.submit_count(list(queries), deliver)

    async def wait(self) -> None:
        """Wait until no result is due, at most MAX_WAIT."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._session.idle.wait(), MAX_WAIT)

    def close(self) -> None:
        """Close the catalog that searches read."""
        if self._catalog:
            self._catalog.close()

    def _read_papers(self, rows: list[int]) -> list[StoredPaper]:
        """Read papers in the thread of a search; no two searches run at a time."""
        if self._catalog is None:
            self._catalog = Catalog(self._library.catalog.path)
        return list(self._catalog.get_many(rows))
