"""The sources that Microsoft Word keeps for its citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.engines.xml import records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """The root element of Word's Sources.xml."""
    name, attributes = root_element(head)
    return name == "Sources" and "bibliography" in attributes


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each source."""
    for found in records(stream, where, ("Source",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, _common, found.element)


def _common(source: Element) -> dict[str, Any]:
    writers = source.find("Author/Author")
    parts = (text(source, name) for name in ("Day", "Month", "Year"))
    return {
        "title": text(source, "Title"),
        "authors": [
            join_name(f"{text(each, 'First')} {text(each, 'Middle')}", text(each, "Last"))
            for each in (writers.iter("Person") if writers is not None else ())
        ] or [text(writers, "Corporate")],
        "published": " ".join(part for part in parts if part),
        "year": text(source, "Year"),
        "venue": text(source, "JournalName") or text(source, "ConferenceName")
        or text(source, "BookTitle") or text(source, "Publisher"),
        "doi": text(source, "DOI") or text(source, "StandardNumber"),
        "url": text(source, "URL"),
    }  # fmt: skip


FORMAT = Format("word", "sources of Microsoft Word", sniff, read)
