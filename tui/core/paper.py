"""Paper: the one record of a paper, and the keys it is known by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import starmap
from types import MappingProxyType
from typing import Any, NamedTuple

from tui.core.author import Author
from tui.core.listing import MAX_RANK, Listing
from tui.core.schemes import SCHEMES, arxiv_month
from tui.core.text import normalize
from tui.core.urls import find_code_url

SAMPLE = "sample"
"""`abstract_source` of a summary written for the sample library."""

COUNTS = ("comments", "stars", "citations")
"""Counts beside votes: comments where it was listed, stars of its code, citations."""

HISTORY_DAYS = 15
"""Days whose votes are kept."""
GAIN_DAYS = 3
"""Days over which gained votes are counted."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


class Paper(NamedTuple):
    """One paper as published, without the user's marks. All text has passed `tui.core.text`.

    Dates are in ISO 8601, as exact as known: `2024`, `2024-02` or `2024-02-28`; empty is unknown.
    """

    title: str
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    published: str = ""
    listings: tuple[Listing, ...] = ()
    """When and where pages and feeds listed the paper, by day."""
    venue: str = ""
    categories: tuple[str, ...] = ()
    ids: Mapping[str, str] = _NOTHING
    """Scheme (see SCHEMES) to identifier, in the spelling of `tui.core.identifiers`."""
    links: Mapping[str, str] = _NOTHING
    """`abs`, `pdf` and `code` to URL, as given; `all_links` adds others."""
    sources: tuple[str, ...] = ()
    """The files, feeds and services that have it."""
    abstract_source: str = ""
    """Empty: the abstract as published. `sample`: a summary written for the sample library."""
    comment: str = ""
    votes: int = 0
    counts: Mapping[str, int] = _NO_COUNTS
    """Name of a count (see COUNTS) to its latest value."""
    tex: Mapping[str, str] = _NOTHING
    """`title` and `abstract` in LaTeX, where they were written in LaTeX and have been converted."""
    votes_on: Mapping[str, int] = _NO_COUNTS
    """Day to the votes on that day, for the latest HISTORY_DAYS days on which they were fetched."""
    more_authors: bool = False
    """Whether there are more authors than the source names: `and others`, `et al.`"""

    @property
    def key(self) -> str:
        """The key of its marks: `arxiv:2402.18668`, `doi:10.…`, else `title:HASH`."""
        return next(iter(self.id_keys), "") or self.title_key

    @property
    def id_keys(self) -> tuple[str, ...]:
        """A key for each identifier, in the order of SCHEMES."""
        ids = self.ids
        return tuple([f"{scheme}:{ids[scheme]}" for scheme in SCHEMES if scheme in ids])

    @property
    def title_key(self) -> str:
        """A key from the normalized title and first author, for a paper without identifiers."""
        return title_key(normalize(self.title) or self.title, self.authors)

    @property
    def author_names(self) -> tuple[str, ...]:
        """The authors as they are shown."""
        return tuple(map(str, self.authors))

    @property
    def listed(self) -> str:
        """The first day on which a page or feed listed the paper; empty if none did."""
        return self.listings[0].day if self.listings else ""

    @property
    def place(self) -> int:
        """Its place in the first list that has an order, at most MAX_RANK; 0 if none has."""
        ranks = [each.rank for each in self.listings if each.rank]
        return min(ranks[0], MAX_RANK) if ranks else 0

    @property
    def date(self) -> str:
        """The date to sort by and to show: when it was issued, else when it was listed."""
        return self.issued or self.listed

    @property
    def issued(self) -> str:
        """The date of publication; if unknown, the month in the arXiv id."""
        return self.published or arxiv_month(self.ids.get("arxiv", ""))

    @property
    def gained(self) -> tuple[str, int]:
        """The last day of `votes_on` and the votes gained in the GAIN_DAYS days up to it.

        A paper that was first listed in these days has gained all its votes in them.
        """
        if not self.votes_on:
            return "", 0
        last = max(self.votes_on)
        start = (date.fromisoformat(last) - timedelta(days=GAIN_DAYS)).isoformat()
        if self.listed > start:
            return last, self.votes_on[last]
        before = [day for day in self.votes_on if day <= start] or [min(self.votes_on)]
        return last, max(0, self.votes_on[last] - self.votes_on[max(before)])

    @property
    def code_link(self) -> str:
        """The link to the code: as given, else as abstract or comment name it; empty if none."""
        code = self.links.get("code") or find_code_url(self.abstract)
        return code or (find_code_url(self.comment) if self.comment else "")

    @property
    def all_links(self) -> dict[str, str]:
        """The links as given and, where they lack any, those of identifiers and abstract.

        `abs` comes first where there is one.
        """
        links: dict[str, str] = {}
        for name, scheme in SCHEMES.items():
            if identifier := self.ids.get(name):
                links["abs"] = scheme.page.format(identifier)
                if scheme.pdf:
                    links["pdf"] = scheme.pdf.format(identifier)
                break
        links |= self.links
        if code := self.code_link:
            links["code"] = code
        return {"abs": links["abs"]} | links if "abs" in links else links

    def values(self) -> tuple[Any, ...]:
        """Return the paper as plain tuples, dicts, strings and numbers for `from_values`."""
        values: list[Any] = list(self)
        values = [value if type(value) in _PLAIN else dict(value) for value in values]
        values[1] = [author.stored for author in self.authors]
        values[4] = list(map(tuple, self.listings))
        return tuple(values)

    @classmethod
    def from_values(
        cls,
        title: str,
        authors: list[object],
        abstract: str,
        published: str,
        listings: list[tuple[Any, ...]],
        *others: Any,
    ) -> Paper:
        """Return the paper of such values."""
        return cls(
            title,
            tuple(map(Author.from_stored, authors)),
            abstract,
            published,
            tuple(starmap(Listing, listings)),
            *others,
        )

    def from_source(self, source: str) -> Paper:
        """Return the same paper with `source` as its only source and the feed of its listings."""
        listings = tuple(
            [each if each.feed else each._replace(feed=source) for each in self.listings]
        )
        return self._replace(listings=listings, sources=(source,))

    def to_json(self) -> dict[str, object]:
        """Return the paper as `sheaf list --json` prints it, without marks and empty fields."""
        fields: dict[str, object] = {
            "key": self.key,
            "title": self.title,
            "authors": self.author_names,
            "author": [author.to_csl() for author in self.authors],
            "more_authors": self.more_authors,
            "abstract": self.abstract,
            "abstract_source": self.abstract_source,
            "published": self.published,
            "listed": self.listed,
            "listings": [
                {name: value for name, value in each._asdict().items() if value}
                for each in self.listings
            ],
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


_PLAIN = frozenset((str, tuple, int, bool, dict))


def title_key(title: str, authors: tuple[Author, ...]) -> str:
    """Return the `title_key` of a paper from its normalized title."""
    first = authors[0].word_in_key if authors else ""
    return "title:" + hashlib.blake2b(f"{title}\n{first}".encode(), digest_size=8).hexdigest()
