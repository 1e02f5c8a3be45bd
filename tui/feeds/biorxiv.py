"""bioRxiv and medRxiv: the preprints of a category, by the day on which they were posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import orjson

from tui.feeds.fetch_context import JSON, FetchContext, Page, Pages, parse_object
from tui.feeds.paged_list import PagedList, Span, is_end
from tui.net.client import Response
from tui.net.errors import NetError
from tui.sources.engines.json import objects, text

PAGE_SIZE = 100
"""What the service gives at once."""
FIRST_DAYS = timedelta(days=7)
"""Days of a category that are fetched when it is new."""
OVERLAP = timedelta(days=2)
"""How far a fetch goes back before the last one, because a preprint may appear late."""


def fetch_category(context: FetchContext) -> Pages:
    """Yield what was posted since the last fetch, without new versions of older preprints."""
    server, _, category = context.name.partition(":")
    is_new, count = not context.status.cursor, 0

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        nonlocal count
        days, start = f"{span.since}/{span.until}", int(span.start or 0)
        url = f"{context.network.base('biorxiv')}/details/{server}/{days}/{start}/json"
        response = await context.get(f"{url}?category={quote(category)}")
        if response.not_modified:
            return response, Page([]), ""
        answer = parse_object(response)
        posts = objects(answer.get("collection"))
        of_category = [post for post in posts if _category(post) == category]
        count += len(of_category)
        total = int(text(answer, "messages", 0, "total") or 0)
        start += len(posts)
        is_last = not posts or is_end(start, total, len(posts) >= PAGE_SIZE)
        if is_new and is_last and not count:
            why = f"{server} has had no {category.replace('_', ' ')} for a week; its categories are"
            raise NetError("not-found", f"{why} listed at https://www.{server}.org")
        listed = ((text(p, "date"), p) for p in of_category if text(p, "version") in ("", "1"))
        page = await context.read_days(response, JSON, listed, orjson.dumps)
        return response, page, "" if is_last else str(start)

    return PagedList(context, get_page).read_new(OVERLAP, FIRST_DAYS)


def _category(post: Mapping[str, Any]) -> str:
    """Return the category of a preprint as names of feeds have it."""
    return text(post, "category").lower().replace(" ", "_")
