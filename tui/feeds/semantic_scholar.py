"""Semantic Scholar: an author's papers. Their order says nothing of time, so all are read."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson

from tui.feeds.fetch_context import JSON, Asked, FetchContext, Pages

_PAGE = 500
_FIELDS = (
    "title,authors,abstract,venue,year,publicationDate,externalIds,url,openAccessPdf,"
    "citationCount,fieldsOfStudy,journal"
)


async def fetch_author(asking: FetchContext) -> Pages:
    """Page by page; an interrupted list is read to its end, the next fetch reads it from its
    beginning."""
    start = int(asking.status.cursor.get("start") or 0)
    path = f"{asking.network.base('s2')}/graph/v1/{asking.rest}/papers"
    first: Asked | None = None
    while True:
        params = {"fields": _FIELDS, "limit": _PAGE, "offset": start}
        asked = await asking.ask(f"{path}?{urlencode(params)}")
        if asked.unchanged:
            return
        if start == 0:
            first = asked
        page = await asking.read(asked, JSON)
        following = _next(asked.answer.body)
        if following <= start:
            yield page.ending({}, first)
            return
        start = following
        yield page.ending({"start": start})


def _next(body: bytes) -> int:
    """Where the next page begins; 0 if this is the last."""
    try:
        told = orjson.loads(body).get("next")
    except (ValueError, AttributeError):
        return 0
    return told if isinstance(told, int) else 0
