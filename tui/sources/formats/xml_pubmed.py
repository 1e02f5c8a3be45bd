"""XML of PubMed and Europe PMC: full records, and the summaries of their search services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from tui.sources.dates import join_date, most_exact_date, to_iso_date
from tui.sources.engines.xml import XmlFormat, all_texts, first_text, inner_text, person_name, text
from tui.sources.names import RawAuthor, read_initials_last, read_institution
from tui.sources.record import FieldSource


def _article_title(record: Element) -> str:
    titles = (text(record, name) for name in ("ArticleTitle", "VernacularTitle", "BookTitle"))
    title = next((each for each in titles if each and not each.startswith("[Not Available]")), "")
    # PubMed puts a title that it translated in brackets.
    return title.removeprefix("[").removesuffix("].") if title.startswith("[") else title


def _article_authors(record: Element) -> list[RawAuthor]:
    return [
        (text(each, "LastName") and _author(each)) or read_institution(text(each, "CollectiveName"))
        for each in next(record.iter("AuthorList"), ())
    ]


def _article_abstract(record: Element) -> str:
    """The sections of the abstract, each after its label."""
    sections = (
        ((each.get("Label") or "").removeprefix("UNLABELLED"), inner_text(each).strip())
        for each in record.iter("AbstractText")
    )
    return "\n\n".join(
        f"{label}: {inside}" if label else inside for label, inside in sections if inside
    )


def _article_venue(record: Element) -> str:
    """The journal or book, else the publisher of what is a book itself."""
    book = text(record, "BookTitle")
    is_part = book and book != _article_title(record)
    return first_text(record, "Journal/Title|MedlineTA") or (
        book if is_part else text(record, "PublisherName")
    )


def _article_keywords(record: Element) -> list[str]:
    """The keywords of the authors, then those of the library."""
    return all_texts(record, "Keyword") + all_texts(record, "DescriptorName")


def _author(author: Element) -> RawAuthor:
    given = "ForeName" if text(author, "ForeName") else "Initials"
    return person_name(author, given, "LastName", "Suffix")


def _article_date(record: Element) -> str:
    """The date of the issue, else of the article online; that one too if it is more exact."""
    days: list[str] = []
    for name in ("PubDate", "ArticleDate", "ContributionDate"):
        element = next(record.iter(name), None)
        if element is not None and (year := text(element, "Year")):
            days.append(join_date(year, text(element, "Month"), text(element, "Day")))
    issue = days and len(to_iso_date(days[0])) == 4
    return (most_exact_date(days) if issue else next(iter(days), "")) or first_text(
        record, "PubDate/MedlineDate|PubDate"
    )


def _article_doi(record: Element) -> str:
    """The DOI of the article, not one of its references."""
    own = record.find("PubmedData/ArticleIdList")
    for element in (*record.iter("ELocationID"), *(own if own is not None else ())):
        if "doi" in (element.get("EIdType"), element.get("IdType")):
            return inner_text(element).strip()
    return ""


def _item_fields(record: Element) -> dict[str, Any]:
    """The fields of version 1 of eSummary: `<Item Name="Title">`."""
    items = {item.get("Name"): (item.text or "").strip() for item in record.findall("Item")}
    authors = record.findall("Item[@Name='AuthorList']/Item")
    return {
        "title": items.get("Title"), "doi": items.get("DOI"), "pmid": text(record, "Id"),
        "authors": [read_initials_last(item.text or "") for item in authors],
        "published": items.get("PubDate") or items.get("EPubDate"),
        "venue": items.get("FullJournalName") or items.get("Source"),
    }  # fmt: skip


def _summary_doi(record: Element) -> str:
    dois = (e for e in record.iter("ArticleId") if text(e, "IdType") == "doi")
    return next((text(each, "Value") for each in dois), "")


def _europe_pmc_authors(record: Element) -> list[RawAuthor]:
    authors = [
        person_name(each, "firstName", "lastName") or read_institution(text(each, "collectiveName"))
        for each in record.iter("author")
    ]
    names = text(record, "authorString").rstrip(".").split(", ")
    return authors or [read_initials_last(name) for name in names]


_ARTICLE_FIELDS: Mapping[str, FieldSource[Element]] = {
    "title": _article_title, "authors": _article_authors, "abstract": _article_abstract,
    "published": _article_date, "venue": _article_venue,
    "categories": _article_keywords, "doi": _article_doi, "pmid": "PMID",
}  # fmt: skip
_ARTICLES = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DocumentSummary")

ARTICLES = XmlFormat(
    "pubmed-xml", "PubMed XML",
    roots={
        "(?:Pubmed|Medline).*": "",
        ".+": "<PubmedArticle|<PubmedBookArticle|<MedlineCitation",
    },
    records=dict.fromkeys(_ARTICLES, _ARTICLE_FIELDS),
)  # fmt: skip
SUMMARIES = XmlFormat(
    "summaries", "PubMed or Europe PMC summaries (XML)",
    roots={"eSummaryResult": "", "responseWrapper": "<resultList"},
    records={
        "DocSum": _item_fields,
        "DocumentSummary": {
            "title": "Title",
            "authors": lambda e: [read_initials_last(text(a, "Name")) for a in e.iter("Author")],
            "published": "PubDate|EPubDate", "venue": "FullJournalName|Source",
            "doi": _summary_doi, "pmid": lambda element: element.get("uid"),
        },
        "result": {
            "title": "title", "authors": _europe_pmc_authors, "abstract": "abstractText",
            "published": "firstPublicationDate|pubYear", "venue": "journal/title|journalTitle",
            "categories": "keyword", "doi": "doi", "pmid": "pmid",
        },
    },
)  # fmt: skip
