"""The kind of a feed, and how its pages are asked for."""

from __future__ import annotations

from collections.abc import Callable

from tui.feeds import acl_anthology, arxiv, huggingface, openalex, semantic_scholar, web
from tui.feeds.feed_names import is_arxiv_search
from tui.feeds.fetch_context import FetchContext, Pages

_PAGES: dict[str, Callable[[FetchContext], Pages]] = {
    "arxiv": arxiv.fetch_category,
    "s2": semantic_scholar.fetch_author,
    "openalex": openalex.fetch_works,
    "acl": acl_anthology.fetch_collections,
}


def fetch_pages(asking: FetchContext) -> Pages:
    """The pages of a feed, from where the last fetch ended. NetError when one cannot be had."""
    if asking.name == "hf:daily":
        return huggingface.fetch_daily(asking)
    if asking.name == "hf:trending":
        return huggingface.fetch_trending(asking)
    kind = asking.name.partition(":")[0]
    if kind == "arxiv" and is_arxiv_search(asking.name):
        return arxiv.fetch_search(asking)
    return _PAGES.get(kind, web.fetch_url)(asking)
