"""JSON of reference managers: CSL, Crossref, Zotero, Citavi, Fidus Writer, Sheaf."""

from __future__ import annotations

from typing import Any

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.text import clean_line, clean_paragraphs
from tui.sources.dates import most_exact_date
from tui.sources.engines.json import (
    SAME_NAMES,
    JsonFormat,
    Object,
    csl_date,
    first_text,
    inner,
    objects,
    text,
)
from tui.sources.names import read_person
from tui.sources.plain_text import join_subtitle
from tui.sources.record import NotAPaper, build_paper

_CSL_DATES = ("published-print", "issued", "published")
_OTHER_DATES = ("published-online", "approved", "original-date")
"""Not `created`: Crossref has there when the DOI was registered, decades after an old paper."""
_MAX_NOTE = 500
"""Characters of a note that are kept as the comment."""


def _one_text(record: Object, key: str) -> str:
    """The text under a key; Crossref puts texts in lists of one."""
    return first_text(record, f"{key}|{key}.0")


def _csl_day(record: Object) -> str:
    """Return when a work was printed, else when it was published."""
    others = (csl_date(record.get(name)) for name in _OTHER_DATES)
    printed = most_exact_date(csl_date(record.get(name)) for name in _CSL_DATES)
    return printed or next(filter(None, others), "")


def _csl_arxiv(record: Object) -> str:
    numbers = (text(record, name) for name in ("number", "archive_location"))
    named = next((each for each in numbers if each.lower().startswith("arxiv:")), "")
    is_arxiv = text(record, "archive").lower() == "arxiv"
    return named or (text(record, "number") if is_arxiv else "")


CSL_WORKS = ("article", "article-journal", "book", "chapter", "paper-conference", "report",
             "thesis", "manuscript", "patent", "review", "webpage")  # fmt: skip
"""The commonest values of `type` in CSL."""
CSL = JsonFormat(
    "csl", "CSL-JSON",
    (
        "id type issued", "id type container-title", "type title author issued",
        "id type title citation-key", "id type title publisher", "DOI type issued",
        "id type title URL author", "container-title issued title",
    ),
    SAME_NAMES | {
        "title": lambda r: join_subtitle(
            _one_text(r, "title") or _one_text(r, "title-short"), _one_text(r, "subtitle")
        ),
        "authors": "author|editor|chair",
        "published": _csl_day,
        "venue": "container-title|event-title|event.name|publisher",
        "categories": "categories|subject|keyword", "url": "URL|url",
        "doi": "DOI|doi", "pmid": "PMID|pmid", "arxiv": _csl_arxiv, "extra": "note",
        "pdf_url": "link.[content-type=application/pdf].URL|custom.pdf", "code": "custom.code",
        "citations_count": "is-referenced-by-count",
        "comment": lambda r: _one_text(r, "note")[:_MAX_NOTE],
    },
)  # fmt: skip


def _crossref_work(record: Object) -> Object:
    work = inner(record, "message") or record
    if work.keys() & {"counts", "breakdowns", "last-status-check-time"}:
        raise NotAPaper("a journal or publisher, not a paper")
    return work


CROSSREF = JsonFormat(
    "crossref", "Crossref JSON",
    ("message message-type", "counts breakdowns title", "DOI prefix member",
     "DOI deposited indexed", "DOI is-referenced-by-count"),
    CSL.fields,
    unwrap=_crossref_work,
)  # fmt: skip

_ZOTERO_PARTS = ("attachment", "note", "annotation")
"""Items that belong to a paper and are not one."""


def _zotero_item(record: Object) -> Object | None:
    """The item, which the API of Zotero puts under `data`; None for a part of a paper."""
    item = inner(record, "data") or record
    creators = objects(item.get("creators"))
    authors = [each for each in creators if text(each, "creatorType") == "author"] or creators
    return None if text(item, "itemType") in _ZOTERO_PARTS else {**item, "creators": authors}


ZOTERO = JsonFormat(
    "zotero-json", "Zotero or Better BibTeX JSON",
    ("itemType title", "itemType creators", "itemType key", "data key library", "itemType"),
    SAME_NAMES | {
        "title": "title|caseName|subject", "authors": "creators", "abstract": "abstractNote",
        "published": "date",
    "venue": "publicationTitle|proceedingsTitle|bookTitle|conferenceName|websiteTitle"
        "|repository|university|publisher",
        "categories": "tags.*.tag", "doi": "DOI", "extra": "extra",
        "arxiv": lambda r: first_text(r, "archiveID|number").removeprefix("arXiv:"),
    },
    unwrap=_zotero_item,
)  # fmt: skip


def _citavi_authors(record: Object) -> list[Author | None]:
    people = objects(record.get("Authors")) or objects(record.get("Editors"))
    names = ([text(e, f"{part}Name") for part in ("First", "Middle", "Last")] for e in people)
    return [read_person(f"{first} {middle}", last) for first, middle, last in names]


CITAVI = JsonFormat(
    "citavi", "references of Citavi in Word",
    ("ReferenceType Title",),
    {
        "title": lambda r: join_subtitle(text(r, "Title"), text(r, "Subtitle")),
        "authors": _citavi_authors, "abstract": "Abstract", "published": "Date", "year": "Year",
        "venue": "Periodical.Name|ParentReference.Title|SeriesTitle.Name|Publishers.0.Name",
        "categories": "Keywords.*.Name", "doi": "Doi", "pmid": "PubMedId", "url": "OnlineAddress",
    },
)  # fmt: skip


def _plain(value: Any) -> str:
    """The text of Fidus Writer's list of styled pieces, of lists of them, or of a text."""
    if isinstance(value, list):
        return "".join(_plain(each) for each in value[:10_000])
    return text(value, "text") or text(value)


def _fidus_work(record: Object) -> Object:
    """The fields of a record with plain texts for styled ones."""
    fields = {name: _plain(value) for name, value in inner(record, "fields").items()}
    given = inner(record, "fields")
    people = objects(given.get("author") or given.get("editor"))
    words = given.get("keywords")
    return fields | {
        "people": [{key: _plain(value) for key, value in each.items()} for each in people],
        "words": [_plain(each) for each in (words if isinstance(words, list) else [words]) if each],
    }


FIDUS_WRITER = JsonFormat(
    "fidus", "a bibliography of Fidus Writer",
    ("bib_type fields",),
    SAME_NAMES | {
        "title": lambda r: join_subtitle(text(r, "title"), text(r, "subtitle"))
        or text(r, "booktitle"),
        "authors": "people", "published": "date", "categories": "words",
        "venue": "journaltitle|booktitle|eventtitle|publisher|institution",
    },
    unwrap=_fidus_work,
)  # fmt: skip


def _sheaf_paper(record: Object) -> Paper:
    """Return the paper of a line that Sheaf wrote.

    Titles and abstracts were converted to plain text when the paper was added, so they are not
    converted again: `$` or `\\` in them is part of the text.
    """
    named = objects(record.get("author"))
    names = [{key: clean_line(text(name, key)) for key in name} for name in named]
    authors = [Author.from_csl(name) for name in names if name.get("literal") or name.get("family")]
    paper = build_paper({**record, "authors": authors} if authors else record)
    tex = {name: clean_line(text(record, "tex", name)) for name in inner(record, "tex")}
    return paper._replace(
        title=clean_line(text(record, "title")) or paper.title,
        abstract=clean_paragraphs(text(record, "abstract")),
        tex={name: source for name, source in tex.items() if source},
    )


SHEAF = JsonFormat("sheaf", "Sheaf's JSON lines", ("key title added",), _sheaf_paper)
