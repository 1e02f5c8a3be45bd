"""JSON of catalogues, preprint servers and search services: one row for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tui.core import identifiers
from tui.sources.dates import join_date, to_iso_date
from tui.sources.engines.json import (
    SAME_NAMES,
    JsonFormat,
    Object,
    first_text,
    inner,
    objects,
    text,
    texts,
)
from tui.sources.names import read_initials_last, read_person
from tui.sources.plain_text import join_subtitle
from tui.sources.record import NotAPaper

_MAX_WORDS = 20_000


def first_version_date(versions: object) -> str:
    """Return the day of an arXiv paper's first version, `Mon, 2 Apr 2007 19:18:42 GMT`, as ISO."""
    created = text(versions, 0, "created")
    return to_iso_date(" ".join(created.split()[:4])) if created else ""


def _kaggle_authors(record: Object) -> Any:
    """The names in `authors_parsed`, each a list of family, given and suffix."""
    parsed = record.get("authors_parsed")
    listed = parsed if isinstance(parsed, list) else ()
    names = [map(str, [*each, "", ""][:3]) for each in listed if isinstance(each, list)]
    return [read_person(given, family, suffix) for family, given, suffix in names] or record.get(
        "authors"
    )


KAGGLE = JsonFormat(
    "kaggle", "the arXiv snapshot of Kaggle",
    ("id authors_parsed", "id submitter journal-ref", "id update_date abstract"),
    SAME_NAMES | {
        "id": "id", "authors": _kaggle_authors,
        "published": lambda r: first_version_date(r.get("versions")) or text(r, "update_date"),
        "venue": lambda r: text(r, "journal-ref") or "arXiv", "categories": "categories",
        "comment": "comments",
    },
)  # fmt: skip


def _preprint_server(record: Object) -> str:
    named = text(record, "server") or text(record, "jatsxml")
    return "medRxiv" if "medrxiv" in named.lower() else "bioRxiv"


def _preprint_page(record: Object) -> str:
    """The address of a version of a preprint, which follows from its DOI."""
    server, doi = _preprint_server(record).lower(), text(record, "doi")
    return f"https://www.{server}.org/content/{doi}v{text(record, 'version') or '1'}"


BIORXIV = JsonFormat(
    "biorxiv", "bioRxiv or medRxiv JSON",
    ("author_corresponding doi",),
    SAME_NAMES | {
        "published": "date", "venue": _preprint_server, "url": _preprint_page,
        "pdf_url": lambda r: f"{_preprint_page(r)}.full.pdf",
        "categories": lambda r: [text(r, "category")],
    },
)  # fmt: skip


def _visible_authors(record: Object) -> Any:
    authors = (inner(record, "paper") or record).get("authors")
    return [each for each in objects(authors) if each.get("hidden") is not True] or authors


HUGGING_FACE_DAILY = JsonFormat(
    "hf-daily", "Hugging Face daily papers",
    (
        "paper publishedAt title", "paper numComments", "submittedOnDailyAt upvotes",
        "ai_keywords upvotes", "githubRepo upvotes",
    ),
    SAME_NAMES | {
        "title": "paper.title|title", "authors": _visible_authors,
        "abstract": "paper.summary|summary", "published": "paper.publishedAt|publishedAt",
        "listed": "paper.submittedOnDailyAt|submittedOnDailyAt|publishedAt",
        "venue": lambda r: "arXiv" if identifiers.arxiv_id(first_text(r, "paper.id|id")) else "",
        "categories": "paper.ai_keywords|ai_keywords", "id": "paper.id|id",
        "code": "paper.githubRepo|githubRepo",
        "listed_by": "paper.submittedOnDailyBy.fullname|submittedOnDailyBy.fullname"
        "|submittedBy.fullname",
        "votes": "paper.upvotes|upvotes", "comments_count": "numComments",
        "stars_count": "paper.githubStars|githubStars",
    },
)  # fmt: skip


def _scraped_abstract(record: Object) -> str:
    """What a scraper took for the abstract, unless it is the title."""
    abstract = first_text(record, "details.abstract|abstract")
    return "" if abstract == first_text(record, "title|details.title") else abstract


