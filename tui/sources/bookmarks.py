"""Bookmarks as JSON: of Pinboard, and the backups of Firefox and Chrome with their folders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.core import identifiers as ids
from tui.sources.formats import listing
from tui.sources.formats.publishers import is_paper_page
from tui.sources.record import NotAPaper
from tui.sources.shapes import Object, Shape, objects, signs, text

_DEEPEST = 100
"""Folders within folders."""


def leaves(value: Any, depth: int = 0) -> Iterator[Object]:
    """The bookmarks below a folder."""
    if depth > _DEEPEST:
        return
    for child in objects(value.get("children")) if isinstance(value, dict) else []:
        if "children" in child:
            yield from leaves(child, depth + 1)
        elif text(child, "uri") or text(child, "url"):
            yield child


def common(record: Object) -> Object:
    """A bookmark, if it leads to a paper."""
    link = text(record, "href") or text(record, "uri") or text(record, "url")
    found = ids.from_url(link)
    if not found and not is_paper_page(link):
        raise NotAPaper("links to no paper")
    name = text(record, "description") or text(record, "title") or text(record, "name")
    tags = text(record, "tags")
    return {
        "title": listing.paper_title(name),
        "ids": found,
        "url": link,
        "categories": tags.split(",") if "," in tags else tags.split(),
    }


SHAPES = (
    Shape("pinboard", "bookmarks of Pinboard", signs("href description extended"), common),
    Shape("firefox", "bookmarks of Firefox", signs("uri typeCode title"), common),
    Shape("chrome", "bookmarks of Chrome", signs("date_added guid name url"), common),
)
