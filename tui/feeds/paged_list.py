"""Lists that come page by page, from the day of the last fetch on; an interrupted one continues.

The cursor of such a feed is `{"day": …}`, the day up to which it is complete. Between two pages it
has `since`, `until` and `least`: the days and the number of results that are read; `then`: the day
up to which the feed will be complete; `start`: where the next page starts; `begun`: the day on
which the list was begun. A list that was interrupted is read to its end before a new one begins, so
that no paper between them is missed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tui.core.paper import Paper
from tui.feeds.fetch_context import FetchContext, Page, Pages
from tui.net.client import Response
from tui.net.errors import NetError


@dataclass(frozen=True, slots=True)
class Span:
    """What is read of a list."""

    since: date
    """The first day."""
    until: date
    """The last day."""
    then: date
    """The day up to which the feed is complete afterwards."""
    least: int = 0
    """Results of a new feed: at least so many of a list that is sorted newest first, however old;
    at most so many of a list of days. 0 to go by the days alone."""
    start: str = ""
    """Where the next page starts, in the form of the service; empty for the first page."""

    @property
    def cursor(self) -> dict[str, str | int]:
        """The span as the cursor of a feed has it."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "then": self.then.isoformat(),
            "least": self.least,
            "start": self.start,
        }

    @classmethod
    def from_cursor(cls, cursor: Mapping[str, Any]) -> Span:
        """Return the span of such a cursor."""
        then = str(cursor["then"])
        since, until = (date.fromisoformat(str(cursor.get(n) or then)) for n in ("since", "until"))
        least, start = int(cursor.get("least") or 0), str(cursor.get("start") or "")
        return cls(since, until, date.fromisoformat(then), least, start)

    def next_start(self, papers: Sequence[Paper], page_size: int, total: int) -> str:
        """Return the number of the first result of the next page, of a list newest first.

        Empty if the list ends after `total` results, or if this page is older than the span.
        """
        start = int(self.start or 0) + page_size
        # One paper may have a wrong date, not all of these.
        newest = max((paper.published for paper in papers[-_LAST_PAPERS:]), default="")
        is_old = newest < self.since.isoformat() and start >= self.least
        return "" if is_old or is_end(start, total, len(papers) >= page_size) else str(start)


def is_end(read: int, total: int, is_full: bool) -> bool:
    """Return whether a list of `total` results ends with a page, after which `read` are read.

    A total that is less than what a full page has shown is wrong.
    """
    return read >= total and not (is_full and read > total)


GetPage = Callable[[Span], Awaitable[tuple[Response, Page, str]]]
"""Takes a span; returns the response and page at its start, and where the next page starts."""
_LAST_PAPERS = 5
"""The papers at the end of a page whose dates say how old it is."""
_EXPIRED = ("refused", "not-found")
"""Kinds of errors by which services refuse a start that they do not know any more."""


class PagedList:
    """A list of a service that `get_page` reads."""

    def __init__(self, context: FetchContext, get_page: GetPage) -> None:
        self._context = context
        self._cursor = context.status.cursor
        self._get_page = get_page

    @property
    def complete_until(self) -> date | None:
        """The day up to which the feed is complete after `finish`; None for a new feed.

        A day in the future is from a clock that was wrong.
        """
        day = self._cursor.get("then") or self._cursor.get("day")
        return min(date.fromisoformat(str(day)), self._context.utc_today) if day else None

    @property
    def is_interrupted(self) -> bool:
        """Whether the last fetch did not read its list to the end."""
        return "then" in self._cursor

    async def finish(self) -> Pages:
        """Yield the rest of a list that was interrupted, if there is one.

        One that was begun on another day is read again: the start of a page may be a number of
        records, and some of those before it may have moved.
        """
        if self.is_interrupted:
            span = Span.from_cursor(self._cursor)
            is_current = self._cursor.get("begun") == self._context.utc_today.isoformat()
            async for page in self.read(span if is_current else replace(span, start="")):
                yield page

    async def read_new(self, overlap: timedelta, first: timedelta, least: int = 0) -> Pages:
        """Yield the rest of an interrupted list, then the list from the last fetch until today.

        It begins `overlap` before the last fetch. Of a new feed it begins `first` before today, and
        `least` limits its results; see Span.
        """
        async for page in self.finish():
            yield page
        day, today = self.complete_until, self._context.utc_today
        since = day - overlap if day else today - first
        async for page in self.read(Span(since, today, today, 0 if day else least)):
            yield page

    async def read(self, span: Span, validators_of: Response | None = None) -> Pages:
        """Yield the pages of a span. The last one has the validators of `validators_of`.

        By default it has those of its own response, but only if the list has no other page: page
        one may stay as it is while papers appear on page two. A list whose start the service has
        forgotten is read again from its first page. Raises NetError if pages repeat.
        """
        # Papers that arrive meanwhile move the others: a page may repeat some of the page before.
        seen: set[str] = set()
        is_again = False
        while True:
            seen.add(span.start)
            try:
                response, page, start = await self._get_page(span)
            except NetError as error:
                if error.kind not in _EXPIRED or not span.start or is_again:
                    raise
                span, is_again = replace(span, start=""), True
                seen.clear()
                continue
            if response.not_modified:
                return
            if not start:
                only = None if span.start else response
                cursor = {"day": span.then.isoformat()}
                yield page.with_cursor(cursor, validators_of or only)
                return
            is_repeated = start in seen
            span = replace(span, start="" if is_repeated else start)
            begun = self._context.utc_today.isoformat()
            yield page.with_cursor({**span.cursor, "begun": begun})
            if is_repeated:
                why = f"{self._context.name} gives the same pages again and again"
                raise NetError("broken", f"{why}; the next fetch begins with the first")
