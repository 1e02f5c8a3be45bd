"""dblp: all papers of an author, or the papers of a venue by year."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from tui.feeds.fetch_context import DBLP, JSON, FetchContext, Page, Pages, parse_object
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError
from tui.sources.engines.json import inner, text

PAGE_SIZE = 1000
FIRST_DAYS = timedelta(days=365)
"""Days of a venue that are fetched when it is new: this year and the last."""
OVERLAP = timedelta(days=120)
"""How far a fetch goes back before the last one, because a paper may appear late."""


def fetch_papers(context: FetchContext) -> Pages:
    """Yield the papers of an author, or those of a venue in the years since the last fetch."""
    kind, _, name = context.query.partition("/")
    if kind == "author":
        return _fetch_author(context, name)
    is_new, count = not context.status.cursor, 0

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        nonlocal count
        year, first = map(int, (span.start or f"{span.since.year} 0").split())
        response = await context.get(_url(context, name, year, first))
        if response.not_modified:
            return response, Page([]), ""
        hits = inner(inner(parse_object(response), "result"), "hits")
        total, sent = (int(text(hits, field) or 0) for field in ("@total", "@sent"))
        page = await context.read_page(response, JSON) if sent else Page([])
        count += sent
        following = f"{year} {first + sent}"
        if not sent or first + sent >= total:
            following = f"{year + 1} 0" if year < span.until.year else ""
        if is_new and not following and not count:
            why = f"dblp has no papers of {name} in {span.since.year} and {year}"
            raise NetError("not-found", f"{why}; its page at dblp.org has the name in its address")
        return response, page, following

    return PagedList(context, get_page).read_new(OVERLAP, FIRST_DAYS)


async def _fetch_author(context: FetchContext, person: str) -> Pages:
    response = await context.get(f"{context.network.base('dblp')}/pid/{person}.xml")
    if not response.not_modified:
        yield (await context.read_page(response, DBLP)).with_cursor({}, response)


def _url(context: FetchContext, venue: str, year: int, first: int) -> str:
    parameters: dict[str, str | int] = {
        "q": f"stream:streams/{venue}: year:{year}:",
        "format": "json",
        "h": PAGE_SIZE,
        "f": first,
        "c": 0,  # no completions of the search
    }
    return f"{context.network.base('dblp')}/search/publ/api?{urlencode(parameters)}"
