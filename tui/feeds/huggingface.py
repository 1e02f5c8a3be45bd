"""Hugging Face: the daily papers, and the trending papers."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from urllib.parse import urlencode

from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages
from tui.net.errors import NetError
from tui.sources.interface import Notice

FIRST_DAYS = 7
"""Days that are fetched when the feed is new."""
MAX_DAYS = 60
"""Days that a fetch goes back; older days can be fetched one by one."""
VOTE_DAYS = 14
"""Days whose votes are fetched again, because papers are voted for days after they are listed."""
_MAX_VOTE_PAGES = 8
_LISTED = re.compile(rb"\"submittedOnDailyAt\"\s*:\s*\"([\d-]{10})")
_NEAR = timedelta(days=3)
"""Papers that are submitted at a weekend or in another time zone stand on a day near it."""
_DAY_UNKNOWN = (400, 404)
"""Statuses for a day without papers."""
_PAGE_SIZE = 100
"""The most the service gives."""


async def fetch_daily(context: FetchContext) -> Pages:
    """Yield the requested day, or the days from the last fetched one on (incomplete then).

    If one of these has changed, the votes of earlier days follow.
    """
    if context.day:
        day = last = date.fromisoformat(context.day)
    else:
        last = context.utc_today
        fetched = str(context.status.cursor.get("day", ""))
        day = date.fromisoformat(fetched) if fetched else last - timedelta(days=FIRST_DAYS - 1)
        day = max(day, last - timedelta(days=MAX_DAYS))
    since = str(context.status.cursor.get("since") or day)
    has_pages = False
    async for page in _fetch_days(context, day, last, since):
        has_pages = True
        yield page
    if has_pages and not context.day:
        oldest = (last - timedelta(days=VOTE_DAYS)).isoformat()
        async for page in _fetch_votes(context, max(since, oldest), day.isoformat()):
            yield page


async def _fetch_votes(context: FetchContext, since: str, until: str) -> Pages:
    """Yield the papers listed from one day to before another, with the votes they have now.

    The service gives the latest papers of all days in pages, so that this takes few requests. A
    failure is only reported: the papers of the new days are there.
    """
    number = 0
    while since < until and number < _MAX_VOTE_PAGES:
        try:
            url = _url(context, {"limit": _PAGE_SIZE, "p": number})
            page = await context.read_page(await context.get(url), JSON)
        except NetError as error:
            if error.kind == "stopped":
                raise
            why = f"the votes of earlier days are not up to date: {error}"
            yield Page([], notices=[Notice(context.name, why)])
            return
        papers = [
            paper._replace(
                listings=tuple(each._replace(votes=0, comments=0) for each in paper.listings)
            )
            for paper in page.papers
            if since <= paper.listed < until
        ]
        yield Page(papers)
        is_last = len(page.papers) + len(page.rejected) < _PAGE_SIZE
        if is_last or min((paper.listed for paper in page.papers), default="") < since:
            return
        number += 1


async def _fetch_days(context: FetchContext, day: date, last: date, since: str) -> Pages:
    """Yield each day; `since` is the first day that was ever fetched.

    Raises NetError if the service knows none of them.
    """
    unknown: NetError | None = None
    any_known = False
    while day <= last:
        try:
            async for page in _fetch_day(context, day.isoformat(), since):
                yield page
            any_known = True
        except NetError as error:
            if error.status not in _DAY_UNKNOWN:
                raise
            unknown = error
        day += timedelta(days=1)
    if unknown and not any_known:
        raise unknown


async def _fetch_day(context: FetchContext, day: str, since: str) -> Pages:
    """Yield the pages of a day. The last one has the cursor, unless the user requested the day."""
    number = 0
    while True:
        parameters: dict[str, str | int] = {"date": day, "limit": _PAGE_SIZE, "p": number}
        response = await context.get(_url(context, parameters))
        if response.not_modified:
            return
        _check_day(response.body, date.fromisoformat(day))
        rank = number * _PAGE_SIZE + 1
        page = await context.read_page(response, JSON, listed=day, first_rank=rank)
        if len(page.papers) + len(page.rejected) < _PAGE_SIZE:
            yield (
                page
                if context.day
                else page.with_cursor({"day": day, "since": since}, None if number else response)
            )
            return
        yield page
        number += 1


def _check_day(body: bytes, day: date) -> None:
    """Raise NetError if all papers of a page were listed on days far from the one requested."""
    days = []
    for found in _LISTED.findall(body):
        with suppress(ValueError):
            days.append(date.fromisoformat(found.decode()))
    if days and all(abs(each - day) > _NEAR for each in days):
        why = f"Hugging Face answered with the papers of {days[0]} instead of {day}"
        raise NetError("broken", f"{why}, which are not added; fetch again later")


async def fetch_trending(context: FetchContext) -> Pages:
    """Yield the first page, as the list of today."""
    response = await context.get(_url(context, {"sort": "trending", "limit": _PAGE_SIZE}))
    if not response.not_modified:
        page = await context.read_page(response, JSON, context.today.isoformat(), first_rank=1)
        yield page.with_cursor({}, response)


def _url(context: FetchContext, parameters: dict[str, str | int]) -> str:
    return f"{context.network.base('hf')}/api/daily_papers?{urlencode(parameters)}"
