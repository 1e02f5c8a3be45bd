"""Hugging Face: the daily papers, and the trending papers."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from tui.feeds.fetch_context import JSON, FetchContext, Pages
from tui.net.errors import NetError

FIRST_DAYS = 7
"""Days that are fetched when the feed is new."""
MAX_DAYS = 60
"""Days that a fetch goes back; older days can be fetched one by one."""
_DAY_UNKNOWN = (400, 404)
"""Statuses for a day without papers."""
_PAGE_SIZE = 100
"""The most the service gives."""


def fetch_daily(context: FetchContext) -> Pages:
    """Yield the requested day, or the days from the last fetched one on (incomplete then)."""
    if context.day:
        return _fetch_days(
            context, date.fromisoformat(context.day), date.fromisoformat(context.day)
        )
    today = context.utc_today
    fetched = str(context.status.cursor.get("day", ""))
    since = date.fromisoformat(fetched) if fetched else today - timedelta(days=FIRST_DAYS - 1)
    return _fetch_days(context, max(since, today - timedelta(days=MAX_DAYS)), today)


async def _fetch_days(context: FetchContext, day: date, last: date) -> Pages:
    """Yield each day. Raises NetError if the service knows none of them."""
    unknown: NetError | None = None
    any_known = False
    while day <= last:
        try:
            async for page in _fetch_day(context, day.isoformat()):
                yield page
            any_known = True
        except NetError as error:
            if error.status not in _DAY_UNKNOWN:
                raise
            unknown = error
        day += timedelta(days=1)
    if unknown and not any_known:
        raise unknown


async def _fetch_day(context: FetchContext, day: str) -> Pages:
    """Yield the pages of a day. The last one has the cursor, unless the user requested the day."""
    number = 0
    while True:
        parameters: dict[str, str | int] = {"date": day, "limit": _PAGE_SIZE, "p": number}
        response = await context.get(_url(context, parameters))
        if response.not_modified:
            return
        rank = number * _PAGE_SIZE + 1
        page = await context.read_page(response, JSON, listed=day, first_rank=rank)
        if len(page.papers) < _PAGE_SIZE:
            yield (
                page
                if context.day
                else page.with_cursor({"day": day}, None if number else response)
            )
            return
        yield page
        number += 1


async def fetch_trending(context: FetchContext) -> Pages:
    """Yield the first page, as the list of today."""
    response = await context.get(_url(context, {"sort": "trending", "limit": _PAGE_SIZE}))
    if not response.not_modified:
        page = await context.read_page(response, JSON, context.today.isoformat(), first_rank=1)
        yield page.with_cursor({}, response)


def _url(context: FetchContext, parameters: dict[str, str | int]) -> str:
    return f"{context.network.base('hf')}/api/daily_papers?{urlencode(parameters)}"
