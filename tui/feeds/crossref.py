"""Crossref: the articles of a journal, by the day on which they were registered."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import orjson

from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages, parse_object
from tui.feeds.paged_list import PagedList, Span, is_end
from tui.net.client import Response
from tui.net.errors import NetError
from tui.sources.engines.json import inner, objects, text

PAGE_SIZE = 100
FIRST_DAYS = timedelta(days=30)
"""Days of a journal that are fetched when it is new."""
OVERLAP = timedelta(days=1)
"""How far a fetch goes back before the last one, because an article may appear late."""


def fetch_journal(context: FetchContext) -> Pages:
    """Yield what was registered since the last fetch."""

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        # The service may name every page alike, so the number of results says where this one is.
        number, _, cursor = span.start.partition(" ")
        response = await context.get(_url(context, span, cursor or "*"))
        if response.not_modified:
            return response, Page([]), ""
        message = inner(parse_object(response), "message")
        articles = objects(message.get("items"))
        if articles and not any(context.query in str(each.get("ISSN")) for each in articles):
            raise NetError("broken", f"Crossref answered with other journals than {context.query}")
        listed = ((text(each, "created", "date-time")[:10], each) for each in articles)
        page = await context.read_days(response, JSON, listed, orjson.dumps)
        following, end = text(message, "next-cursor"), int(number or 0) + len(articles)
        total = int(text(message, "total-results") or 0)
        is_last = not articles or not following or is_end(end, total, len(articles) >= PAGE_SIZE)
        return response, page, "" if is_last else f"{end} {following}"

    return PagedList(context, get_page).read_new(OVERLAP, FIRST_DAYS)


def _url(context: FetchContext, span: Span, cursor: str) -> str:
    days = f"from-created-date:{span.since},until-created-date:{span.until}"
    parameters: dict[str, str | int] = {
        "filter": f"{days},type:journal-article",
        "rows": PAGE_SIZE,
        "cursor": cursor,
    }
    if context.network.mail:  # Crossref answers faster if it knows whom to write to
        parameters["mailto"] = context.network.mail
    base = context.network.base("crossref")
    return f"{base}/journals/{context.query}/works?{urlencode(parameters)}"
