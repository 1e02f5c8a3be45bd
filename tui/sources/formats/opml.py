"""OPML: a list of feeds, without papers. Adding one is rejected with the command for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from tui.core.text import clean_line, count_items
from tui.core.urls import is_web_url
from tui.sources.engines.xml import iter_elements, root_element
from tui.sources.interface import FunctionFormat, Record, RejectedRecord


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed that the outline names."""

    title: str
    url: str


def iter_feeds(stream: BinaryIO, where: str) -> Iterator[OpmlFeed | RejectedRecord]:
    """Yield each feed of the outline once, whatever folders it is in."""
    seen: set[str] = set()
    for found in iter_elements(stream, where, ("outline",), heads=("outline",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        attributes = {name.lower(): value for name, value in found[1].attrib.items()}
        url = clean_line(attributes.get("xmlurl", ""))
        if is_web_url(url) and url not in seen:
            seen.add(url)
            title = attributes.get("title") or attributes.get("text") or url
            yield OpmlFeed(clean_line(title), url)


def _sniff(head: bytes) -> bool:
    return root_element(head).lower() == "opml"


def _read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Reject the file with the number of its feeds and the command that follows them."""
    found = list(iter_feeds(stream, where))
    yield from (each for each in found if isinstance(each, RejectedRecord))
    count = sum(isinstance(each, OpmlFeed) for each in found)
    why = f"lists {count_items(count, 'feeds')} and no papers; `sheaf feeds add FILE` follows them"
    yield RejectedRecord(where, why)


FORMAT = FunctionFormat("opml", "OPML (feeds to follow)", _sniff, _read)
