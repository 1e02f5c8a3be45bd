"""Hugging Face: the daily papers, a request a day; and what trends."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from tui.feeds.fetch_context import JSON, Asked, FetchContext, Page, Pages
from tui.net.errors import NetError

FIRST_DAYS = 7
"""Days fetched when a feed is new."""
MOST_DAYS = 60
"""Days that are caught up with; older ones come when they are asked for."""
_UNKNOWN = (400, 404)
"""What may be said of a day without papers."""
_PAGE = 100
"""Papers in a request: the most the service gives."""


def fetch_daily(asking: FetchContext) -> Pages:
    """Each day from the last one fetched, which was not over then, to today; or the day asked."""
    if asking.day:
        return _days(asking, date.fromisoformat(asking.day), date.fromisoformat(asking.day))
    told = str(asking.status.cursor.get("day", ""))
    since = date.fromisoformat(told) if told else asking.utc - timedelta(days=FIRST_DAYS - 1)
    return _days(asking, max(since, asking.utc - timedelta(days=MOST_DAYS)), asking.utc)


async def _days(asking: FetchContext, day: date, last: date) -> Pages:
    """Each day to the last; one that the service does not know does not hold up those after it."""
    unknown: NetError | None = None
    answered = False
    while day <= last:
        try:
            async for page in _day(asking, day.isoformat()):
                yield page
            answered = True
        except NetError as error:
            if error.status not in _UNKNOWN:
                raise
            unknown = error
        day += timedelta(days=1)
    if unknown and not answered:
        raise unknown


async def _day(asking: FetchContext, day: str) -> Pages:
    """The pages of one day; only the last moves the cursor, and a past day asked for does not."""
    first: Asked | None = None
    number = 0
    while True:
        asked = await asking.ask(_url(asking, {"date": day, "limit": _PAGE, "p": number}))
        if asked.unchanged:
            yield Page([], cursor={"day": day})
            return
        first = first or asked
        page = await asking.read(asked, JSON, listed=day)
        if len(page.papers) < _PAGE:
            yield page if asking.day else page.ending({"day": day}, first)
            return
        yield page
        number += 1


async def fetch_trending(asking: FetchContext) -> Pages:
    """The first page, whose order is the news."""
    asked = await asking.ask(_url(asking, {"sort": "trending", "limit": _PAGE}))
    if not asked.unchanged:
        yield (await asking.read(asked, JSON)).ending({}, asked)


def _url(asking: FetchContext, params: dict[str, str | int]) -> str:
    return f"{asking.network.base('hf')}/api/daily_papers?{urlencode(params)}"
