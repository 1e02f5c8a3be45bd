"""JSON of catalogues and preprint servers: DBLP, INSPIRE, Zenodo, ADS, Lens, Europe PMC, DOAJ,
Papers with Code, and Semantic Scholar's data sets."""

from __future__ import annotations

from typing import Any

from tui.core import identifiers as ids
from tui.sources.names import join_name, reverse_initials, strip_homonym_number
from tui.sources.shapes import Object, Shape, inner, objects, signs, text


def dblp(record: Object) -> Object | None:
    """A hit of DBLP's search; namesakes have numbers after their names there."""
    info = inner(record, "info")
    authors = inner(info, "authors").get("author")
    listed = authors if isinstance(authors, list) else [authors]
    links = info["ee"] if isinstance(info.get("ee"), list) else [info.get("ee")]
    named = [ids.from_url(text(link)) for link in links]
    return {
        "title": text(info, "title").removesuffix("."),
        "authors": [strip_homonym_number(text(each, "text") or text(each)) for each in listed],
        "published": text(info, "year"),
        "venue": text(info, "venue") or text(info, "venue", 0),
        "doi": text(info, "doi"),
        "ids": {scheme: name for each in named for scheme, name in each.items()},
        "url": text(links, 0) or text(info, "url"),
    }


def metadata(record: Object) -> Object:
    """What INSPIRE and Zenodo keep under `metadata`; INSPIRE has lists of everything."""
    data = inner(record, "metadata")
    title = text(data, "titles", 0, "title") or text(data, "title")
    return {
        "title": title,
        "authors": [
            text(each, "full_name") or text(each, "name")
            for each in objects(data.get("authors")) or objects(data.get("creators"))
        ],
        "abstract": text(data, "abstracts", 0, "value") or text(data, "description"),
        "published": text(data, "earliest_date")
        or text(data, "publication_date")
        or text(data, "preprint_date"),
        "year": text(data, "publication_info", 0, "year"),
        "venue": text(data, "publication_info", 0, "journal_title")
        or text(data, "journal", "title"),
        "categories": data.get("keywords") if text(data, "title") else None,
        "doi": text(data, "dois", 0, "value") or text(data, "doi") or text(record, "doi"),
        "arxiv": text(data, "arxiv_eprints", 0, "value"),
        "citations_count": data.get("citation_count"),
    }


def ads(record: Object) -> Object:
    """A paper of NASA's ADS, whose fields are lists of one; its days may be the 0th."""
    named = record.get("identifier")
    arxiv = [n for n in named if isinstance(n, str) and n.lower().startswith("arxiv:")] \
        if isinstance(named, list) else []  # fmt: skip
    dois = record.get("doi")
    journal = [d for d in dois if isinstance(d, str) and "arxiv" not in d.lower()] \
        if isinstance(dois, list) else []  # fmt: skip
    return {
        "title": text(record, "title", 0) or text(record, "title"),
        "authors": record.get("author"),
        "abstract": text(record, "abstract"),
        "published": text(record, "pubdate").removesuffix("-00").removesuffix("-00"),
        "year": text(record, "year"),
        "venue": text(record, "pub"),
        "doi": journal[0] if journal else text(record, "doi", 0) or text(record, "doi"),
        "arxiv": arxiv[0] if arxiv else "",
        "url": f"https://ui.adsabs.harvard.edu/abs/{text(record, 'bibcode')}",
        "citations_count": record.get("citation_count"),
    }


def lens(record: Object) -> Object:
    """A scholarly work of Lens.org."""
    given = {text(e, "type"): text(e, "value") for e in objects(record.get("external_ids"))}
    return {
        "title": record.get("title"),
        "authors": record.get("authors"),
        "abstract": text(record, "abstract"),
        "published": text(record, "date_published"),
        "year": text(record, "year_published"),
        "venue": text(record, "source", "title"),
        "doi": given.get("doi", ""),
        "pmid": given.get("pmid", ""),
        "citations_count": record.get("scholarly_citations_count"),
    }


def europe_pmc(record: Object) -> Object:
    """A result of Europe PMC; of the short answer, which has the names in one text, too."""
    authors: Any = [
        each if text(each, "fullName") or text(each, "lastName") else text(each, "collectiveName")
        for each in objects(inner(record, "authorList").get("author"))
    ]
    if not authors:
        names = text(record, "authorString").removesuffix(".").split(", ")
        authors = [reverse_initials(name) for name in names]
    return {
        "title": text(record, "title").removesuffix("."),
        "authors": authors,
        "abstract": text(record, "abstractText"),
        "published": text(record, "firstPublicationDate"),
        "year": text(record, "pubYear"),
        "venue": text(record, "journalTitle") or text(record, "journalInfo", "journal", "title"),
        "doi": text(record, "doi"),
        "pmid": text(record, "pmid"),
        "citations_count": record.get("citedByCount"),
    }


