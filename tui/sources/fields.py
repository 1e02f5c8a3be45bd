"""A record with the field names people use, to a Paper, through the door of `tui.clean`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tui import clean, ids
from tui.paper import SCHEMES, Paper
from tui.sources.dates import iso

Fields = Mapping[str, Any]

_SEPARATOR = re.compile(r"\s*;\s*|\s+and\s+|\s*\n\s*")


class NotAPaper(ValueError):
    """The record cannot be a paper; `str` says why."""


def paper(fields: Fields) -> Paper:
    """The Paper of one record. NotAPaper with the reason if it has no usable title."""
    title = _first(fields, "title", "name")
    if title is None:
        raise NotAPaper("no title")
    if not isinstance(title, str):
        raise NotAPaper("the title is not text")
    cleaned = clean.line(title)
    if not cleaned:
        raise NotAPaper("the title is empty")
    listed = iso(_text(fields, "listed"))
    return Paper(
        title=cleaned,
        authors=_authors(_first(fields, "authors", "author")),
        abstract=clean.block(_text(fields, "abstract", "summary")),
        published=_published(fields),
        listed=listed if len(listed) == 10 else "",
        venue=_text(fields, "venue", "journal", "booktitle", "conference"),
        categories=_words(_first(fields, "categories", "category", "keywords")),
        ids=_ids(fields),
        links=_links(fields),
        sources=_words(_first(fields, "sources")),
        abstract_source=clean.line(_text(fields, "abstract_source"))[:20],
        comment=clean.line(_text(fields, "comment", "comments")),
        votes=_count(_first(fields, "votes", "upvotes")),
    )


def _first(fields: Fields, *names: str) -> Any:
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [])), None)


def _text(fields: Fields, *names: str) -> str:
    value = _first(fields, *names)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    return value if names[0] == "abstract" else clean.line(value)


def _words(value: Any) -> tuple[str, ...]:
    """A list of words, or the words of a text; each once, in order."""
    if isinstance(value, str):
        value = re.split(r"[;,\s]\s*", value)
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        return ()
    words = (clean.line(word) for word in value if isinstance(word, str))
    return tuple(dict.fromkeys(word for word in words if word))


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _SEPARATOR.split(value) if _SEPARATOR.search(value) else value.split(", ")
    if not isinstance(value, list | tuple):
        return ()
    names = (clean.line(_author(item)) for item in value)
    return tuple(name for name in names if name)


def _author(item: Any) -> str:
    if isinstance(item, Mapping):
        whole = item.get("name") or item.get("literal") or item.get("fullname")
        if isinstance(whole, str):
            return whole
        parts = (item.get("given") or item.get("first"), item.get("family") or item.get("last"))
        return " ".join(part for part in parts if isinstance(part, str))
    return item if isinstance(item, str) else ""


def _published(fields: Fields) -> str:
    """The most exact of the dates that agree with the year."""
    day = iso(_text(fields, "published", "date", "publication_date", "publicationDate"))
    return day or iso(_text(fields, "year"))


def _ids(fields: Fields) -> dict[str, str]:
    """Identifiers, those said outright over those read from a URL."""
    found: dict[str, str] = {}
    for name in ("url", "pdf_url", "link"):
        found |= ids.from_url(_text(fields, name))
    links = fields.get("links")
    if isinstance(links, Mapping):
        for name in ("abs", "pdf"):
            found |= ids.from_url(_text(links, name))
    for name in ("key", "id"):
        found |= ids.from_bare(_text(fields, name))
    found |= ids.from_doi(_text(fields, "doi", "DOI"))
    if arxiv := ids.arxiv_id(_text(fields, "arxiv_id", "arxiv", "eprint")):
        found["arxiv"] = arxiv
    given = fields.get("ids")
    if isinstance(given, Mapping):
        found |= {scheme: _text(given, scheme) for scheme in SCHEMES if _text(given, scheme)}
    return found


def _links(fields: Fields) -> dict[str, str]:
    links = {"abs": _url(_text(fields, "url")), "pdf": _url(_text(fields, "pdf_url"))}
    links["code"] = _url(_text(fields, "code", "code_url", "github"))
    given = fields.get("links")
    if isinstance(given, Mapping):
        links |= {
            name: _url(_text(given, name)) for name in ("abs", "pdf", "code") if name in given
        }
    return {name: url for name, url in links.items() if url}


def _url(text: str) -> str:
    """Only what a browser may be sent to."""
    return text if re.match(r"https?://[^\s]+$", text) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0
