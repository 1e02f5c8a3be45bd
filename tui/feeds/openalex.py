"""OpenAlex: the works of a filter, newest first."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import orjson

from tui.feeds.names import openalex_filter
from tui.feeds.page import JSON, Asked, Asking, Pages

PAGE = 100
FIRST_PAPERS = 200
"""Works fetched when the feed is new."""
OVERLAP = timedelta(days=30)
"""So late a work may come in under the date of its publication."""
_DEEPEST = 10_000
"""How many results can be paged through."""


async def works(asking: Asking) -> Pages:
    """What was published since the last fetch; if that was cut short, what it had left first."""
    cursor = asking.status.cursor
    day = str(cursor.get("day") or "")
    if "start" in cursor:
        since = str(cursor.get("since") or "")
        async for page in _older(asking, since, int(cursor["start"]), str(cursor["then"])):
            yield page
        day = str(cursor["then"])
    since = (date.fromisoformat(day) - OVERLAP).isoformat() if day else ""
    async for page in _older(asking, since, 0, asking.utc.isoformat()):
        yield page


async def _older(asking: Asking, since: str, start: int, then: str) -> Pages:
    """Pages down to `since`; new works push others down, which repeats some and misses none."""
    first: Asked | None = None
    while True:
        asked = await asking.ask(_url(asking, start // PAGE + 1))
        if asked.unchanged:
            return
        if start == 0:
            first = asked
        page = await asking.read(asked, JSON)
        start += PAGE
        oldest = page.papers[-1].published if page.papers else ""
        enough = _DEEPEST if since else FIRST_PAPERS
        if oldest < since or start >= min(_total(asked.answer.body), enough):
            yield page.ending({"day": then}, first)
            return
        yield page.ending({"start": start, "since": since, "then": then})


def _url(asking: Asking, number: int) -> str:
    params: dict[str, str | int] = {
        "filter": openalex_filter(asking.name),
        "sort": "publication_date:desc",
        "per-page": PAGE,
        "page": number,
    }
    if asking.network.mail:  # their polite pool
        params["mailto"] = asking.network.mail
    return f"{asking.network.base('openalex')}/works?{urlencode(params)}"


def _total(body: bytes) -> int:
    """How many works there are; 0 if it is not told."""
    try:
        told = orjson.loads(body)["meta"]["count"]
    except (ValueError, LookupError, TypeError):
        return 0
    return told if isinstance(told, int) else 0
