"""OPML: feeds to follow. It holds no papers, so reading it says what it is good for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from tui.core.text import clean_line
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.engines.xml import records, root_element


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed somebody follows."""

    title: str
    url: str


def sniff(head: bytes) -> bool:
    """The root element."""
    return root_element(head)[0].lower() == "opml"


def feeds(stream: BinaryIO, where: str) -> Iterator[Feed | RejectedRecord]:
    """Each feed of the outline, once, folders or not."""
    seen: set[str] = set()
    for found in records(stream, where, (), ("outline",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        told = {name.lower(): value for name, value in found.element.attrib.items()}
        url = clean_line(told.get("xmlurl", ""))
        if re.match(r"https?://\S+$", url) and url not in seen:
            seen.add(url)
            yield Feed(clean_line(told.get("title") or told.get("text") or url), url)


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Nothing to add; how many feeds it names, and how to follow them."""
    found = list(feeds(stream, where))
    yield from (each for each in found if isinstance(each, RejectedRecord))
    count = sum(isinstance(each, Feed) for each in found)
    noun = "feed" if count == 1 else "feeds"
    yield RejectedRecord(
        where, f"OPML: {count} {noun} to follow, no papers; `sheaf feeds add` takes it"
    )


FORMAT = Format("opml", "OPML (feeds to follow)", sniff, read)
