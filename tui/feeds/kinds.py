"""The kind of a feed, and how its pages are asked for."""

from __future__ import annotations

from collections.abc import Callable

from tui.feeds import anthology, arxiv, huggingface, openalex, scholar, web
from tui.feeds.names import is_query
from tui.feeds.page import Asking, Pages

_PAGES: dict[str, Callable[[Asking], Pages]] = {
    "arxiv": arxiv.category,
    "s2": scholar.author,
    "openalex": openalex.works,
    "acl": anthology.collections,
}


def pages(asking: Asking) -> Pages:
    """The pages of a feed, from where the last fetch ended. NetError when one cannot be had."""
    if asking.name == "hf:daily":
        return huggingface.daily(asking)
    if asking.name == "hf:trending":
        return huggingface.trending(asking)
    kind = asking.name.partition(":")[0]
    if kind == "arxiv" and is_query(asking.name):
        return arxiv.search(asking)
    return _PAGES.get(kind, web.file)(asking)
