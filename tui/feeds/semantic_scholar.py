"""Semantic Scholar: the papers of an author; all of them, because they are in no order of time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import orjson

from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError
from tui.net.validators import NO_VALIDATORS

_PAGE_SIZE = 500
_FIELDS = (
    "title,authors,abstract,venue,year,publicationDate,externalIds,url,openAccessPdf,"
    "citationCount,fieldsOfStudy,journal"
)

_AUTHOR_ID = re.compile(rb"\"authorId\"\s*:\s*\"(\d+)\"")


def fetch_author(context: FetchContext) -> Pages:
    """Yield all papers; after an interruption, first the rest of them."""
    url = f"{context.network.base('s2')}/graph/v1/{context.query}/papers"

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        start = int(span.start or 0)
        parameters = {"fields": _FIELDS, "limit": _PAGE_SIZE, "offset": start}
        response = await context.get(f"{url}?{urlencode(parameters)}")
        if response.not_modified:
            return response, Page([]), ""
        page = await context.read_page(response, JSON)
        _check_author(response.body, context.query.rpartition("/")[2])
        if len(page.papers) + len(page.rejected) >= _PAGE_SIZE:
            # The page may stay as it is when a second one follows.
            response = replace(response, validators=NO_VALIDATORS)
        next_start = _next_start(response.body)
        return response, page, str(next_start) if next_start > start else ""

    return PagedList(context, get_page).read_new(timedelta(), timedelta())


def _check_author(body: bytes, author: str) -> None:
    """Raise NetError if all papers are by other authors."""
    numbers = _AUTHOR_ID.findall(body)
    if numbers and author.encode() not in numbers:
        raise NetError(
            "broken",
            f"Semantic Scholar answered with papers of other authors than {author}, which are not "
            f"added; the number of the author may have changed: look the author up there",
        )


def _next_start(body: bytes) -> int:
    """Return where the next page begins; 0 if this is the last."""
    try:
        start = orjson.loads(body).get("next")
    except (ValueError, AttributeError):
        return 0
    return start if isinstance(start, int) else 0
