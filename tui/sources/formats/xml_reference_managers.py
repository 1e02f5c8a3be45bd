"""XML of reference managers and word processors: EndNote, Zotero's RDF, Microsoft Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.dates import join_date
from tui.sources.engines.xml import XmlFormat, all_texts, first_text, iter_elements, text
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.names import RawAuthor, read_endnote_author, read_institution, read_person
from tui.sources.record import read_record


def _endnote_authors(record: Element) -> list[RawAuthor]:
    writers = (e for name in ("authors", "secondary-authors") for e in record.iter(name))
    return list(map(read_endnote_author, all_texts(next(writers, None), "author")))


def _endnote_date(record: Element) -> str:
    day, year = text(record, "pub-dates", "date"), text(record, "dates", "year")
    if day.isdecimal() and int(day) <= 12:  # Mendeley writes the number of the month
        return join_date(year, day)
    return day if year and year in day else f"{day} {year}".strip()


def _endnote_pmid(record: Element) -> str:
    """The accession number, if the record came from PubMed."""
    is_medline = "medline" in text(record, "remote-database-name").lower()
    return text(record, "accession-num") if is_medline else ""


def _word_authors(source: Element) -> list[RawAuthor]:
    writers = source.find("Author/Author")
    people = writers.iter("Person") if writers is not None else ()
    names: list[RawAuthor] = [
        read_person(f"{text(each, 'First')} {text(each, 'Middle')}", text(each, "Last"))
        for each in people
    ]
    return names or [read_institution(text(writers, "Corporate"))]


_ZOTERO_ITEMS = (
    "Article", "BookSection", "Book", "Thesis", "Report", "Document", "Manuscript", "Legislation",
    "Patent", "Letter", "Interview", "Illustration", "Recording", "MotionPicture", "Data",
    "Software", "Description", "Image",
)  # fmt: skip
_ZOTERO_CONTAINERS = ("Journal", "Proceedings", "Series", "CourtReporter", "Periodical")
_ZOTERO_OTHERS = ("Attachment", "Memo", "Collection", "Person", "Organization", "UserItem")
"""Elements that are not works but may hold elements of the same names."""
_NOT_PAPERS = ("attachment", "note")
_MAX_WAITING = 20_000
"""Items that may wait for their journal at a time; each is a parsed element in memory."""


def _read_zotero_rdf(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each item; one that names a journal that comes later waits for the end of the file."""
    containers: dict[str, str] = {}
    waiting: list[tuple[str, Element]] = []
    names = _ZOTERO_ITEMS + _ZOTERO_CONTAINERS + _ZOTERO_OTHERS
    for found in iter_elements(stream, where, names):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        place, element = found
        if element.tag in _ZOTERO_CONTAINERS:
            title = text(element, "title")
            containers[element.get("rdf_about", "")] = title
            for identifier in all_texts(element, "identifier"):
                containers.setdefault(identifier, title)
        elif element.tag in _ZOTERO_ITEMS and text(element, "itemType") not in _NOT_PAPERS:
            container = _container(element)
            if container and container not in containers and len(waiting) < _MAX_WAITING:
                waiting.append((place, element))
            else:
                yield from read_record(place, _zotero_fields, element, containers)
    for place, element in waiting:
        yield from read_record(place, _zotero_fields, element, containers)


def _container(item: Element) -> str:
    """The name of the journal or book that an item is in."""
    part = item.find("isPartOf")
    return part.get("rdf_resource", "") if part is not None else ""


def _zotero_fields(item: Element, containers: dict[str, str]) -> dict[str, Any]:
    roles = ("authors", "presenters", "editors")
    people = next((e for role in roles if (e := item.find(role)) is not None), None)
    part = item.find("isPartOf")
    identifiers = all_texts(item, "value") + all_texts(item, "identifier")
    doi = re.search(r"10\.\d{4,9}/\S+", " ".join([*identifiers, text(part, "identifier")]))
    urls = (each for each in (item.get("rdf_about", ""), *identifiers) if each.startswith("http"))
    return {
        "title": item.findtext("title"), "abstract": item.findtext("abstract"),
        "authors": [
            read_person(first_text(each, "givenName|givenname"), text(each, "surname"))
            or text(each, "name")
            for each in (people.iter("Person") if people is not None else ())
        ],
        "published": item.findtext("date"),
        "venue": text(part, "title") or containers.get(_container(item), "")
        or text(item, "publisher", "name"),
        "categories": [each for each in all_texts(item, "subject") if len(each) < 200],
        "doi": doi[0] if doi else "", "url": next(urls, ""),
    }  # fmt: skip


_ZOTERO_RDF = XmlFormat(
    "zotero-rdf",
    "Zotero RDF",
    roots={"RDF": r"zotero\.org/namespaces|purl\.org/net/biblio|<bib:|bibliontology"},
)
ENDNOTE = XmlFormat(
    "endnote-xml", "EndNote XML",
    roots={
        "xml|records?|EndNote": r"<(?:source-app|rec-number|ref-type|contributors|database)[\s>]"
    },
    records={"record": {
        "title": "titles/title|titles/secondary-title", "authors": _endnote_authors,
        "abstract": "abstract", "published": _endnote_date, "year": "dates/year",
        "venue": "periodical/full-title|titles/secondary-title|publisher",
        "categories": lambda e: [word.lstrip("*") for word in all_texts(e, "keyword")],
        "doi": "electronic-resource-num", "pmid": _endnote_pmid,
        "url": lambda e: next((u for u in all_texts(e, "url") if u.startswith("http")), ""),
    }},
)  # fmt: skip
ZOTERO_RDF = FunctionFormat(
    _ZOTERO_RDF.name, _ZOTERO_RDF.label, _ZOTERO_RDF.sniff, _read_zotero_rdf
)
WORD = XmlFormat(
    "word", "sources of Microsoft Word",
    roots={"Sources": r"Sources\s[^<>]*bibliography"},
    records={"Source": {
        "title": "Title|ShortTitle", "authors": _word_authors, "year": "Year",
        "categories": lambda e: text(e, "BIBTEX_KeyWords"),  # as JabRef writes them
        "published": lambda e: join_date(*(text(e, name) for name in ("Year", "Month", "Day"))),
        "venue": "JournalName|ConferenceName|BookTitle|Publisher",
        "doi": "DOI|StandardNumber", "url": "URL",
    }},
)  # fmt: skip
