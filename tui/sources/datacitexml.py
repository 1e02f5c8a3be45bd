"""DataCite's XML, in which Zenodo and other archives tell what a DOI of theirs stands for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources import people
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import opening
from tui.sources.xmlrecords import every, records, root, text


def sniff(head: bytes) -> bool:
    """One resource, or a list of them, of DataCite's kernel."""
    name, _ = root(head)
    return name in ("resource", "resources") and "datacite.org/schema/kernel" in opening(head)


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each resource."""
    for found in records(stream, where, ("resource",)):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        try:
            yield paper(_common(found.element))
        except NotAPaper as error:
            yield RejectedRecord(found.place, str(error), error.ids)


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
    return people.name(given, family) if family else people.turned(text(creator, "creatorName"))


SOURCE = Source("datacite-xml", "DataCite XML", sniff, read)
