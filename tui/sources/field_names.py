"""The one table of the names that people, programs and databases give to the fields of a paper."""

from __future__ import annotations

import re
from functools import cache

FIELD_KEYS = {
    "title": ("title", "name"), "authors": ("authors", "author"),
    "abstract": ("abstract", "summary"),
    "published": ("published", "date", "publication_date", "publicationDate", "publishedDate"),
    "year": ("year",),
    "venue": ("venue", "journal", "journal-ref", "journal_ref", "booktitle", "conference"),
    "categories": ("categories", "category", "keywords"), "doi": ("doi", "DOI"),
    "arxiv": ("arxiv_id", "arxiv", "arxivId", "eprint"), "pmid": ("pmid", "PMID"),
    "url": ("url", "link"), "pdf_url": ("pdf_url",), "code": ("code", "code_url", "github"),
    "comment": ("comment", "comments"), "citations_count": ("citations_count",),
}  # fmt: skip
"""The keys that `tui.sources.record.build_paper` reads a field from, the best first."""
FIELD_ALIASES = {
    "title": "title|document title|article title|paper title|ti|primary title|titles|paper name"
    "|item title|name|titel|titre|título|titolo|标题|题名|タイトル",
    "authors": "author full names|af|author|authors|author names|au|creators|first authors|author s"
    "|autor|autoren|verfasser|auteur|auteurs|autores|autori|作者|著者"
    "|authorships author display name|author text|editor|editors",
    "abstract": "abstract|abstract note|ab|summary|abstracts|zusammenfassung|résumé|resumen|摘要",
    "published": "date|publication date|date published|published|online date|issue date|pub date"
    "|publish date|published date|submitted|submission date|datum|fecha",
    "year": "year|publication year|py|pubyear|pub year|year published|published year"
    "|jahr|erscheinungsjahr|année|año|anno|年|年份",
    "venue": "publication title|source title|journal|journal book|venue|journal title|conference"
    "|source|booktitle|book title|container title|series title|anthology title|conference name"
    "|so|publication|full journal|proceedings title"
    "|primary location source display name|publikationstitel|zeitschrift|revue|revista|rivista"
    "|期刊",
    "doi": "doi|dois|di|item doi", "pmid": "pmid|pubmed id|medline pmid|pm",
    "arxiv": "arxiv id|arxiv|eprint",
    "url": "url|link|links|source linkout|dimensions url|article url|paper url|open url link",
    "pdf_url": "pdf link|pdf url|pdf", "ids": "externalids|external ids",
    "code": "code|github|code url|repository",
    "categories": "manual tags|author keywords|keywords|categories|category|tags|index keywords"
    "|keyword|de|subjects|mesh terms",
    "comment": "comment|comments", "id": "arxivid|paper id|id", "votes": "upvotes|votes",
}  # fmt: skip
"""The names of columns that hold a field, as `normalize_name` gives them, the best first."""
LOOSE_ALIASES = {
    "title": "title display|titulo|题目",
    "authors": "author list|author display|z authors|creators|creator|authors list|authors parsed"
    "|contributors|article authors",
    "abstract": "abstract text|paper abstract|description|abs|tldr abstract",
    "published": "published at|date published|published date|pub date|cover date|iso date"
    "|publish date|released|submitted date|posted date|first publication date|created at",
    "year": "publication year|pub year|year published|published year",
    "venue": "journal name|journal title|venue name|conference name|publication name"
    "|container title|publication|published journal|proceeding|proceedings|pub|source",
    "categories": "tags|subjects|topics|primary category|fields of study|labels|terms",
    "doi": "article doi|paper doi|published doi|doi url",
    "arxiv": "arxiv|arxiv number",
    "pmid": "pubmed id|pubmed",
    "url": "paper|arxiv url|abs url|abs link|arxiv link|paper link|paper url|entry id|pub url"
    "|html url|landing page url|uri|href|doi url|full text url",
    "pdf_url": "pdf|pdf link|eprint url|download url",
    "code": "repo url|github url|github link|code link|github repo|repository",
    "citations_count": "citation count|num citations|cited by count|citations|citedby count",
}
"""More names, which mean the field only in a record that is known to be of a paper."""


NON_BIBLIOGRAPHIC_FIELDS = frozenset(
    ("version", "director", "directors", "actors", "cast", "genre", "genres", "imdb", "imdb id",
     "imdb rating", "rating", "price", "sku", "isrc", "album", "artist", "runtime", "dependencies",
     "scripts", "license", "homepage", "require", "views", "likes", "museum", "ingredients",
     "company", "salary", "assignee", "assignees", "milestone", "platform", "team", "season",
     "episode", "num points", "num comments", "latitude", "longitude", "worldwide gross",
     "us gross")
)  # fmt: skip
"""Fields of films, records, goods, programs, posts and places, which have titles and years too;
normalized."""


def normalize_name(name: str) -> str:
    """Return the words of a name in lower case: `Author(s)` and `author_s` are `author s`."""
    return re.sub(r"[\W_]+", " ", name).strip().lower()


def find_field(name: str) -> tuple[str, int]:
    """Return the field that a column of this name holds, and the rank of the name among others.

    The field is empty if the name is not in FIELD_ALIASES; the best name has rank 0.
    """
    return _ranked_aliases().get(normalize_name(name), ("", 0))


@cache
def _ranked_aliases() -> dict[str, tuple[str, int]]:
    return rank_aliases(FIELD_ALIASES)


def rank_aliases(table: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Return each alias of a table with its field and its rank among the aliases of that field."""
    return {
        alias: (field, rank)
        for field, aliases in table.items()
        for rank, alias in enumerate(aliases.split("|"))
    }
