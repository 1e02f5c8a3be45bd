"""Lists that services give newest first: read down to where the last fetch ended.

The cursor of such a feed is `{"day": …}`, the day up to which it is complete. During a fetch it is
`{"start": …, "since": …, "then": …, "least": …}`: the next result to read, the day down to which to
read, the day up to which the feed will be complete, and how many results to read at least. A fetch
that was interrupted is finished before a new one begins, so that no paper between them is missed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from tui.feeds.fetch_context import FetchContext, Page, Pages
from tui.net.client import Response

GetPage = Callable[[int], Awaitable[tuple[Response, Page, int]]]
"""Takes the number of a result; returns response and page from it on, and the number of results."""


class NewestFirst:
    """A list of a service, newest first. Pages are of `page_size` results, up to `max_results`."""

    def __init__(
        self, context: FetchContext, get_page: GetPage, page_size: int, max_results: int
    ) -> None:
        self._cursor = context.status.cursor
        self._get_page = get_page
        self._page_size = page_size
        self._max_results = max_results

    @property
    def complete_until(self) -> date | None:
        """The day up to which the feed is complete after `finish`; None for a new feed."""
        day = self._cursor.get("then") or self._cursor.get("day")
        return date.fromisoformat(str(day)) if day else None

    async def finish(self) -> Pages:
        """Yield the rest of a fetch that was interrupted, if there is one."""
        if "start" in self._cursor:
            async for page in self._read(self._cursor, None):
                yield page

    def read(
        self, since: date, until: date, least: int = 0, validators_of: Response | None = None
    ) -> Pages:
        """Yield the results since a day, at least `least`; the feed is then complete until `until`.

        The last page has the validators of `validators_of`, by default of the first page.
        """
        cursor = {
            "start": 0,
            "since": since.isoformat(),
            "then": until.isoformat(),
            "least": least,
        }
        return self._read(cursor, validators_of)

    async def _read(self, cursor: Mapping[str, Any], first: Response | None) -> Pages:
        # Papers that arrive meanwhile push the others down: a page may repeat some of the page
        # before, but none is left out.
        start = int(cursor["start"])
        while True:
            response, page, total = await self._get_page(start)
            if response.not_modified:
                return
            if start == 0:
                first = first or response
            start += self._page_size
            oldest = page.papers[-1].published if page.papers else ""
            is_old = oldest < str(cursor["since"]) and start >= int(cursor.get("least") or 0)
            if is_old or start >= min(total, self._max_results):
                yield page.with_cursor({"day": cursor["then"]}, first)
                return
            yield page.with_cursor({**cursor, "start": start})