def _scraped_code(record: Object) -> str:
    code = re.compile(r"https://github\.com/(?!huggingface)[^/]+/.")
    return next(filter(code.match, texts(inner(record, "details").get("github_links"))), "")


HUGGING_FACE_SCRAPED = JsonFormat(
    "hf-scraped", "Hugging Face papers, scraped",
    ("paper_url details title",),
    {
        "title": "title|details.title", "authors": "authors|details.authors",
        "abstract": _scraped_abstract, "url": "details.arxiv_page_url|paper_url",
        "listed": lambda r: text(r, "scraped_date") or text(r, "details", "scraped_at")[:10],
        "pdf_url": "details.pdf_url", "code": _scraped_code,
        "votes": lambda r: int(v) if (v := text(r, "upvotes")).isdecimal() else 0,
    },
)  # fmt: skip


def _inverted_abstract(record: Object) -> str:
    """The abstract of OpenAlex, which gives each word with its positions."""
    index = record.get("abstract_inverted_index")
    words = [
        (position, word)
        for word, positions in (index.items() if isinstance(index, Mapping) else ())
        if isinstance(positions, list)
        for position in positions[:_MAX_WORDS]
        if isinstance(position, int)
    ]
    return " ".join(word for _, word in sorted(words)[:_MAX_WORDS])


def _openalex_venue(record: Object) -> str:
    """The name of the source; that of arXiv is followed by its university."""
    paths = (
        "primary_location.source.display_name|best_oa_location.source.display_name"
        "|host_venue.display_name"
    )
    venue = first_text(record, paths)
    if not venue and text(record, "type") == "dissertation":
        return text(record, "authorships", 0, "institutions", 0, "display_name")
    return "arXiv" if venue.startswith("arXiv (") else venue


OPENALEX = JsonFormat(
    "openalex", "OpenAlex JSON",
    (
        "id authorships", "id abstract_inverted_index", "id doi publication_year",
        "id display_name primary_location",
    ),
    SAME_NAMES | {
        "title": "title|display_name", "authors": "authorships.*.author",
        "abstract": _inverted_abstract, "published": "publication_date|publication_year",
        "venue": _openalex_venue, "doi": "doi|ids.doi",
        "categories": "keywords.*.display_name|keywords.*.keyword",
        "pmid": lambda r: text(r, "ids", "pmid").rpartition("/")[2],
        "url": "primary_location.landing_page_url|best_oa_location.landing_page_url",
        "pdf_url": "primary_location.pdf_url|best_oa_location.pdf_url",
        "citations_count": "cited_by_count",
        "comment": lambda r: "Retracted" if r.get("is_retracted") is True else "",
    },
)  # fmt: skip


def _openreview_submission(record: Object) -> Object:
    """The note, if it is a submission. Version 2 of the API wraps each value in an object."""
    forum, note = text(record, "forum"), text(record, "id")
    content = inner(record, "content")
    is_reply = forum and note and forum != note and not content.keys() & {"authors", "authorids"}
    if record.get("replyto") or is_reply:
        raise NotAPaper("a review, comment or decision")
    values = {
        name: value.get("value") if isinstance(value, Mapping) else value
        for name, value in content.items()
    }
    return {**record, "content": values}


def _openreview_date(record: Object) -> str:
    for name in ("pdate", "cdate"):
        milliseconds = record.get(name)
        if isinstance(milliseconds, int) and 0 < milliseconds < 1 << 42:
            return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    return ""


OPENREVIEW = JsonFormat(
    "openreview", "OpenReview JSON",
    ("forum content",),
    SAME_NAMES | {
        "title": "content.title", "authors": "content.authors", "abstract": "content.abstract",
        "published": _openreview_date, "venue": "content.venue", "categories": "content.keywords",
        "ids": lambda r: {"openreview": first_text(r, "forum|id")},
        "url": lambda r: f"https://openreview.net/forum?id={first_text(r, 'forum|id')}",
        "code": "content.code",
    },
    unwrap=_openreview_submission,
)  # fmt: skip


def _scholar_paper(record: Object) -> Object:
    """The paper, also the one that a citation or reference is about."""
    if "authorId" in record and "paperId" not in record:
        raise NotAPaper("an author, not a paper")
    return inner(record, "citingPaper") or inner(record, "citedPaper") or record


