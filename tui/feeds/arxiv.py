"""arXiv: a category's announcements, or a search.

A category is its RSS feed, because only that tells what was announced on which day, cross-lists
and papers that were held back included. But it holds the last day alone, so days that were missed
are filled in from the API, newest first. A search is the API alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tui.core.paper import Paper
from tui.feeds import arxiv_calendar
from tui.feeds.fetch_context import FEED, Asked, FetchContext, Page, Pages
from tui.net.errors import NetError

PAGE = 100
"""Papers in a request."""
FIRST_DAYS = 7
"""Days of a category fetched when it is new."""
FIRST_PAPERS = 200
"""Papers of a search fetched at least when it is new."""
OVERLAP = timedelta(days=4)
"""Submissions of so long before an announcement can be in it: a weekend and a holiday."""
_DEEPEST = 30_000
"""How many results the API goes down."""
_EMPTY_TRIES = 3
"""The API sometimes gives an empty page where there is more."""

_REPLACED = re.compile(
    rb"<(item|entry)\b(?:(?!</\1>).)*?<arxiv:announce_type>\s*replace.*?</\1>", re.DOTALL
)
_TOTAL = re.compile(rb"<opensearch:totalResults[^>]*>\s*(\d+)")
_SUBMITTED = re.compile(
    rb"<id>[^<]*/abs/([^<]+?)(?:v\d+)?</id>(?:(?!</entry>).)*?<published>([^<]+)</published>",
    re.DOTALL,
)


async def fetch_category(asking: FetchContext) -> Pages:
    """What was announced since the last fetch."""
    day = _day(asking.status.cursor)
    if "start" in asking.status.cursor:
        async for page in _resumed(asking, _categories(asking)):
            yield page
        day = _then(asking.status.cursor)
    asked = await asking.ask(f"{asking.network.base('arxiv_rss')}/rss/{asking.rest}")
    if asked.unchanged:
        return
    page = await _announcements(asking, asked)
    latest = max((date.fromisoformat(each.listed) for each in page.papers), default=None)
    until = latest or arxiv_calendar.last_announcement_date(asking.today)
    if day and not arxiv_calendar.missed_announcement(day, until):
        yield page.ending({"day": (latest or day).isoformat()}, asked)
        return
    yield page
    since = day - OVERLAP if day else until - timedelta(days=FIRST_DAYS)
    span = _Span(_categories(asking), since, until)
    async for page in _submitted(asking, span, rss=asked):
        yield page


async def fetch_search(asking: FetchContext) -> Pages:
    """What was submitted since the last fetch; the first time, at least so many."""
    day = _day(asking.status.cursor)
    if "start" in asking.status.cursor:
        async for page in _resumed(asking, asking.rest):
            yield page
        day = _then(asking.status.cursor)
    since = (day or asking.utc) - OVERLAP
    span = _Span(asking.rest, since, asking.utc, least=0 if day else FIRST_PAPERS)
    async for page in _submitted(asking, span):
        yield page


@dataclass(frozen=True, slots=True)
class _Span:
    """What of a query's results is wanted."""

    query: str
    since: date
    """Papers submitted before are not."""
    then: date
    """Where the cursor is when all have come."""
    start: int = 0
    least: int = 0
    """So many newest papers are wanted, however old."""

    def at(self, start: int) -> dict[str, str | int]:
        """The cursor of a fetch that got to `start` so far."""
        return {
            "start": start,
            "since": self.since.isoformat(),
            "then": self.then.isoformat(),
            "least": self.least,
        }


def _resumed(asking: FetchContext, query: str) -> Pages:
    """Where a fetch was cut short: to its end, before what has come since is asked for."""
    told = asking.status.cursor
    since = date.fromisoformat(str(told["since"]))
    span = _Span(query, since, _then(told), int(told["start"]), int(told.get("least") or 0))
    return _submitted(asking, span)


