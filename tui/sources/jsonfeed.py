"""JSON Feed: its items, like those of other feeds, are papers where they link to one."""

from __future__ import annotations

from tui.core import identifiers as ids
from tui.sources.formats.publishers import is_paper_page
from tui.sources.record import NotAPaper
from tui.sources.shapes import Object, Shape, signs, text


def common(record: Object) -> Object:
    """The fields of one item; the link that tells an identifier is the one that counts."""
    links = [text(record, "url"), text(record, "external_url"), text(record, "id")]
    telling = next((link for link in links if ids.from_url(link)), "") or next(
        (link for link in links if is_paper_page(link)), ""
    )
    if not telling:
        raise NotAPaper("links to no paper")
    return {
        "title": text(record, "title"),
        "authors": record.get("authors") or record.get("author"),
        "abstract": text(record, "content_text")
        or text(record, "content_html")
        or text(record, "summary"),
        "published": text(record, "date_published"),
        "categories": record.get("tags"),
        "url": telling,
    }


SHAPE = Shape(
    "json-feed",
    "a JSON feed whose items link to papers",
    signs("id content_html", "id content_text", "id url date_published"),
    common,
)
