"""Paper: the one record of a paper, and the keys it is known by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from tui.core.identifiers import arxiv_month
from tui.core.text import normalize

SCHEMES = ("arxiv", "doi", "acl", "pmid", "openreview")
"""Identifiers that name one paper everywhere, most telling first."""

SAMPLE = "sample"
"""`abstract_source` of a summary written for the sample library."""

COUNTS = ("comments", "stars", "citations")
"""What is counted beside votes: comments where it was listed, stars of its code, citations."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as the world wrote it. All text has passed `tui.core.text`.

    Dates are ISO 8601, as exact as known: `2024`, `2024-02` or `2024-02-28`; empty is unknown.
    """

    title: str
    authors: tuple[str, ...] = ()
    """`Given Family` where `last_name` tells the family name from that, else `Family, Given`."""
    abstract: str = ""
    published: str = ""
    listed: str = ""
    """The day a page or feed listed the paper."""
    venue: str = ""
    categories: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Scheme (see SCHEMES) to identifier, normalised by `tui.core.identifiers`."""
    links: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """`abs`, `pdf`, `code` to URL, as given; `all_links` adds what the ids tell."""
    sources: tuple[str, ...] = ()
    """The files, feeds and services it came from."""
    abstract_source: str = ""
    """Empty: the abstract as published. `sample`: a summary written for the sample library."""
    comment: str = ""
    votes: int = 0
    counts: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)
    """How the world took it, as last heard (see COUNTS)."""
    tex: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """`title` and `abstract` as written, where that was LaTeX and no longer is."""

    @property
    def key(self) -> str:
        """The name marks are kept under: `arxiv:2402.18668`, `doi:10.…`, else `title:HASH`."""
        return next(iter(self.id_keys), "") or self.title_key

    @property
    def id_keys(self) -> tuple[str, ...]:
        """A key for each identifier, most telling first."""
        return tuple(f"{scheme}:{self.ids[scheme]}" for scheme in SCHEMES if scheme in self.ids)

    @property
    def title_key(self) -> str:
        """A hash of the folded title and first author, for a paper without identifiers."""
        return title_key(normalize(self.title) or self.title, self.authors)

    @property
    def date(self) -> str:
        """The date to sort and show: when issued, else when listed."""
        return self.issued or self.listed

    @property
    def issued(self) -> str:
        """When published; where nobody says, the month in which arXiv gave it its id."""
        return self.published or arxiv_month(self.ids.get("arxiv", ""))

    @property
    def all_links(self) -> dict[str, str]:
        """The given links and those its identifiers tell; `abs` first where there is one."""
        links: dict[str, str] = {}
        arxiv, doi = self.ids.get("arxiv"), self.ids.get("doi")
        if arxiv:
            links["abs"] = f"https://arxiv.org/abs/{arxiv}"
            links["pdf"] = f"https://arxiv.org/pdf/{arxiv}"
        elif doi:
            links["abs"] = f"https://doi.org/{doi}"
        elif "acl" in self.ids:
            links["abs"] = f"https://aclanthology.org/{self.ids['acl']}"
        links.update(self.links)
        return links

    def values(self) -> tuple[Any, ...]:
        """What `Paper(*values)` makes it from, all of it plain tuples, dicts, texts and numbers."""
        return tuple([v if type(v) in _PLAIN else dict(v) for v in _VALUES(self)])

    def from_source(self, source: str) -> Paper:
        """The same paper, which came from there alone."""
        values = list(_VALUES(self))
        values[_SOURCES] = (source,)
        return Paper(*values)

    def to_json(self) -> dict[str, object]:
        """The object `list --json` prints, absent fields left out, without marks."""
        fields: dict[str, object] = {
            "key": self.key,
            "title": self.title,
            "authors": list(self.authors),
            "abstract": self.abstract,
            "abstract_source": self.abstract_source,
            "published": self.published,
            "listed": self.listed,
            "venue": self.venue,
            "categories": list(self.categories),
            "ids": dict(self.ids),
            "links": self.all_links,
            "votes": self.votes,
            "counts": dict(self.counts),
            "comment": self.comment,
            "sources": list(self.sources),
        }
        return {name: value for name, value in fields.items() if value}


_NAMES = tuple(field.name for field in fields(Paper))
_VALUES = attrgetter(*_NAMES)  # `replace` takes three times as long, for each paper read
_PLAIN = frozenset((str, tuple, int))
_SOURCES = _NAMES.index("sources")


def title_key(folded: str, authors: tuple[str, ...]) -> str:
    """The `title_key` of a paper whose title is folded already."""
    first = surname(authors[0]) if authors else ""
    return "title:" + hashlib.blake2b(f"{folded}\n{first}".encode(), digest_size=8).hexdigest()


_PARTICLES = {
    "van",
    "von",
    "der",
    "den",
    "de",
    "la",
    "le",
    "di",
    "da",
    "del",
    "dos",
    "el",
    "al",
    "bin",
}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"}


def last_name(author: str) -> str:
    """The name an author is listed by: `Song Han` and `Han, Song` give `Han`."""
    words = author.split()
    if len(words) > 1 and words[-1].removesuffix(".").lower() in _SUFFIXES:
        author = " ".join(words[:-1]).removesuffix(",")
        words = author.split()
    if "," in author:
        return author.split(",", 1)[0].strip() or author.strip()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]) or author


def surname(author: str) -> str:
    """The folded last word of an author's family name, for comparing: `Jesús García` → `garcia`."""
    words = normalize(last_name(author)).split()
    return words[-1] if words else ""


def short_authors(authors: tuple[str, ...]) -> str:
    """Authors in a few cells: `Xiao +4`, `Yao & Li`, `Ye`."""
    if not authors:
        return ""
    first = last_name(authors[0])
    if len(authors) == 1:
        return first
    return f"{first} +{len(authors) - 1}"