def _then(cursor: Mapping[str, Any]) -> date:
    """The day that will have been reached when the interrupted fetch is at its end."""
    return date.fromisoformat(str(cursor["then"]))


def _day(cursor: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(str(cursor["day"])) if cursor.get("day") else None


async def _submitted(asking: FetchContext, span: _Span, rss: Asked | None = None) -> Pages:
    """Pages of the API, newest first, down to the end of the span.

    Papers that come in meanwhile push the others down, so that a page may bring some again but
    never leaves one out.
    """
    first: Asked | None = None
    start = span.start
    while True:
        asked, page, total = await _submissions(asking, span.query, start, rss is None)
        if asked.unchanged:
            return
        if start == 0:
            first = asked
        start += PAGE
        oldest = page.papers[-1].published if page.papers else ""
        reached = oldest < span.since.isoformat() and start >= span.least
        if reached or start >= min(total, _DEEPEST):
            yield page.ending({"day": span.then.isoformat()}, rss or first)
            return
        yield page.ending(span.at(start))


async def _submissions(
    asking: FetchContext, query: str, start: int, conditional: bool
) -> tuple[Asked, Page, int]:
    """One page of the API, and how many results there are."""
    wanted = {"search_query": query, "start": start, "max_results": PAGE}
    order = {"sortBy": "submittedDate", "sortOrder": "descending"}
    url = f"{asking.network.base('arxiv')}/query?{urlencode(wanted | order)}"
    for _ in range(_EMPTY_TRIES):
        asked = await asking.ask(url, conditional=conditional)
        if asked.unchanged:
            return asked, Page([]), 0
        page = await asking.read(asked, FEED)
        told = _TOTAL.search(asked.answer.body)
        total = int(told[1]) if told else start + len(page.papers)
        if page.papers or page.refused or start >= total:
            return asked, _on_their_days(asking, asked, page), total
    raise NetError("broken", "arXiv gave an empty page where there is more; fetch again later")


def _on_their_days(asking: FetchContext, asked: Asked, page: Page) -> Page:
    """The papers of the API under the days they were announced, as submission tells."""
    days: dict[str, str] = {}
    for name, told in _SUBMITTED.findall(asked.answer.body):
        try:
            when = datetime.fromisoformat(told.decode("ascii", "replace").strip())
        except ValueError:
            continue
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        day = min(arxiv_calendar.announcement_date(when), asking.today)
        days[name.decode("ascii", "replace")] = day.isoformat()
    papers = [replace(p, listed=days.get(p.ids.get("arxiv", ""), p.listed)) for p in page.papers]
    return replace(page, papers=papers)


async def _announcements(asking: FetchContext, asked: Asked) -> Page:
    """The new papers and cross-lists of the day: replacements are papers of other days."""
    body = _REPLACED.sub(b"", asked.answer.body)
    asked = replace(asked, answer=replace(asked.answer, body=body))
    page = await asking.read(asked, FEED)
    return replace(page, papers=[_as_submitted(paper) for paper in page.papers])


def _as_submitted(paper: Paper) -> Paper:
    """RSS tells no day of submission: the id has the month of a cross-list from long before."""
    month = _month(paper.ids.get("arxiv", ""))
    return paper if paper.published.startswith(month) else replace(paper, published=month)


def _month(name: str) -> str:
    """`2024-02` of `2402.18668` and `math/0309136` as `2003-09`; empty if it has none."""
    found = re.match(r"(?:[a-z-]+/)?(\d\d)(\d\d)", name)
    if not found:
        return ""
    century = "19" if int(found[1]) > 90 else "20"
    return f"{century}{found[1]}-{found[2]}"


def _categories(asking: FetchContext) -> str:
    """The categories as a search: an archive is all of its subjects."""
    names = asking.rest.split("+")
    return " OR ".join(f"cat:{name}" if "." in name else f"cat:{name}*" for name in names)
