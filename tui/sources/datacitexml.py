"""DataCite's XML, in which Zenodo and other archives tell what a DOI of theirs stands for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name, to_reading_order
from tui.sources.record import read_record


def sniff(head: bytes) -> bool:
    """One resource, or a list of them, of DataCite's kernel."""
    name, _ = root_element(head)
    return name in ("resource", "resources") and "datacite.org/schema/kernel" in decode_head(head)


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each resource."""
    for found in records(stream, where, ("resource",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        yield from read_record(found.place, _common, found.element)


def _common(record: Element) -> dict[str, Any]:
    titles = {e.get("titleType"): (e.text or "").strip() for e in record.iter("title")}
    title, subtitle = titles.get(None, ""), titles.get("Subtitle", "")
    days = {e.get("dateType"): (e.text or "").strip() for e in record.iter("date")}
    parts = {e.get("descriptionType"): (e.text or "").strip() for e in record.iter("description")}
    return {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "authors": [_name(e) for e in record.iter("creator")],
        "abstract": parts.get("Abstract"),
        "published": days.get("Issued") or text(record, "publicationYear"),
        "venue": text(record, "publisher"),
        "categories": every(record, "subject"),
        "doi": text(record, "identifier"),
    }


def _name(creator: Element) -> str:
    given, family = text(creator, "givenName"), text(creator, "familyName")
    return join_name(given, family) if family else to_reading_order(text(creator, "creatorName"))


FORMAT = Format("datacite-xml", "DataCite XML", sniff, read)
