"""The kinds of feeds: from the name of a feed to the function that fetches its pages."""

from __future__ import annotations

from collections.abc import Callable

from tui.feeds import (
    acl_anthology,
    arxiv,
    biorxiv,
    crossref,
    dblp,
    huggingface,
    oai,
    openalex,
    pubmed,
    semantic_scholar,
)
from tui.feeds.feed_names import is_arxiv_search
from tui.feeds.fetch_context import ANY, FetchContext, Pages

_FETCHERS: dict[str, Callable[[FetchContext], Pages]] = {
    "arxiv": arxiv.fetch_category,
    "s2": semantic_scholar.fetch_author,
    "openalex": openalex.fetch_works,
    "acl": acl_anthology.fetch_collections,
    "pubmed": pubmed.fetch_search,
    "biorxiv": biorxiv.fetch_category,
    "medrxiv": biorxiv.fetch_category,
    "crossref": crossref.fetch_journal,
    "dblp": dblp.fetch_papers,
    "oai": oai.fetch_repository,
}
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)


def fetch_pages(context: FetchContext) -> Pages:
    """Return the pages of a feed from where the last fetch ended; they raise NetError."""
    if context.name == "hf:daily":
        return huggingface.fetch_daily(context)
    if context.name == "hf:trending":
        return huggingface.fetch_trending(context)
    kind = context.name.partition(":")[0]
    if kind == "arxiv" and is_arxiv_search(context.name):
        return arxiv.fetch_search(context)
    return _FETCHERS.get(kind, _fetch_url)(context)


async def _fetch_url(context: FetchContext) -> Pages:
    """Yield the papers in whatever `tui.sources` can read at a URL."""
    response = await context.get(context.name, user_supplied=True, accept=_ACCEPT)
    if not response.not_modified:
        yield (await context.read_page(response, ANY)).with_cursor({}, response)