SEMANTIC_SCHOLAR = JsonFormat(
    "semantic-scholar", "Semantic Scholar JSON",
    (
        "paperId", "citingPaper", "citedPaper", "externalIds citationCount", "corpusId title",
        "authorId", "corpusid externalids",
    ),
    SAME_NAMES | {  # in small letters in the data sets
        "published": "publicationDate|publicationdate|year",
        "venue": lambda r: first_text(
            r, "venue|journal.name|publicationVenue.name"
        ).replace("arXiv.org", "arXiv"),
        "categories": "fieldsOfStudy|s2FieldsOfStudy.*.category|s2fieldsofstudy.*.category",
        "doi": "externalIds.DOI|externalids.DOI|doi",
        "arxiv": "externalIds.ArXiv|externalids.ArXiv|arxivId",
        "pmid": "externalIds.PubMed|externalids.PubMed",
        "ids": lambda r: {"acl": first_text(r, "externalIds.ACL|externalids.ACL")},
        "pdf_url": "openAccessPdf.url", "citations_count": "citationCount|citationcount",
    },
    unwrap=_scholar_paper,
)  # fmt: skip


def _datacite_abstract(work: Object) -> str:
    """The abstract, of several languages in that of the work."""
    described = objects(work.get("descriptions"))
    found = [each for each in described if text(each, "descriptionType") in ("Abstract", "")]
    native = [each for each in found if text(each, "lang")[:2] == text(work, "language")[:2]]
    return "\n\n".join(text(each, "description") for each in native or found)


DATACITE = JsonFormat(
    "datacite", "DataCite JSON",
    ("titles creators", "attributes id type"),
    SAME_NAMES | {
        "title": lambda r: join_subtitle(
            *(first_text(r, f"titles.{n}.title") for n in ("0", "[titleType=subtitle]"))
        ),
        "authors": "creators", "abstract": _datacite_abstract,
        "published": "dates.[dateType=issued].date|dates.[dateType=created].date|publicationYear",
        "venue": "container.title|relatedItems.[relationType=ispublishedin].titles.0.title"
        "|publisher.name|publisher",
        "categories": "subjects.*.subject",
        "arxiv": lambda r: text(r, "doi").lower().partition("10.48550/arxiv.")[2],
    },
    unwrap=lambda record: inner(record, "attributes") or record,
)  # fmt: skip


def _dblp_authors(record: Object) -> list[str]:
    authors = inner(inner(record, "info"), "authors").get("author")
    listed = authors if isinstance(authors, list) else [authors]
    return [text(each, "text") or text(each) for each in listed]


def _dblp_ids(record: Object) -> dict[str, str]:
    found: dict[str, str] = {}
    for link in texts(inner(record, "info").get("ee")):
        found |= identifiers.from_url(link)
    return found


DBLP = JsonFormat(
    "dblp-json", "DBLP JSON",
    ("info @score",),
    SAME_NAMES | {
        "title": lambda r: text(r, "info", "title").removesuffix("."), "authors": _dblp_authors,
        "published": "info.year", "venue": "info.venue", "doi": "info.doi", "ids": _dblp_ids,
        "url": "info.ee|info.url",
    },
)  # fmt: skip
INSPIRE_OR_ZENODO = JsonFormat(
    "metadata", "INSPIRE or Zenodo JSON",
    ("metadata links",),
    SAME_NAMES | {
        "title": "titles.0.title|title",
    "authors": lambda r: [
            first_text(each, "full_name|name")
            for each in objects(r.get("authors")) or objects(r.get("creators"))
        ],
        "abstract": "abstracts.0.value|description",
        "published": "earliest_date|publication_date|preprint_date",
        "year": "publication_info.0.year",
        "venue": "publication_info.0.journal_title|journal.title",
        "categories": lambda r: r.get("keywords") if text(r, "title") else None,
        "doi": "dois.0.value|doi", "arxiv": "arxiv_eprints.0.value",
        "citations_count": "citation_count",
    },
    unwrap=lambda record: {"doi": record.get("doi"), **inner(record, "metadata")},
)  # fmt: skip


def _ads_text(record: Object, key: str, pattern: str) -> str:
    """The first text in a list that matches `pattern`."""
    return next(filter(re.compile(pattern, re.IGNORECASE).match, texts(record.get(key))), "")


