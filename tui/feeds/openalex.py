"""OpenAlex: the works of a filter, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson

from tui.feeds.feed_names import openalex_filter
from tui.feeds.fetch_context import JSON, Asked, FetchContext, Pages

PAGE = 100
FIRST_PAPERS = 200
"""Works fetched at least when the feed is new."""
OVERLAP = timedelta(days=30)
"""So late a work may come in under the date of its publication."""
_DEEPEST = 10_000
"""How many results can be paged through."""


async def fetch_works(asking: FetchContext) -> Pages:
    """What was published since the last fetch; if that was cut short, what it had left first."""
    cursor = asking.status.cursor
    day = str(cursor.get("day") or "")
    if "start" in cursor:
        day = str(cursor["then"])
        async for page in _older(asking, cursor):
            yield page
    since = (date.fromisoformat(day) if day else asking.utc) - OVERLAP
    async for page in _older(
        asking,
        {
            "start": 0,
            "since": since.isoformat(),
            "then": asking.utc.isoformat(),
            "least": 0 if day else FIRST_PAPERS,
        },
    ):
        yield page


async def _older(asking: FetchContext, span: Mapping[str, Any]) -> Pages:
    """Pages of a span, which is a cursor; new works push others down: some repeat, none is missed.

    `least` works are wanted however old, then those since a day; then the cursor is at `then`.
    """
    first: Asked | None = None
    start = int(span["start"])
    while True:
        asked = await asking.ask(_url(asking, start // PAGE + 1))
        if asked.unchanged:
            return
        if start == 0:
            first = asked
        page = await asking.read(asked, JSON)
        start += PAGE
        oldest = page.papers[-1].published if page.papers else ""
        reached = oldest < str(span["since"]) and start >= int(span["least"])
        if reached or start >= min(_total(asked.answer.body), _DEEPEST):
            yield page.ending({"day": span["then"]}, first)
            return
        yield page.ending({**span, "start": start})


def _url(asking: FetchContext, number: int) -> str:
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
