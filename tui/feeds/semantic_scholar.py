"""Semantic Scholar: the papers of an author; all of them, because they are in no order of time."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson

from tui.feeds.fetch_context import JSON, FetchContext, Pages
from tui.net.client import Response

_PAGE_SIZE = 500
_FIELDS = (
    "title,authors,abstract,venue,year,publicationDate,externalIds,url,openAccessPdf,"
    "citationCount,fieldsOfStudy,journal"
)


async def fetch_author(context: FetchContext) -> Pages:
    """Yield all papers; after an interruption, the rest of them."""
    start = int(context.status.cursor.get("start") or 0)
    url = f"{context.network.base('s2')}/graph/v1/{context.query}/papers"
    first: Response | None = None
    while True:
        parameters = {"fields": _FIELDS, "limit": _PAGE_SIZE, "offset": start}
        response = await context.get(f"{url}?{urlencode(parameters)}")
        if response.not_modified:
            return
        if start == 0:
            first = response
        page = await context.read_page(response, JSON)
        next_start = _next_start(response.body)
        if next_start <= start:
            yield page.with_cursor({}, first)
            return
        start = next_start
        yield page.with_cursor({"start": start})


def _next_start(body: bytes) -> int:
    """Return where the next page begins; 0 if this is the last."""
    try:
        start = orjson.loads(body).get("next")
    except (ValueError, AttributeError):
        return 0
    return start if isinstance(start, int) else 0
