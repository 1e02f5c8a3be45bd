"""EndNote's XML export, which other programs write too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import to_reading_order
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """Records with the tags that only EndNote has."""
    name, _ = root_element(head)
    return name in ("xml", "records", "record") and re.search(
        r"<(?:source-app|rec-number|ref-type|contributors|database)[\s>]", decode_head(head)
    ) is not None  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each record."""
    for found in records(stream, where, ("record",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, _common, found.element)


def _common(record: Element) -> dict[str, Any]:
    authors = next(record.iter("authors"), None)
    if authors is None:
        authors = next(record.iter("secondary-authors"), None)
    number = text(record, "accession-num")
    medline = "medline" in text(record, "remote-database-name").lower()
    urls = [url for url in every(record, "url") if url.startswith("http")]
    day, year = text(record, "pub-dates", "date"), text(record, "dates", "year")
    return {
        "title": text(record, "titles", "title") or text(record, "titles", "secondary-title"),
        "authors": [to_reading_order(name) for name in every(authors, "author")]
        if authors is not None
        else [],
        "abstract": text(record, "abstract"),
        "published": day if year and year in day else f"{day} {year}".strip(),
        "year": year,
        "venue": text(record, "periodical", "full-title")
        or text(record, "titles", "secondary-title")
        or text(record, "publisher"),
        "categories": [word.lstrip("*") for word in every(record, "keyword")],
        "doi": text(record, "electronic-resource-num"),
        "pmid": number if medline else "",
        "url": urls[0] if urls else "",
    }


FORMAT = Format("endnote-xml", "EndNote XML", sniff, read)
