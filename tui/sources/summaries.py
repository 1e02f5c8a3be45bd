"""Short records of PubMed's services (eSummary, both versions) and of Europe PMC, as XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name, reverse_initials
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """The roots these services answer with."""
    name, _ = root_element(head)
    return name == "eSummaryResult" or (
        name == "responseWrapper" and "<resultList" in decode_head(head)
    )


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each summary."""
    shapes = {"DocSum": _items, "DocumentSummary": _summary, "result": _europe_pmc}
    for found in records(stream, where, tuple(shapes)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, shapes[found.name], found.element)


def _items(record: Element) -> dict[str, Any]:
    """Version 1: `<Item Name="Title">`."""
    told = {item.get("Name"): (item.text or "").strip() for item in record.findall("Item")}
    authors = record.findall("Item[@Name='AuthorList']/Item")
    return {
        "title": told.get("Title"),
        "authors": [reverse_initials(item.text or "") for item in authors],
        "published": told.get("PubDate") or told.get("EPubDate"),
        "venue": told.get("FullJournalName") or told.get("Source"),
        "doi": told.get("DOI"),
        "pmid": text(record, "Id"),
    }


def _summary(record: Element) -> dict[str, Any]:
    """Version 2: `<Title>`."""
    named = {text(e, "IdType"): text(e, "Value") for e in record.iter("ArticleId")}
    return {
        "title": text(record, "Title"),
        "authors": [reverse_initials(text(e, "Name")) for e in record.iter("Author")],
        "published": text(record, "PubDate") or text(record, "EPubDate"),
        "venue": text(record, "FullJournalName") or text(record, "Source"),
        "doi": named.get("doi"),
        "pmid": record.get("uid"),
    }


def _europe_pmc(record: Element) -> dict[str, Any]:
    authors = [
        join_name(text(e, "firstName"), text(e, "lastName")) or text(e, "collectiveName")
        for e in record.iter("author")
    ]
    listed = text(record, "authorString").rstrip(".").split(", ")
    return {
        "title": text(record, "title"),
        "authors": authors or [reverse_initials(name) for name in listed],
        "abstract": text(record, "abstractText"),
        "published": text(record, "firstPublicationDate") or text(record, "pubYear"),
        "venue": text(record, "journal", "title") or text(record, "journalTitle"),
        "categories": every(record, "keyword"),
        "doi": text(record, "doi"),
        "pmid": text(record, "pmid"),
    }


FORMAT = Format("summaries", "PubMed or Europe PMC summaries (XML)", sniff, read)
