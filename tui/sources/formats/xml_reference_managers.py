"""XML of reference managers and word processors: EndNote, RDF, Microsoft Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from tui.sources.dates import join_date
from tui.sources.engines.xml import (
    XmlFormat,
    all_texts,
    author_in,
    first_text,
    inner_text,
    iter_elements,
    text,
)
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.names import RawAuthor, read_endnote_author
from tui.sources.record import read_record

_ENDNOTE_WRITERS = ("authors", "secondary-authors")


def _endnote_date(record: Element) -> str:
    day, year = text(record, "pub-dates", "date"), text(record, "dates", "year")
    if day.isdecimal() and int(day) <= 12:  # Mendeley writes the number of the month
        return join_date(year, day)
    return day if year and year in day else f"{day} {year}".strip()


def _word_authors(source: Element) -> list[RawAuthor]:
    writers = source.find("Author/Author")
    people = list(writers.iter("Person")) if writers is not None else []
    return list(map(author_in, people or source.findall("Author/Author")))


_RDF_WORKS = (
    "Article", "AcademicArticle", "ScholarlyArticle", "BookSection", "Chapter", "Book", "Thesis",
    "Report", "Document", "Manuscript", "Legislation", "Patent", "Letter", "Interview",
    "Illustration", "Recording", "MotionPicture", "Data", "Dataset", "Software",
    "SoftwareSourceCode", "Description", "Image",
)  # fmt: skip
"""Works in Zotero's RDF, in the Bibliographic Ontology and in schema.org."""
_RDF_RESOURCES = ("Journal", "Proceedings", "Series", "CourtReporter", "Periodical", "Issue",
                  "PublicationIssue", "PublicationVolume", "Person", "Organization")  # fmt: skip
"""What works refer to by its address: where they appeared and who wrote them."""
_RDF_OTHERS = ("Attachment", "Memo", "Collection", "UserItem")
"""Elements that are not works but may hold elements of the same names."""
_RDF_ROLES = ("authors", "authorList", "presenters", "creator", "author", "editors", "editorList",
              "editor")  # fmt: skip
_NOT_PAPERS = ("attachment", "note")
_MAX_WAITING = 20_000
"""Works that may wait for a resource at a time; each is a parsed element in memory."""

_Resources = dict[str, Element]
"""The address or number of a resource to its element."""


def _read_rdf(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each work; one that refers to what comes later waits for the end of the file."""
    resources: _Resources = {}
    waiting: list[tuple[str, Element]] = []
    for found in iter_elements(stream, where, _RDF_WORKS + _RDF_RESOURCES + _RDF_OTHERS):
        if isinstance(found, RejectedRecord):
            yield found
            continue
        place, element = found
        if element.tag in _RDF_RESOURCES:
            names = (element.get("rdf_about"), element.get("rdf_nodeID"))
            for name in filter(None, (*names, *all_texts(element, "identifier"))):
                resources.setdefault(name, element)
        elif element.tag in _RDF_WORKS and text(element, "itemType") not in _NOT_PAPERS:
            references = {_reference(e) for e in element.iter() if e.tag in _RDF_REFERRING}
            missing = any(each and each not in resources for each in references)
            if missing and len(waiting) < _MAX_WAITING:
                waiting.append((place, element))
            else:
                yield from read_record(place, _rdf_fields, element, resources)
    for place, element in waiting:
        yield from read_record(place, _rdf_fields, element, resources)


_RDF_REFERRING = frozenset((*_RDF_ROLES, "isPartOf", "li"))


def _reference(element: Element) -> str:
    """The address or number of the resource that an element refers to."""
    return element.get("rdf_resource") or element.get("rdf_nodeID") or ""


def _rdf_people(work: Element, resources: _Resources) -> list[RawAuthor]:
    for role in _RDF_ROLES:
        elements = [e for each in work.findall(role) for e in list(each.iter("li")) or [each]]
        people = (resources.get(_reference(each), each) for each in elements)
        authors = list(map(author_in, people))
        if any(authors):
            return authors
    return []


def _rdf_fields(work: Element, resources: _Resources) -> dict[str, Any]:
    part = work.find("isPartOf")
    whole = part if part is None else resources.get(_reference(part), part)
    related = (_reference(each) for each in work.findall("sameAs"))
    names = ("value", "identifier", "doi", "uri")
    identifiers = [each for name in names for each in all_texts(work, name)] + list(related)
    doi = re.search(r"10\.\d{4,9}/\S+", " ".join([*identifiers, text(whole, "identifier")]))
    urls = (each for each in (work.get("rdf_about", ""), *identifiers) if each.startswith("http"))
    dates = [work.findtext(name) for name in ("date", "issued", "datePublished")]
    subjects = [each for name in ("subject", "about", "keywords") for each in all_texts(work, name)]
    repository = work.find("codeRepository")
    return {
        "title": work.findtext("title") or work.findtext("name"),
        "authors": _rdf_people(work, resources),
        # Zotero writes its field Extra as the description.
        "extra": work.findtext("description") if text(work, "itemType") else "",
        "abstract": work.findtext("abstract")
        or ("" if text(work, "itemType") else work.findtext("description")),
        "published": next(filter(None, dates), "") or first_text(whole, "date|datePublished"),
        "venue": first_text(whole, "title|name")
        or (inner_text(part).strip() if part is not None else "")
        or text(work, "publisher", "name") or work.findtext("publisher"),
        "categories": [each for each in subjects if len(each) < 200],
        "doi": doi[0] if doi else "", "url": next(urls, ""),
        "code": _reference(repository) if repository is not None else "",
    }  # fmt: skip


_RDF = XmlFormat(
    "zotero-rdf",
    "RDF of works (Zotero, Bibliontology, schema.org)",
    records={},
    roots={
        "RDF": r"zotero\.org/namespaces|purl\.org/net/biblio|<bib:|bibliontology"
        rf"|purl\.org/ontology/bibo|<schema:(?:{'|'.join(_RDF_WORKS)})[\s>]"
    },
)
ENDNOTE = XmlFormat(
    "endnote-xml", "EndNote XML",
    roots={
        "xml|records?|EndNote": r"<(?:source-app|rec-number|ref-type|contributors|database)[\s>]"
    },
    records={"record": {
        "title": "titles/title|titles/secondary-title",
        "authors": lambda e: list(map(read_endnote_author, all_texts(
            next((w for name in _ENDNOTE_WRITERS for w in e.iter(name)), None), "author"
        ))),
        "abstract": "abstract", "published": _endnote_date, "year": "dates/year",
        "venue": "periodical/full-title|titles/secondary-title|publisher",
        "categories": lambda e: [word.lstrip("*") for word in all_texts(e, "keyword")],
        "doi": "electronic-resource-num",
        # The accession number, if the record came from PubMed.
        "pmid": lambda e: text(e, "accession-num")
        if "medline" in text(e, "remote-database-name").lower() else "",
        "url": lambda e: next((u for u in all_texts(e, "url") if u.startswith("http")), ""),
    }},
)  # fmt: skip
RDF = FunctionFormat(_RDF.name, _RDF.label, _RDF.sniff, _read_rdf)
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
