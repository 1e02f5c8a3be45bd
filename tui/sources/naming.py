"""A JSON record of no shape that is known: its fields by their names as people spell them.

`paperTitle`, `Title`, `dc:title` and `article_title` are a title; what is wrapped is unwrapped.
A record that has the names of `tui.sources.record` already passes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tui.sources.formats import csv_table
from tui.sources.names import join_name
from tui.sources.shapes import Object, text

_NATIVE = {
    "title": ("title", "name"),
    "authors": ("authors", "author"),
    "abstract": ("abstract", "summary"),
    "published": ("published", "date", "publication_date", "publicationDate", "publishedDate"),
    "year": ("year",),
    "venue": ("venue", "journal", "journal-ref", "journal_ref", "booktitle", "conference"),
    "categories": ("categories", "category", "keywords"),
    "doi": ("doi", "DOI"),
    "arxiv": ("arxiv_id", "arxiv", "arxivId", "eprint"),
    "pmid": ("pmid", "PMID"),
    "url": ("url", "link"),
    "pdf_url": ("pdf_url",),
    "code": ("code", "code_url", "github"),
    "comment": ("comment", "comments"),
    "citations_count": ("citations_count",),
}
"""The names that `tui.sources.record` knows: where one is there, it is not looked for others."""
_OTHERS = {
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
_FIELD = {name: (field, rank) for field, names in _OTHERS.items()
          for rank, name in enumerate(names.split("|"))}  # fmt: skip
_PREFIX = re.compile(r"^(?:dc|dcterms|prism|paper|article|preprint|publication|work|document) ")
_WRAPPERS = (
    "paper", "metadata", "bib", "attributes", "fields", "_source", "node", "work", "article",
    "publication", "document", "entry", "arxiv", "info",
)  # fmt: skip
_TOLD = frozenset(("authors", "doi", "arxiv", "pmid", "venue", "year"))
"""What only a work has beside a title."""
_MARKS = re.compile(r"[\s*†‡§¶♯♮\d,]+$")
_DEEPEST = 6


def common(record: Object) -> Object:
    """The record under the names of `tui.sources.record`."""
    plan, is_plain = _plan(tuple(record))
    if is_plain and _is_plain(record):
        return record
    fields = dict(record)
    for field, key in plan:
        value = record[key]
        if value not in (None, "", [], {}) and field not in fields:
            fields[field] = value
    if not _text(fields.get("title")):
        for name in _WRAPPERS:
            inside = record.get(name)
            if isinstance(inside, Mapping):
                unwrapped = common(inside)
                if _text(unwrapped.get("title")):
                    return {**record, **unwrapped}
    if whole := _text(fields.get("title") or fields.get("name")):
        fields["title"] = whole
    fields["authors"] = _authors(fields.get("authors") or fields.get("author"))
    fields["abstract"] = _text(fields.get("abstract") or fields.get("summary"))
    for name in ("published", "date"):
        if isinstance(told := fields.get(name), Mapping):
            fields[name] = "-".join(p for key in ("year", "month", "day") if (p := text(told, key)))
    for name in ("identifiers", "externalIds", "externalids", "external_ids"):
        if isinstance(told := fields.get(name), Mapping):
            for scheme in ("doi", "arxiv", "pmid"):
                found = next((text(told, key) for key in told if _folded(key) == scheme), "")
                fields.setdefault(scheme, found)
    return fields


def _is_plain(record: Object) -> bool:
    """Whether the values of the names that are known are of the kinds that are known."""
    authors = record.get("authors") or record.get("author")
    if not isinstance(record.get("title"), str) or isinstance(record.get("abstract"), list | dict):
        return False
    if isinstance(authors, list):
        return all(isinstance(each, Mapping) and "name" in each for each in authors)
    return authors is None


def records(value: Any, depth: int = 0) -> Iterator[Object]:
    """The works somewhere inside a document: objects with a title and what only a work has."""
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        if is_work(value):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            if isinstance(each, Mapping | list):
                yield from records(each, depth + 1)


def is_work(record: Object) -> bool:
    """Whether an object has a title, not only a name, and tells more of a work."""
    found = {field for field, _ in _plan(tuple(record))[0]} | {
        field for field, names in _NATIVE.items() if any(name in record for name in names)
    }
    if "title" not in found or ("name" in record and "title" not in record) or not found & _TOLD:
        return False
    key = next((key for field, key in _plan(tuple(record))[0] if field == "title"), "title")
    return bool(_text(record.get("title") or record.get(key)))


@lru_cache(maxsize=1024)
def _plan(keys: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], bool]:
    """(field, key) for the fields that have none of the usual names, and whether there are none."""
    missing = {field for field, names in _NATIVE.items() if not any(name in keys for name in names)}
    ranked: dict[str, list[tuple[int, int, str]]] = {}
    for place, key in enumerate(keys):
        field, rank = _field(key)
        if field in missing:
            ranked.setdefault(field, []).append((rank, place, key))
    plan = tuple((field, min(found)[2]) for field, found in ranked.items())
    return plan, not plan


def _field(key: str) -> tuple[str, int]:
    folded = _folded(key)
    for rank, name in ((0, folded), (100, _PREFIX.sub("", folded))):
        if name in _FIELD:
            field, order = _FIELD[name]
            return field, rank + order + 1
        if (known := csv_table.field_of(name)) in _NATIVE and name not in ("name", "id"):
            return known, rank
    return "", 0


def _folded(key: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)
    return re.sub(r"[\W_]+", " ", spaced).strip().lower()


def _text(value: Any) -> str:
    """The text that a value is or holds: a list of paragraphs, an object with the text in it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(part for each in value[:100] if (part := _text(each)))
    if isinstance(value, Mapping):
        for name in ("value", "text", "title", "p", "en", "#text", "content"):
            if name in value and (found := _text(value[name])):
                return found
    return ""


def _authors(value: Any) -> Any:
    """A list of names or of objects with names, of whatever it was."""
    if isinstance(value, Mapping):
        lists = [each for each in value.values() if isinstance(each, list)]
        value = (
            lists[0]
            if len(lists) == 1
            else list(value.values())
            if all(map(str.isdecimal, value))
            else [value]
        )
    if not isinstance(value, list):
        return re.sub(r"[*†‡§¶]+", "", value) if isinstance(value, str) else None
    return [found for each in value if (found := _author(each))]


def _author(value: Any) -> Any:
    if isinstance(value, str):
        return _MARKS.sub("", value)
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return join_name(value[1] if len(value) > 1 else "", value[0], "".join(value[2:3]))
    if isinstance(value, Mapping):
        for name in (
            "creator",
            "full_name",
            "fullName",
            "author_name",
            "authorName",
            "Name",
            "value",
        ):
            if whole := text(value, name):
                return whole
        if isinstance(middle := value.get("middle"), list) and middle:
            return {**value, "first": " ".join([text(value, "first"), *map(str, middle)])}
    return value
