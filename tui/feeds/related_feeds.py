"""The feeds that a paper or a filter suggests: its authors, its venue, its category."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from tui.core.author import Author
from tui.core.paper import Paper
from tui.feeds.feed_names import NotAFeed, parse_feed


class _Service(NamedTuple):
    """How a service is searched."""

    author: Callable[[Author], str]
    venue: str
    word: str


_ARXIV = _Service(
    lambda author: f'arxiv:au:"{_plain(author.in_reading_order())}"', "arxiv:jr:", "all:"
)
_PUBMED = _Service(
    lambda author: f'pubmed:"{_plain(author.last_name)} {_letters(author.initials)}"[au]',
    "pubmed:",
    "",
)


def _plain(text: str) -> str:
    """Return a text without the signs that have a meaning in a query."""
    return re.sub(r'["\[\]]', "", text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def suggest_feeds(paper: Paper | None, words: Sequence[str]) -> dict[str, str]:
    """Return feed names by what they follow, without what the paper has no data for.

    The keys are `first_author`, `last_author`, `venue`, `category` and `search`, which looks for
    `words`, which may be phrases in quotes. A paper of PubMed that is not at arXiv is followed at
    PubMed, others at arXiv.
    """
    at_pubmed = paper is not None and "pmid" in paper.ids and "arxiv" not in paper.ids
    service = _PUBMED if at_pubmed else _ARXIV
    feeds = {}
    if words:
        query = " AND ".join(f"{service.word}{word}" for word in words)
        feeds["search"] = f"pubmed:{query}" if at_pubmed else f"arxiv:{query}"
    if paper is None:
        return feeds
    people = [author for author in paper.authors if not author.is_literal]
    if people:
        feeds["first_author"] = service.author(people[0])
    if people[1:] and not paper.more_authors:
        feeds["last_author"] = service.author(people[-1])
    if paper.venue and paper.venue != "arXiv":
        feeds["venue"] = f'{service.venue}"{_plain(paper.venue)}"' + ("[ta]" if at_pubmed else "")
    for category in reversed(paper.categories):
        with suppress(NotAFeed):  # a keyword of another service
            feeds["category"] = parse_feed(f"arxiv:{category}").name
    return feeds
