"""The search behind a list: one at a time, off the event loop, and the newest request wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.core.progress import Cancelled

if TYPE_CHECKING:
    # The reader must not wait for these (most import numpy) before its first frame.
    from tui.catalog.catalog import StoredPaper
    from tui.search.query import Query
    from tui.search.search import Hits, Search

PAPERS_READ_AHEAD = 40
"""Papers that are read together with a result: about a screenful.

The list can then paint without reading the catalog on the event loop.
"""


class SearchRequest(NamedTuple):
    """What a list shows: the papers that match a query, or those similar to one paper."""

    text: str = ""
    """The query as the user typed it."""
    similar_to: int | None = None
    """Catalog row of the paper that the others are similar to; `text` is then ignored."""
    view_query: str = ""
    """A query that must hold as well: that of the current view, and the order."""
    reverse: bool = False
    """Whether the order is reversed."""


class SearchResult(NamedTuple):
    """The papers of a request, in order."""

    query: Query
    """The query as it was understood."""
    hits: Hits
    papers: dict[int, StoredPaper]
    """The first PAPERS_READ_AHEAD papers, by catalog row."""


class SearchSession:
    """Runs the requests of one list, one at a time, in worker threads.

    A new request cancels the search that is running; the result of a cancelled search is never
    delivered. Counts have to wait until no request is pending, because nobody waits for them.

    All methods are called on the event loop, and `deliver` is called there. `search` and
    `read_papers` are called in a worker thread, never in two at a time.
    """

    def __init__(
        self,
        search: Callable[[], Search],
        read_papers: Callable[[list[int]], Iterable[StoredPaper]],
        deliver: Callable[[SearchRequest, SearchResult], None],
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """Prepare a session; `start` schedules a coroutine on the event loop.

        The exception of a failed search leaves that coroutine; the session can be used after it.
        """
        self._search = search
        self._read_papers = read_papers
        self._deliver = deliver
        self._start = start
        self._request = SearchRequest()
        self._submitted = 0
        """The number of the newest request; requests are numbered from 1."""
        self._finished = 0
        """The number of the newest request that needs no more work."""
        self._pending_count: tuple[list[str], Callable[[list[int]], None]] | None = None
        self._running = False
        self.idle = asyncio.Event()
        """Set while no result is due."""
        self.idle.set()

    def submit(self, request: SearchRequest) -> None:
        """Replace the current request by `request`."""
        self._submitted += 1
        self._request = request
        self.idle.clear()
        self._ensure_running()

    def submit_count(self, queries: list[str], deliver: Callable[[list[int]], None]) -> None:
        """Count the papers of each query once no request is pending; replaces earlier counts."""
        self._pending_count = queries, deliver
        self._ensure_running()

    def _ensure_running(self) -> None:
        if not self._running:
            self._running = True
            self._start(self._run())

    async def _run(self) -> None:
        """Work until nothing is pending."""
        try:
            while True:
                if self._finished != self._submitted:
                    await self._run_request()
                elif self._pending_count:
                    await self._run_count()
                else:
                    break
        finally:
            self._running = False
            self._finished = self._submitted
            self.idle.set()

    async def _run_request(self) -> None:
        number, request = self._submitted, self._request

        def is_outdated() -> bool:
            return number != self._submitted

        with suppress(Cancelled):
            result = await asyncio.to_thread(self._find, request, is_outdated)
            if not is_outdated():
                self._finished = number
                self.idle.set()  # waiters wake after `deliver`, which may submit again
                self._deliver(request, result)

    async def _run_count(self) -> None:
        assert self._pending_count
        queries, deliver = pending = self._pending_count
        number = self._submitted
        # A count that a request cancels stays pending: it runs again after the request.
        with suppress(Cancelled):
            counts = await asyncio.to_thread(
                self._count, queries, lambda: number != self._submitted
            )
            if self._pending_count is pending:
                self._pending_count = None
                deliver(counts)

    def _find(self, request: SearchRequest, is_outdated: Callable[[], bool]) -> SearchResult:
        from tui.search.query import parse

        query = parse(f"{request.view_query} {request.text}")
        if request.similar_to is not None:
            hits = self._search().find_similar(request.similar_to, cancelled=is_outdated)
        else:
            hits = self._search().run(query, is_outdated)
            if request.reverse:
                hits = replace(hits, rows=hits.rows[::-1])
        first = [int(row) for row in hits.rows[:PAPERS_READ_AHEAD]]
        return SearchResult(query, hits, {each.row: each for each in self._read_papers(first)})

    def _count(self, queries: list[str], is_outdated: Callable[[], bool]) -> list[int]:
        from tui.search.query import parse

        return [self._search().run(parse(text), is_outdated).total for text in queries]
