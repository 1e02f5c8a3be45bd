"""Digest and DigestEntry: the new papers as every format shows them, all texts clean lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tui.core.paper import SAMPLE, Paper
from tui.core.text import clean_line, count_items, shorten
from tui.core.urls import web_url
from tui.digest.coverage import Coverage
from tui.digest.sentences import first_sentences

MAX_AUTHORS = 3
"""Authors that are named; the others are counted."""
MAX_TITLE_LENGTH = 300
MAX_NAME_LENGTH = 60
LINKS = ("abs", "pdf", "code")
SAMPLE_NOTICE = "The summaries were written for the sample library; they are not the abstracts."

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between words that must stay on one line; plain text then has an ordinary space."""


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One paper of a digest."""

    title: str
    authors: str = ""
    """`Ada Lindqvist, Tomás Reyes, Mei Tanaka and 2 more`; see `first_authors`."""
    date: str = ""
    votes: int = 0
    reasons: tuple[str, ...] = ()
    """Why it is in the digest: its feed, the views that have it, a similar paper."""
    summary: str = ""
    """The first two sentences of the abstract."""
    links: tuple[tuple[str, str], ...] = ()
    """Name and URL, http and https only."""
    is_sample: bool = False
    """Whether the summary was written for the sample library."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Authors, date and votes, as far as they are known."""
        votes = count_items(self.votes, "votes").replace(" ", NO_BREAK)
        return tuple(filter(None, (self.authors, self.date, votes if self.votes > 0 else "")))


@dataclass(frozen=True, slots=True)
class Digest:
    """New papers, the best for the user first."""

    created: datetime
    """With a time zone."""
    since: str
    """The first day of the digest."""
    entries: tuple[DigestEntry, ...]
    total: int
    """The number of new papers, also of those without an entry."""
    feeds: int
    """The number of followed feeds that list the papers."""
    command: str
    """The command that shows all of them in the reader."""
    coverage: Coverage | None = None
    """Where the next digest is to begin; None if this one does not change that."""

    @property
    def headline(self) -> str:
        """`82 new papers since 2026-05-06`."""
        return f"{count_items(self.total, 'new papers')} since {self.since}"

    @property
    def counts(self) -> str:
        """`20 of 82 new papers, 3 feeds`."""
        shown = len(self.entries)
        of = f"{shown} of " if shown < self.total else ""
        feeds = f", {count_items(self.feeds, 'feeds')}" if self.feeds else ""
        return f"{of}{count_items(self.total, 'new papers')}{feeds}"

    @property
    def has_samples(self) -> bool:
        return any(entry.is_sample for entry in self.entries)


def make_entry(paper: Paper, reasons: tuple[str, ...]) -> DigestEntry:
    """Return a paper as a digest shows it."""
    return DigestEntry(
        shorten(clean_line(paper.title), MAX_TITLE_LENGTH) or "Untitled",
        first_authors(paper),
        clean_line(paper.date),
        paper.votes,
        tuple(map(clean_line, reasons)),
        clean_line(first_sentences(paper.abstract)),
        web_links(paper.all_links),
        paper.abstract_source == SAMPLE and bool(paper.abstract),
    )


def first_authors(paper: Paper) -> str:
    """Return the first authors by their full names, and how many more there are."""
    authors = paper.authors
    # One more name takes no more space than "and 1 more".
    named = authors if len(authors) <= MAX_AUTHORS + 1 else authors[:MAX_AUTHORS]
    names = [shorten(clean_line(author.in_reading_order()), MAX_NAME_LENGTH) for author in named]
    more = len(authors) - len(names)
    rest = NO_BREAK.join(("and", str(more), "more"))
    return f"{', '.join(names)} {rest}" if more else ", ".join(names)


def web_links(links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return name and URL of the links that lead to the web, each URL once."""
    names: dict[str, str] = {}
    for name in LINKS:
        names.setdefault(web_url(links.get(name, "")), name)
    return tuple((name, url) for url, name in names.items() if url)
