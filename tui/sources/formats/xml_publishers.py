"""XML of publishers, of the registries of their DOIs, and of PubMed: JATS, Crossref, DataCite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from tui.sources.dates import join_date, most_exact_date, to_iso_date
from tui.sources.engines.xml import (
    XmlFormat,
    all_texts,
    author_in,
    dates_in,
    first_text,
    inner_text,
    text,
)
from tui.sources.names import RawAuthor, read_initials_last, read_institution
from tui.sources.plain_text import join_subtitle
from tui.sources.record import FieldSource


def jats_fields(article: Element) -> dict[str, Any]:
    """Return the fields of a JATS article, of which only the front is read."""
    meta = next(article.iter("article-meta"), article)
    # The members of a group are contributors inside a contributor.
    people = [e for group in meta.findall("contrib-group") for e in group.findall("contrib")]
    people = people or [e for e in meta.iter("contrib") if e.find(".//contrib") is None]
    # Others are graphical, in plain language, of the editor.
    abstracts = sorted(meta.iter("abstract"), key=lambda each: bool(each.get("abstract-type")))
    days = dates_in(meta, "pub-date", "pub-type=epub")
    return {
        "title": join_subtitle(
            text(meta, "title-group", "article-title"), text(meta, "title-group", "subtitle")
        ),
        "abstract": inner_text(abstracts[0]).strip() if abstracts else "",
        "authors": [
            author_in(e)
            if (group := e.find("collab")) is None  # it has the members of the group inside
            else read_institution((group.text or "").strip() or text(group, "institution"))
            for e in people
            if e.get("contrib-type") in (None, "author")
        ],
        "published": most_exact_date(days),
        "venue": first_text(article, "journal-title|journal-id"),
        "categories": all_texts(meta, "kwd"), "doi": text(meta, "article-id@pub-id-type=doi"),
        "pmid": text(meta, "article-id@pub-id-type=pmid"),
    }  # fmt: skip


_CROSSREF_WORKS = (
    "journal_article", "conference_paper", "content_item", "posted_content", "dissertation",
    "report-paper", "book_metadata", "book_series_metadata", "dataset", "standard",
    "proceedings_metadata", "peer_review",
)  # fmt: skip
"""The elements of a record that are a work, the smallest first."""
_CROSSREF_VENUES = (
    "full_title|journal_title|proceedings_title|book_metadata/titles/title|publisher_name"
    "|institution_name|group_title"
)


def _crossref_fields(record: Element, context: Mapping[str, Element]) -> dict[str, Any]:
    """The fields of a work; its journal or proceedings came before it."""
    candidates = (each for name in _CROSSREF_WORKS for each in record.iter(name))
    work = next((each for each in candidates if text(each, "titles", "title")), record)
    dates = dates_in(work, "publication_date", "media_type=online")
    dates = dates or dates_in(record, "publication_date", "media_type=online")
    for name in ("posted_date", "approval_date", "review_date"):
        dates += dates_in(record, name)
    data = work.find("doi_data")
    container = context.get("proceedings_metadata", context.get("journal_metadata"))
    return {
        "title": join_subtitle(
            first_text(work, "titles/title|article_title"), text(work, "titles", "subtitle")
        ),
        "authors": _crossref_authors(work), "abstract": text(work, "abstract"),
        "published": most_exact_date(dates),
        "venue": first_text(container, "full_title|proceedings_title")
        or first_text(record, _CROSSREF_VENUES),
        "doi": text(data if data is not None else work, "doi"), "url": text(data, "resource"),
    }  # fmt: skip


def _crossref_authors(work: Element) -> list[RawAuthor]:
    """People and groups in their order; editors only where there are no authors."""
    kinds = ("person_name", "organization", "contributor")
    everybody = [each for each in work.iter() if each.tag in kinds]
    authors = [e for e in everybody if e.get("contributor_role", "author") == "author"]
    return list(map(author_in, authors or everybody))


CROSSREF = XmlFormat(
    "unixref", "Crossref XML",
    roots={"doi_records?|crossref_result|doi_batch": ""},
    records=dict.fromkeys(
        ("doi_record", "query", "journal_article", "conference_paper", "posted_content",
         "dissertation", "book", "peer_review"),
        _crossref_fields,
    ),
    contexts=("journal_metadata", "proceedings_metadata"),
)  # fmt: skip
DATACITE = XmlFormat(
    "datacite-xml", "DataCite XML",
    roots={"resources?": r"datacite\.org/schema/kernel"},
    records={"resource": {
        "title": lambda e: join_subtitle(
            *(text(e, f"title@titleType={kind}") for kind in ("", "subtitle"))
        ),
        "authors": lambda e: list(map(author_in, e.iter("creator"))),
        "published": "date@dateType=issued|publicationYear",
        "abstract": "description@descriptionType=abstract",
        "venue": "publisher", "categories": "subject", "doi": "identifier",
    }},
)  # fmt: skip
JATS = XmlFormat(
    "jats", "JATS XML of full articles",
    roots={"article|pmc-articleset|articles": r"<[^<>]*\sarticle-type=|<article-meta"},
    records={"article": jats_fields},
)  # fmt: skip


def _pubmed_title(record: Element) -> str:
    titles = (text(record, name) for name in ("ArticleTitle", "VernacularTitle", "BookTitle"))
    title = next((each for each in titles if each and not each.startswith("[Not Available]")), "")
    # PubMed puts a title that it translated in brackets.
    return title.removeprefix("[").removesuffix("].") if title.startswith("[") else title


def _pubmed_abstract(record: Element) -> str:
    """The sections of the abstract, each after its label."""
    sections = (
        ((each.get("Label") or "").removeprefix("UNLABELLED"), inner_text(each).strip())
        for each in record.iter("AbstractText")
    )
    return "\n\n".join(
        f"{label}: {inside}" if label else inside for label, inside in sections if inside
    )


def _pubmed_venue(record: Element) -> str:
    """The journal or book, else the publisher of what is a book itself."""
    book = text(record, "BookTitle")
    is_part = book and book != _pubmed_title(record)
    return first_text(record, "Journal/Title|MedlineTA") or (
        book if is_part else text(record, "PublisherName")
    )


def _pubmed_date(record: Element) -> str:
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


def _pubmed_doi(record: Element) -> str:
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


def _europe_pmc_authors(record: Element) -> list[RawAuthor]:
    names = text(record, "authorString").rstrip(".").split(", ")
    return list(map(author_in, record.iter("author"))) or list(map(read_initials_last, names))


def _bookshelf_url(record: Element) -> str:
    number = text(record, "ArticleId@IdType=bookaccession")
    return f"https://www.ncbi.nlm.nih.gov/books/{number}/" if number else ""


_PUBMED_FIELDS: Mapping[str, FieldSource[Element]] = {
    "title": _pubmed_title, "abstract": _pubmed_abstract,
    "authors": lambda e: list(map(author_in, next(e.iter("AuthorList"), ()))),
    "published": _pubmed_date, "venue": _pubmed_venue, "doi": _pubmed_doi, "pmid": "PMID",
    # the keywords of the authors, then those of the library
    "categories": lambda e: all_texts(e, "Keyword") + all_texts(e, "DescriptorName"),
    "url": _bookshelf_url,
}  # fmt: skip
_PUBMED_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DocumentSummary")

PUBMED = XmlFormat(
    "pubmed-xml", "PubMed XML",
    roots={
        "(?:Pubmed|Medline).*": "",
        ".+": "<PubmedArticle|<PubmedBookArticle|<MedlineCitation",
    },
    records=dict.fromkeys(_PUBMED_RECORDS, _PUBMED_FIELDS),
)  # fmt: skip
PUBMED_SUMMARIES = XmlFormat(
    "summaries", "PubMed or Europe PMC summaries (XML)",
    roots={"eSummaryResult": "", "responseWrapper": "<resultList"},
    records={
        "DocSum": _item_fields,
        "DocumentSummary": {
            "title": "Title",
            "authors": lambda e: [read_initials_last(text(a, "Name")) for a in e.iter("Author")],
            "published": "PubDate|EPubDate", "venue": "FullJournalName|Source",
            "doi": lambda e: next(
                (text(i, "Value") for i in e.iter("ArticleId") if text(i, "IdType") == "doi"), ""
            ),
            "pmid": lambda e: e.get("uid"),
        },
        "result": {
            "title": "title", "authors": _europe_pmc_authors, "abstract": "abstractText",
            "published": "firstPublicationDate|pubYear", "venue": "journal/title|journalTitle",
            "categories": "keyword", "doi": "doi", "pmid": "pmid",
        },
    },
)  # fmt: skip
