"""OpenAlex: the works of a filter, newest first."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import orjson

from tui.feeds.feed_names import openalex_filter
from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response

PAGE_SIZE = 100
FIRST_PAPERS = 200
"""The least number of works that are fetched of a new feed."""
OVERLAP = timedelta(days=30)
"""How long after its publication a work may appear."""
_MAX_RESULTS = 10_000
"""The API gives no results beyond this."""


def fetch_works(context: FetchContext) -> Pages:
    """Yield what was published since the last fetch."""

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        response = await context.get(_url(context, int(span.start or 0) // PAGE_SIZE + 1))
        if response.not_modified:
            return response, Page([]), ""
        page = await context.read_page(response, JSON)
        total = min(_total(response.body), _MAX_RESULTS)
        return response, page, span.next_start(page.papers, PAGE_SIZE, total)

    return PagedList(context, get_page).read_new(OVERLAP, OVERLAP, FIRST_PAPERS)


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
