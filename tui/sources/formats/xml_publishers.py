"""XML of publishers and of the registries of their DOIs: JATS, Crossref, DataCite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from tui.sources.engines.xml import (
    Mapper,
    XmlFormat,
    all_texts,
    numeric_date,
    person_name,
    text,
    texts_by,
    with_subtitle,
)


def jats_fields(article: Element) -> dict[str, Any]:
    """Return the fields of a JATS article, of which only the front is read."""
    meta = next(article.iter("article-meta"), article)
    ids = texts_by(meta, "article-id", "pub-id-type")
    return {
        "title": text(meta, "title-group", "article-title"),
        "authors": [
            person_name(each, "given-names", "surname") or text(each, "collab")
            for each in meta.iter("contrib")
            if each.get("contrib-type") in (None, "author")
        ],
        "abstract": text(meta, "abstract"),
        "published": max(map(numeric_date, meta.iter("pub-date")), key=len, default=""),
        "venue": text(article, "journal-title") or text(article, "journal-id"),
        "categories": all_texts(meta, "kwd"),
        "doi": ids.get("doi"),
        "pmid": ids.get("pmid"),
    }


def _datacite_title(record: Element) -> str:
    titles = texts_by(record, "title", "titleType")
    return with_subtitle(titles.get("", ""), titles.get("subtitle", ""))


def _datacite_authors(record: Element) -> list[str]:
    return [
        person_name(each, "givenName", "familyName")
        if text(each, "familyName")
        else text(each, "creatorName")
        for each in record.iter("creator")
    ]


def _datacite_date(record: Element) -> str:
    issued = texts_by(record, "date", "dateType").get("issued")
    return issued or text(record, "publicationYear")


_CROSSREF_WORKS = (
    "journal_article", "conference_paper", "content_item", "posted_content", "dissertation",
    "report-paper", "book_metadata", "book_series_metadata", "dataset", "standard",
    "proceedings_metadata",
)  # fmt: skip
"""The elements of a record that are a work, the smallest first."""


class _CrossrefDeposit:
    """Reads the works of a deposit, in which the journal or proceedings come before their works."""

    def __init__(self) -> None:
        self._container: Element | None = None

    def mappers(self) -> Mapping[str, Mapper]:
        """Return the function for each element."""
        containers = ("journal_metadata", "proceedings_metadata")
        works = ("doi_record", "query", "journal_article", "conference_paper", "posted_content",
                 "dissertation", "book")  # fmt: skip
        return dict.fromkeys(containers, self._remember) | dict.fromkeys(works, self._fields)

    def _remember(self, container: Element) -> None:
        self._container = container

    def _fields(self, record: Element) -> dict[str, Any]:
        titled = (
            each
            for name in _CROSSREF_WORKS
            for each in record.iter(name)
            if text(each, "titles", "title")
        )
        work = next(titled, record)
        dates = list(work.iter("publication_date")) or list(record.iter("publication_date"))
        dates += [*record.iter("posted_date"), *record.iter("approval_date")]
        data = work.find("doi_data")
        return {
            "title": text(work, "titles", "title") or text(work, "article_title"),
            "authors": _crossref_authors(work),
            "abstract": text(work, "abstract"),
            "published": max(map(numeric_date, dates), key=len, default=""),
            "venue": text(self._container, "full_title")
            or text(self._container, "proceedings_title")
            or text(record, "full_title")
            or text(record, "journal_title")
            or text(record, "proceedings_title")
            or text(record, "book_metadata", "titles", "title")
            or text(record, "publisher_name"),
            "doi": text(data if data is not None else work, "doi"),
            "url": text(data, "resource"),
        }


def _crossref_authors(work: Element) -> list[str]:
    """People and groups in their order; editors only where there are no authors."""
    kinds = ("person_name", "organization", "contributor")
    everybody = [each for each in work.iter() if each.tag in kinds]
    authors = [e for e in everybody if e.get("contributor_role", "author") == "author"]
    return [
        (each.text or "").strip()
        if each.tag == "organization"
        else person_name(each, "given_name", "surname")
        for each in authors or everybody
    ]


CROSSREF = XmlFormat(
    "unixref", "Crossref XML",
    roots={"doi_records?|crossref_result|doi_batch": ""},
    start=lambda: _CrossrefDeposit().mappers(),
).format()  # fmt: skip
DATACITE = XmlFormat(
    "datacite-xml", "DataCite XML",
    roots={"resources?": r"datacite\.org/schema/kernel"},
    records={"resource": {
        "title": _datacite_title, "authors": _datacite_authors, "published": _datacite_date,
        "abstract": lambda e: texts_by(e, "description", "descriptionType").get("abstract"),
        "venue": "publisher", "categories": "subject", "doi": "identifier",
    }},
).format()  # fmt: skip
JATS = XmlFormat(
    "jats", "JATS XML of full articles",
    roots={"article|pmc-articleset|articles": r"<[^<>]*\sarticle-type=|<article-meta"},
    records={"article": jats_fields},
).format()  # fmt: skip