def doaj(record: Object) -> Object:
    """An article of the Directory of Open Access Journals."""
    inside = inner(record, "bibjson")
    given = {text(e, "type"): text(e, "id") for e in objects(inside.get("identifier"))}
    parts = (text(inside, "year"), text(inside, "month").zfill(2))
    return {
        "title": inside.get("title"),
        "authors": inside.get("author"),
        "abstract": text(inside, "abstract"),
        "published": "-".join(part for part in parts if part.strip("0")),
        "venue": text(inside, "journal", "title"),
        "categories": inside.get("keywords"),
        "doi": given.get("doi") or given.get("DOI", ""),
        "url": text(inside, "link", 0, "url"),
    }


def with_code(record: Object) -> Object:
    """A paper of Papers with Code, or a link from one to its code."""
    arxiv = text(record, "arxiv_id") or text(record, "paper_arxiv_id")
    return {
        "title": text(record, "title") or text(record, "paper_title"),
        "authors": record.get("authors"),
        "abstract": text(record, "abstract"),
        "published": text(record, "date"),
        "venue": text(record, "proceeding"),
        "categories": record.get("tasks"),
        "arxiv": arxiv,
        "url": text(record, "url_abs") or text(record, "paper_url_abs"),
        "pdf_url": text(record, "url_pdf") or text(record, "paper_url_pdf"),
        "code": text(record, "repo_url"),
    }


def data_set(record: Object) -> Object:
    """A paper of Semantic Scholar's data sets, where all names are in small letters."""
    named = inner(record, "externalids")
    return {
        "title": record.get("title"),
        "authors": record.get("authors"),
        "published": text(record, "publicationdate") or text(record, "year"),
        "venue": text(record, "venue") or text(record, "journal", "name"),
        "categories": [text(each, "category") for each in objects(record.get("s2fieldsofstudy"))],
        "doi": text(named, "DOI"),
        "arxiv": text(named, "ArXiv"),
        "pmid": text(named, "PubMed"),
        "ids": {"acl": text(named, "ACL")},
        "citations_count": record.get("citationcount"),
    }


def hal(record: Object) -> Object:
    """A document of HAL's search, whose fields end in their types."""
    return {
        "title": text(record, "title_s", 0) or text(record, "title_s"),
        "authors": record.get("authFullName_s"),
        "abstract": text(record, "abstract_s", 0),
        "published": text(record, "producedDate_s") or text(record, "producedDateY_i"),
        "venue": text(record, "journalTitle_s") or text(record, "conferenceTitle_s"),
        "doi": text(record, "doiId_s"),
        "arxiv": text(record, "arxivId_s"),
        "url": text(record, "uri_s"),
    }


def linked_data(record: Object) -> Object:
    """An article as schema.org describes it, in JSON-LD."""
    writers = record.get("author")
    return {
        "title": text(record, "headline") or text(record, "name"),
        "authors": [
            join_name(text(each, "givenName"), text(each, "familyName")) or text(each, "name")
            for each in (objects(writers) or objects([writers]))
        ],
        "abstract": text(record, "abstract") or text(record, "description"),
        "published": text(record, "datePublished"),
        "venue": text(record, "isPartOf", "name") or text(record, "publisher", "name"),
        "doi": text(record, "sameAs") or text(record, "@id") or text(record, "identifier"),
        "url": text(record, "url") or text(record, "@id"),
    }


SHAPES = (
    Shape("hal", "HAL JSON", signs("title_s"), hal),
    Shape(
        "json-ld",
        "schema.org JSON-LD",
        signs("@type headline", "@type datePublished name"),
        linked_data,
    ),
    Shape("dblp-json", "DBLP JSON", signs("info @score"), dblp),
    Shape("metadata", "INSPIRE or Zenodo JSON", signs("metadata links"), metadata),
    Shape("ads", "ADS JSON", signs("bibcode title"), ads),
    Shape("lens", "Lens.org JSON", signs("lens_id"), lens),
    Shape("europe-pmc", "Europe PMC JSON", signs("authorString", "pmcid authorList"), europe_pmc),
    Shape("doaj", "DOAJ JSON", signs("bibjson"), doaj),
    Shape(
        "papers-with-code",
        "Papers with Code JSON",
        signs("paper_url url_abs", "paper_title paper_url_abs", "url_abs proceeding"),
        with_code,
    ),
    Shape("s2-data", "Semantic Scholar's data sets", signs("corpusid externalids"), data_set),
)
