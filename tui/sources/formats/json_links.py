"""JSON of links, which are papers only where they lead to one: bookmarks and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.core import identifiers
from tui.sources.engines.json import JsonFormat, Object, first_text, objects, text
from tui.sources.formats import markdown_links
from tui.sources.formats.publishers import is_paper_page
from tui.sources.record import NotAPaper

_MAX_FOLDERS = 100
"""Folders of bookmarks inside each other."""


def iter_bookmarks(folder: Any, depth: int = 0) -> Iterator[Object]:
    """Yield the bookmarks in a folder and in the folders inside it."""
    if depth > _MAX_FOLDERS:
        return
    for child in objects(folder.get("children")) if isinstance(folder, dict) else []:
        if "children" in child:
            yield from iter_bookmarks(child, depth + 1)
        elif first_text(child, "uri|url"):
            yield child


def _bookmark_fields(record: Object) -> Object:
    link = first_text(record, "href|uri|url")
    found = identifiers.from_url(link)
    if not found and not is_paper_page(link):
        raise NotAPaper("has no link to a paper")
    tags = text(record, "tags")
    return {
        "title": markdown_links.paper_title(first_text(record, "description|title|name")),
        "ids": found,
        "url": link,
        "categories": tags.split(",") if "," in tags else tags.split(),
    }


def _feed_item_fields(record: Object) -> Object:
    links = [text(record, name) for name in ("url", "external_url", "id")]
    with_id = (link for link in links if identifiers.from_url(link))
    link = next(with_id, "") or next(filter(is_paper_page, links), "")
    if not link:
        raise NotAPaper("has no link to a paper")
    return {
        "title": text(record, "title"), "authors": record.get("authors") or record.get("author"),
        "abstract": first_text(record, "content_text|content_html|summary"),
        "published": text(record, "date_published"), "categories": record.get("tags"), "url": link,
    }  # fmt: skip


JSON_FEED = JsonFormat(
    "json-feed", "a JSON feed whose items link to papers",
    ("id content_html", "id content_text", "id url date_published"),
    _feed_item_fields,
)  # fmt: skip
BOOKMARKS = JsonFormat(
    "bookmarks", "bookmarks of Firefox, Chrome or Pinboard",
    ("uri typeCode title", "date_added guid name url", "href description extended"),
    _bookmark_fields,
)  # fmt: skip
