"""OpenAlex: the works of a filter, newest first."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import orjson

from tui.feeds.feed_names import openalex_filter
from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages
from tui.feeds.newest_first import NewestFirst
from tui.net.client import Response

PAGE_SIZE = 100
FIRST_PAPERS = 200
"""The least number of works that are fetched of a new feed."""
OVERLAP = timedelta(days=30)
"""How long after its publication a work may appear."""
_MAX_RESULTS = 10_000
"""The API gives no results beyond this."""


async def fetch_works(context: FetchContext) -> Pages:
    """Yield what was published since the last fetch."""

    async def get_page(start: int) -> tuple[Response, Page, int]:
        response = await context.get(_url(context, start // PAGE_SIZE + 1))
        if response.not_modified:
            return response, Page([]), 0
        return response, await context.read_page(response, JSON), _total(response.body)

    works = NewestFirst(context, get_page, PAGE_SIZE, _MAX_RESULTS)
    async for page in works.finish():
        yield page
    day = works.complete_until
    since = (day or context.utc_today) - OVERLAP
    async for page in works.read(since, context.utc_today, 0 if day else FIRST_PAPERS):
        yield page


def _url(context: FetchContext, page_number: int) -> str:
    parameters: dict[str, str | int] = {
        "filter": openalex_filter(context.name),
        "sort": "publication_date:desc",
        "per-page": PAGE_SIZE,
        "page": page_number,
    }
    if context.network.mail:  # OpenAlex answers faster if it knows whom to write to
        parameters["mailto"] = context.network.mail
    return f"{context.network.base('openalex')}/works?{urlencode(parameters)}"


def _total(body: bytes) -> int:
    """Return the number of works; 0 if the response does not say it."""
    try:
        total = orjson.loads(body)["meta"]["count"]
    except (ValueError, LookupError, TypeError):
        return 0
    return total if isinstance(total, int) else 0