ADS = JsonFormat(
    "ads", "ADS JSON",
    ("bibcode title",),
    SAME_NAMES | {
        "authors": "author",
        # An unknown month or day is 00.
        "published": lambda r: text(r, "pubdate").removesuffix("-00").removesuffix("-00"),
        "venue": "pub",
        # The DOI of the journal may be in a list with that of arXiv.
        "doi": lambda r: _ads_text(r, "doi", "(?!.*arxiv).") or first_text(r, "doi.0"),
        "arxiv": lambda r: _ads_text(r, "identifier", "arxiv:"),
        "url": lambda r: f"https://ui.adsabs.harvard.edu/abs/{text(r, 'bibcode')}",
        "citations_count": "citation_count",
    },
)  # fmt: skip
LENS = JsonFormat(
    "lens", "Lens.org JSON",
    ("lens_id",),
    SAME_NAMES | {
        "published": "date_published", "year": "year_published", "venue": "source.title",
        "doi": "external_ids.[type=doi].value", "pmid": "external_ids.[type=pmid].value",
        "citations_count": "scholarly_citations_count",
    },
)  # fmt: skip


def _europe_pmc_authors(record: Object) -> Any:
    """The list of authors, else the names in one text, as the short form has them."""
    names = text(record, "authorString").removesuffix(".").split(", ")
    return inner(record, "authorList").get("author") or list(map(read_initials_last, names))


EUROPE_PMC = JsonFormat(
    "europe-pmc", "Europe PMC JSON",
    ("authorString", "pmcid authorList"),
    SAME_NAMES | {
        "title": lambda r: text(r, "title").removesuffix("."), "authors": _europe_pmc_authors,
        "abstract": "abstractText", "published": "firstPublicationDate", "year": "pubYear",
        "venue": "journalTitle|journalInfo.journal.title", "citations_count": "citedByCount",
    },
)  # fmt: skip


DOAJ = JsonFormat(
    "doaj", "DOAJ JSON",
    ("bibjson",),
    SAME_NAMES | {
        "authors": "author", "venue": "journal.title", "categories": "keywords",
        "published": lambda r: join_date(text(r, "year"), text(r, "month")),
        "doi": "identifier.[type=doi].id",
        "url": "link.0.url",
    },
    unwrap=lambda record: inner(record, "bibjson"),
)  # fmt: skip
PAPERS_WITH_CODE = JsonFormat(
    "papers-with-code", "Papers with Code JSON",
    ("paper_url url_abs", "paper_title paper_url_abs", "url_abs proceeding"),
    SAME_NAMES | {
        "title": "title|paper_title", "published": "date", "venue": "proceeding",
        "categories": "tasks", "arxiv": "arxiv_id|paper_arxiv_id", "url": "url_abs|paper_url_abs",
        "pdf_url": "url_pdf|paper_url_pdf", "code": "repo_url",
    },
)  # fmt: skip
HAL = JsonFormat(
    "hal", "HAL JSON",
    ("title_s",),
    SAME_NAMES | {
        "title": "title_s", "authors": "authFullName_s", "abstract": "abstract_s",
        "published": "producedDate_s|producedDateY_i", "venue": "journalTitle_s|conferenceTitle_s",
        "doi": "doiId_s", "arxiv": "arxivId_s", "url": "uri_s",
    },
)  # fmt: skip
_WORK_TYPE = re.compile(
    "(?<!News)Article|Thesis|Book|Chapter|Report|Dataset|CreativeWork|Code|Poster"
)
"""Types of schema.org that researchers cite; recipes and films have names and dates too."""


def _schema_work(record: Object) -> Object:
    if not _WORK_TYPE.search(str(record["@type"])):
        raise NotAPaper("nothing in it that only a paper has")
    return record


SCHEMA_ORG = JsonFormat(
    "json-ld", "schema.org JSON-LD",
    ("@type headline", "@type datePublished name"),
    SAME_NAMES | {
        "title": "headline|name", "authors": "author",
        "abstract": "abstract|description", "published": "datePublished",
        "venue": "isPartOf.name|publisher.name", "doi": "sameAs|@id|identifier", "url": "url|@id",
    },
    unwrap=_schema_work,
)  # fmt: skip
