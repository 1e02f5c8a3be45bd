"""The sources that Microsoft Word keeps for its citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources import people
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.xmlrecords import records, root, text


def sniff(head: bytes) -> bool:
    """The root element of Word's Sources.xml."""
    name, attributes = root(head)
    return name == "Sources" and "bibliography" in attributes


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each source."""
    for found in records(stream, where, ("Source",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        try:
            yield paper(_common(found.element))
        except NotAPaper as error:
            yield RejectedRecord(found.place, str(error))


def _common(source: Element) -> dict[str, Any]:
    writers = source.find("Author/Author")
    parts = (text(source, name) for name in ("Day", "Month", "Year"))
    return {
        "title": text(source, "Title"),
        "authors": [
            people.name(f"{text(each, 'First')} {text(each, 'Middle')}", text(each, "Last"))
            for each in (writers.iter("Person") if writers is not None else ())
        ] or [text(writers, "Corporate")],
        "published": " ".join(part for part in parts if part),
        "year": text(source, "Year"),
        "venue": text(source, "JournalName") or text(source, "ConferenceName")
        or text(source, "BookTitle") or text(source, "Publisher"),
        "doi": text(source, "DOI") or text(source, "StandardNumber"),
        "url": text(source, "URL"),
    }  # fmt: skip


SOURCE = Source("word", "sources of Microsoft Word", sniff, read)
