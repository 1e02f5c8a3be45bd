"""Digest: the new papers as every format shows them. All text is one clean line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from tui.core.paper import SAMPLE, Paper
from tui.core.text import clean_line, shorten
from tui.digest.coverage import Coverage
from tui.digest.sentences import first_sentences

NAMED = 3
"""Authors that are named; the others are counted."""
LONGEST_TITLE = 300
LONGEST_NAME = 60
LONGEST_URL = 2000
LINKS = ("abs", "pdf", "code")
SAMPLE_WORDS = "The summaries were written for the sample library; they are not the abstracts."

KEPT_SPACE = "\N{NO-BREAK SPACE}"
"""Between words that stay on one line."""

_IN_URL = "/:?#[]@!$&'()*+,;=~%"


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One paper of a digest."""

    title: str
    authors: str = ""
    """`Ada Lindqvist, Tomás Reyes, Mei Tanaka and 2 more`, see `short_authors`."""
    date: str = ""
    votes: int = 0
    why: tuple[str, ...] = ()
    """Why it is here: the feed, the view that has it, what it is like."""
    summary: str = ""
    """The first two sentences of the abstract."""
    links: tuple[tuple[str, str], ...] = ()
    """Name and URL, http and https only."""
    is_sample: bool = False
    """Whether the summary is the sample library's."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Who, when, and how many votes; what is unknown is left out."""
        votes = counted(self.votes, "vote").replace(" ", KEPT_SPACE)
        return tuple(filter(None, (self.authors, self.date, votes if self.votes > 0 else "")))


@dataclass(frozen=True, slots=True)
class Digest:
    """New papers, the best for the person first."""

    made: datetime
    """With its time zone."""
    since: str
    """The day the papers are new since."""
    entries: tuple[DigestEntry, ...]
    total: int
    """Papers that are new, also those not shown."""
    feeds: int
    """Followed feeds the papers came from."""
    opens: str
    """The command that shows all of them in the reader."""
    memory: Coverage | None = None
    """How far this digest went; None where the next one is to begin as if it had not been."""

    @property
    def headline(self) -> str:
        return f"{counted(self.total, 'new paper')} since {self.since}"

    @property
    def counts(self) -> str:
        """`20 of 82 new papers, 3 feeds`."""
        shown = len(self.entries)
        of = f"{shown} of {self.total:,}" if shown < self.total else f"{self.total:,}"
        papers = f"{of} new paper{'' if self.total == 1 else 's'}"
        return f"{papers}, {counted(self.feeds, 'feed')}" if self.feeds else papers

    @property
    def has_samples(self) -> bool:
        return any(entry.is_sample for entry in self.entries)


def make_entry(paper: Paper, why: tuple[str, ...]) -> DigestEntry:
    """A paper as a digest shows it."""
    return DigestEntry(
        shorten(clean_line(paper.title), LONGEST_TITLE) or "Untitled",
        short_authors(paper.authors),
        clean_line(paper.date),
        paper.votes,
        tuple(map(clean_line, why)),
        clean_line(first_sentences(paper.abstract)),
        web_links(paper.all_links),
        paper.abstract_source == SAMPLE and bool(paper.abstract),
    )


def short_authors(authors: tuple[str, ...]) -> str:
    """The first few by their full names, and how many more there are."""
    named = authors if len(authors) <= NAMED + 1 else authors[:NAMED]  # "and 1 more" is no shorter
    names = [shorten(_given_first(clean_line(name)), LONGEST_NAME) for name in named]
    more = len(authors) - len(names)
    rest = KEPT_SPACE.join(("and", str(more), "more"))
    return f"{', '.join(names)} {rest}" if more else ", ".join(names)


def _given_first(name: str) -> str:
    """`Han, Song` as `Song Han`: between commas the other would be two people."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and given else name


def web_links(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The links worth a click, and only those that lead to the web."""
    names: dict[str, str] = {}
    for name in LINKS:
        names.setdefault(web_url(given.get(name, "")), name)
    return tuple((name, url) for url, name in names.items() if url)


def web_url(url: str) -> str:
    """`url` in plain ASCII; empty if it is no http(s) URL, or one that hides its host."""
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url.strip():
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    if not all(character.isalnum() or character in ".-" for character in host):
        return ""
    rest = (quote(part, safe=_IN_URL) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))


def counted(number: int, what: str) -> str:
    """`1 paper`, `82 papers`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
