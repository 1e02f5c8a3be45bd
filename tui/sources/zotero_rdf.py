"""Zotero's RDF: the items; a journal is told apart and found by its name, often further down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import every, records, root_element, text
from tui.sources.names import join_name
from tui.sources.record import read_record

_ITEMS = (
    "Article", "BookSection", "Book", "Thesis", "Report", "Document", "Manuscript", "Legislation",
    "Patent", "Letter", "Interview", "Illustration", "Recording", "MotionPicture", "Data",
    "Software", "Description", "Image",
)  # fmt: skip
_PASSED_OVER = ("Attachment", "Memo", "Collection", "Person", "Organization", "UserItem")
_HOLDERS = ("Journal", "Proceedings", "Series", "CourtReporter", "Periodical")
_NO_PAPERS = ("attachment", "note")
_MOST_WAITING = 20_000


def sniff(head: bytes) -> bool:
    """RDF with the names of bibliographies in it."""
    name, _ = root_element(head)
    return name == "RDF" and re.search(
        r"zotero\.org/namespaces|purl\.org/net/biblio|<bib:|bibliontology", decode_head(head)
    ) is not None  # fmt: skip


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each item; one whose journal is not known yet waits for the end."""
    holders: dict[str, str] = {}
    items: list[tuple[str, Element]] = []
    for found in records(stream, where, _ITEMS + _HOLDERS + _PASSED_OVER):
        if isinstance(found, RejectedRecord):
            yield found
        elif found.name in _HOLDERS:
            about = found.element.get("rdf_about", "")
            holders[about] = text(found.element, "title")
            for name in every(found.element, "identifier"):
                holders.setdefault(name, text(found.element, "title"))
        elif found.name in _ITEMS and text(found.element, "itemType") not in _NO_PAPERS:
            part = found.element.find("isPartOf")
            about = part.get("rdf_resource", "") if part is not None else ""
            if about and about not in holders and len(items) < _MOST_WAITING:
                items.append((found.place, found.element))
            else:
                yield from read_record(found.place, _common, found.element, holders)
    for place, element in items:
        yield from read_record(place, _common, element, holders)


def _common(element: Element, holders: dict[str, str]) -> dict[str, Any]:
    people_of = next(
        (e for n in ("authors", "presenters", "editors") if (e := element.find(n)) is not None),
        None,
    )
    part = element.find("isPartOf")
    identifiers = every(element, "value") + every(element, "identifier")
    about = element.get("rdf_about", "")
    numbers = " ".join([*identifiers, text(part, "identifier")])
    doi = re.search(r"10\.\d{4,9}/\S+", numbers)
    urls = [each for each in (about, *identifiers) if each.startswith("http")]
    own = element.find("title")
    return {
        "title": (own.text or "") if own is not None else "",
        "authors": [_person(each) for each in people_of.iter("Person")]
        if people_of is not None
        else [],
        "abstract": _direct(element, "abstract"),
        "published": _direct(element, "date"),
        "venue": text(part, "title")
        or holders.get(part.get("rdf_resource", "") if part is not None else "", "")
        or text(element, "publisher", "name"),
        "categories": [s for s in every(element, "subject") if len(s) < 200],
        "doi": doi[0] if doi else "",
        "url": urls[0] if urls else "",
    }


def _direct(element: Element, name: str) -> str:
    child = element.find(name)
    return (child.text or "") if child is not None else ""


def _person(person: Element) -> str:
    given = text(person, "givenName") or text(person, "givenname")
    return join_name(given, text(person, "surname")) or text(person, "name")


FORMAT = Format("zotero-rdf", "Zotero RDF", sniff, read)
